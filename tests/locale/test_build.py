"""The way of a phrase from its source to a catalogue: what extract.py finds, what build.py refuses, what the
pseudo-language looks like.

    test_build.py [unittest arguments]
"""
import re
import shutil
import unittest

from program import CONTEXTS, HEADER, LOCALE, REPOSITORY, TEMPLATE, Program
import extract  # noqa: E402
import po  # noqa: E402
import pseudo  # noqa: E402


class Extraction(Program):
    def test_phrases_are_found_with_their_places(self):
        entries = po.read(extract.extract(self.root))
        self.assertTrue(entries[0].is_header)
        found = {(*entry.key, entry.plural, *entry.places) for entry in entries[1:]}
        self.assertEqual(found, {
            ("start", "Report what you saw", None, "static/templates/start.html:1"),
            ("start", 'Call {number}, or say "help" at 0800-2000', None, "static/templates/start.html:3"),
            ("language's own name", "English", None, "server/pages/start.cpp:2"),
            ("direction of writing: ltr or rtl", "ltr", None, "server/pages/start.cpp:4"),
            ("start", "One text on two lines", None, "server/pages/start.cpp:5"),
            ("start", "{n} day", "{n} days", "server/pages/start.cpp:8"),
        })

    def test_slots_are_flagged_and_notes_go_along(self):
        text = extract.extract(self.root)
        self.assertIn('#. the number is "dialled" as it stands\n#: static/templates/start.html:3\n'
                      "#, python-brace-format\n", text)
        self.assertIn("#. in its own spelling\n#: server/pages/start.cpp:2\n", text)
        self.assertEqual(text.count("python-brace-format"), 2)
        self.assertEqual(text.count("#."), 2)

    def test_a_context_has_a_note_for_all_its_phrases(self):
        self.write(CONTEXTS, '[[context]]\nname = "start"\nnote = "*/ of the page\\nto begin with"\nmay-wait = true\n')
        notes = {entry.text: entry.note for entry in po.read(extract.extract(self.root))}
        self.assertEqual(notes["Report what you saw"], f"{extract.MAY_WAIT} * / of the page to begin with")
        self.assertEqual(notes['Call {number}, or say "help" at 0800-2000'],
                         f'{extract.MAY_WAIT} * / of the page to begin with the number is "dialled" as it stands')
        self.assertEqual(notes["English"], "in its own spelling")

    def test_the_same_sources_give_the_same_bytes(self):
        self.assertEqual(extract.extract(self.root), extract.extract(self.root))
        self.assertNotRegex(extract.extract(self.root), r"\d{4}-\d\d-\d\d")

    def test_a_term_has_a_note_in_every_phrase_that_has_it(self):
        self.write(CONTEXTS, "[[term]]\nen = '\\bdays?\\b'\nnote = \"by the calendar\"\n"
                             "[[term]]\nen = 'REPORT'\nnote = \"melding\"\n")
        notes = {entry.text: entry.note for entry in po.read(extract.extract(self.root))}
        self.assertEqual({text for text, note in notes.items() if "by the calendar" in note}, {"{n} day"})
        self.assertEqual({text for text, note in notes.items() if "melding" in note}, {"Report what you saw"})

    def test_what_is_no_phrase_is_named(self):
        self.write("static/templates/bad.html", '\n{{_ "context"}}\n{{_ "" "text"}}\n{{_ "context" "text" ""}}\n'
                                                '{{_ "context" "text" "note" "more"}}\n')
        self.write("server/lang/bad.cpp", 'auto a = phrase{"context", text};\nauto b = plural("context", "one", n);\n'
                                       'auto c = phrase{"context", "text", "note", "more"};\n')
        with self.assertRaises(extract.Faults) as caught:
            extract.extract(self.root)
        self.assertEqual([fault.split(" ")[0] for fault in caught.exception.sentences],
                         [*(f"static/templates/bad.html:{line}:" for line in (2, 3, 4, 5)),
                          *(f"server/lang/bad.cpp:{line}:" for line in (1, 2, 3))])

    def test_one_text_in_two_contexts_is_two_messages(self):
        self.write("static/templates/more.html", '{{_ "other" "Report what you saw"}}{{_ "start" "100% sure: \\\\ €"}}')
        keys = [entry.key for entry in po.read(extract.extract(self.root))]
        self.assertIn(("other", "Report what you saw"), keys)
        self.assertIn(("start", "Report what you saw"), keys)
        self.assertIn(("start", "100% sure: \\ €"), keys)


class Build(Program):
    def test_a_whole_program_gets_its_catalogues(self):
        self.assertEqual(self.build(), "")
        dutch, english = self.read("nl"), self.read("en")
        self.assertEqual(dutch.pgettext("start", "Report what you saw"), "Meld wat u zag")
        self.assertEqual(dutch.npgettext("start", "{n} day", "{n} days", 2), "{n} dagen")
        self.assertEqual(english.pgettext("start", "One text on two lines"), "One text on two lines")
        self.assertEqual(english.npgettext("start", "{n} day", "{n} days", 2), "{n} days")

    def test_a_catalogue_that_stays_as_it_was_keeps_its_time(self):
        self.build()
        before = (self.out / "nl.mo").stat().st_mtime_ns
        self.build()
        self.assertEqual((self.out / "nl.mo").stat().st_mtime_ns, before)

    def test_a_missing_message(self):
        self.keep([entry for entry in self.dutch() if entry.text != "Report what you saw"])
        self.refused('static/locale/nl.po: [start] "Report what you saw" (static/templates/start.html:1) is missing: '
                     "run static/locale/update.py")

    def test_an_empty_message(self):
        self.changed("Report what you saw", "")
        self.refused('nl.po: [start] "Report what you saw" (static/templates/start.html:1) is not translated')

    def test_an_empty_form_of_a_plural(self):
        self.changed("{n} day", "{n} dag", "")
        self.refused('nl.po: [start] "{n} day" (server/pages/start.cpp:8) is not translated')

    def test_a_fuzzy_message(self):
        self.changed("Report what you saw", "Meld wat u zag", flags=["fuzzy"])
        self.refused('nl.po: [start] "Report what you saw" (static/templates/start.html:1) is a guess')

    def test_a_superfluous_message(self):
        self.keep([*self.dutch(), po.Entry("start", "Gone", None, ["Weg"])])
        self.refused('nl.po: [start] "Gone" stands nowhere in the program')

    def test_an_obsolete_message(self):
        with open(self.root / "static/locale/nl.po", "a", encoding="utf-8") as file:
            file.write('\n#~ msgctxt "start"\n#~ msgid "Gone"\n#~ msgstr "Weg"\n')
        self.refused('nl.po: [start] "Gone" is obsolete')

    def test_other_slots(self):
        text = 'Call {number}, or say "help" at 0800-2000'
        for translation in ("Bel ons", "Bel {nummer}", "Bel {number} {extra}", "Bel {number"):
            self.changed(text, translation)
            self.refused(f"(static/templates/start.html:3) has other slots: {po.quoted(translation)}")

    def test_a_plural_without_its_number(self):
        self.changed("{n} day", "{n} dag", "dagen")
        self.refused("nl.po: msgfmt: ", "argument 'n' doesn't exist in 'msgstr[1]'")

    def test_a_form_for_one_number_may_do_without_it(self):
        self.changed("{n} day", "een dag", "{n} dagen")
        self.assertEqual(self.build(), "")

    def test_a_flag_taken_away_in_the_catalogue_changes_nothing(self):
        entries = self.dutch()
        self.entry(entries, "{n} day").flags.clear()
        self.entry(entries, "{n} day").translations[1] = "dagen"
        self.keep(entries)
        self.refused("argument 'n' doesn't exist in 'msgstr[1]'")

    def test_blanks_at_an_end(self):
        self.changed("Report what you saw", "Meld wat u zag ")
        self.refused("(static/templates/start.html:1) begins or ends with a blank")

    def test_english_that_is_not_the_programs(self):
        path = self.root / "static/locale/en.po"
        path.write_text(path.read_text().replace('msgstr "Report what', 'msgstr "Tell what'), encoding="utf-8")
        self.refused('en.po: [start] "Report what you saw" (static/templates/start.html:1) is not what the program')

    def test_what_may_wait_stands_in_english_in_a_further_language(self):
        self.write(CONTEXTS, '[[context]]\nname = "start"\nmay-wait = true\n')
        self.write("static/locale/pl.po", HEADER.replace("CODE", "pl"))
        self.assertEqual(self.update(), "static/locale/pl.po: 6 to translate, 4 of them may wait\n")
        path = self.root / "static/locale/pl.po"
        entries = po.read(path.read_text(encoding="utf-8"))
        for entry in entries[1:]:
            entry.translations = [""] if entry.context == "start" and not entry.plural else ["a {n}", "b {n}"]
            entry.translations = entry.translations[:2 if entry.plural else 1]
        self.entry(entries, "English").translations = ["Polski"]
        self.entry(entries, "ltr").translations = ["ltr"]
        path.write_text(po.write(entries), encoding="utf-8")
        self.assertEqual(self.build("static/locale/pl.po: [start] 3 not translated (16 words): in English until then\n"), "")
        self.assertNotIn("Report what you saw", self.read("pl")._catalog)
        # Half of a plural is a fault, and what others read never waits.
        self.entry(entries, "{n} day").translations = ["a", ""]
        self.entry(entries, "English").translations = [""]
        path.write_text(po.write(entries), encoding="utf-8")
        shutil.rmtree(self.out)
        self.refused('pl.po: [start] "{n} day" (server/pages/start.cpp:8) is not translated',
                     'pl.po: [language\'s own name] "English" (server/pages/start.cpp:2) is not translated')

    def test_dutch_waits_for_nothing(self):
        self.write(CONTEXTS, '[[context]]\nname = "start"\nmay-wait = true\n')
        self.update()
        self.changed("Report what you saw", "")
        self.refused('nl.po: [start] "Report what you saw" (static/templates/start.html:1) is not translated')

    def test_a_header_of_another_language(self):
        entries = self.dutch()
        entries[0].translations[0] = entries[0].translations[0].replace("Language: nl", "Language: de")
        self.keep(entries)
        self.refused("nl.po: its header lacks")

    def test_a_template_that_was_not_brought_up_to_date(self):
        self.write("static/locale/baken.pot", "")
        self.refused("static/locale/baken.pot: other phrases than those of the program")

    def test_every_fault_is_named_at_once(self):
        self.changed("Report what you saw", "")
        self.changed("ltr", "ltr ")
        self.refused('"Report what you saw"', '"ltr"')


class Update(Program):
    def test_a_new_phrase_is_left_to_the_translator_and_an_old_one_goes(self):
        self.write("static/templates/start.html", TEMPLATE.replace("Report what you saw", "Report what you have seen"))
        self.assertEqual(self.update(), "static/locale/nl.po: 1 to translate\n")
        entries = {entry.text: entry for entry in self.dutch()}
        self.assertEqual(entries["Report what you have seen"].translations, [""])
        self.assertNotIn("Report what you saw", entries)
        self.assertEqual(entries["English"].translations, ["Nederlands"])
        self.changed("Report what you have seen", "Meld wat u hebt gezien")
        self.assertEqual(self.build(), "")

    def test_a_phrase_in_another_context_keeps_its_translation(self):
        self.write("static/templates/start.html", TEMPLATE.replace('"start" "Report', '"heading" "Report'))
        self.assertEqual(self.update(), "")
        entry = self.entry(self.dutch(), "Report what you saw")
        self.assertEqual((entry.context, entry.translations), ("heading", ["Meld wat u zag"]))
        self.assertEqual(self.build(), "")

    def test_a_text_that_two_contexts_translated_in_two_ways_is_left_to_the_translator(self):
        self.write("static/templates/more.html", '{{_ "other" "Report what you saw"}}')
        self.update()
        entries = self.dutch()
        next(entry for entry in entries if entry.context == "other").translations = ["Vertel wat u zag"]
        self.keep(entries)
        self.write("static/templates/more.html", "")
        self.write("static/templates/start.html", TEMPLATE.replace('"start" "Report', '"heading" "Report'))
        self.assertEqual(self.update(), "static/locale/nl.po: 1 to translate\n")

    def test_what_is_up_to_date_stays_as_it_is(self):
        self.update()
        before = {path.name: path.read_bytes() for path in (self.root / "static/locale").iterdir()}
        self.update()
        self.assertEqual({path.name: path.read_bytes() for path in (self.root / "static/locale").iterdir()}, before)


class Pseudo(Program):
    def test_the_pseudo_language_runs_from_right_to_left_and_is_half_as_long_again(self):
        self.assertEqual(self.build(), "")
        read = self.read("qps")
        self.assertEqual(read.pgettext("direction of writing: ltr or rtl", "ltr"), "rtl")
        self.assertEqual(read.pgettext("language's own name", "English"), "Pseudo")
        for text in ("Report what you saw", "One text on two lines", 'Call {number}, or say "help" at 0800-2000'):
            said = read.pgettext("start", text)
            self.assertGreaterEqual(len(said), 1.5 * len(text))
            self.assertLessEqual(len(said), 1.5 * len(text) + 2)
            self.assertNotRegex(po.SLOT.sub("", said), "[A-Za-z]")
            self.assertRegex(said, "[\u05d0-\u05ea]")

    def test_slots_numbers_and_blanks_stay(self):
        said = pseudo.pseudo(' Call {number}, or 0800-2000. ')
        self.assertTrue(said.startswith(" ") and said.endswith(" ") and not said.endswith("  "))
        self.assertIn("{number}", said)
        self.assertIn("0800-2000", said)
        self.assertEqual(pseudo.pseudo(""), "")
        self.assertGreater(len(pseudo.pseudo("a")), 1)

    def test_every_letter_keeps_its_own_sign(self):
        letters = "abcdefghijklmnopqrstuvwxyz".translate(pseudo.LETTERS)
        self.assertEqual(len(set(letters)), 26)
        self.assertTrue(re.fullmatch("[\u05d0-\u05ea]{26}", letters))

    def test_plurals_have_two_forms(self):
        self.build()
        read = self.read("qps")
        one, more = (read.npgettext("start", "{n} day", "{n} days", n) for n in (1, 2))
        self.assertNotEqual(one, more)
        self.assertTrue("{n}" in one and "{n}" in more)


class Repository(unittest.TestCase):
    def test_the_phrases_that_are_about_a_language_are_where_the_pseudo_language_looks_for_them(self):
        keys = {entry.key for entry in po.read(extract.extract(REPOSITORY))}
        self.assertLessEqual(pseudo.FIXED.keys(), keys)

    def test_what_may_wait_stands_where_it_can_say_its_language(self):
        notes, found = extract.Notes.read(REPOSITORY), 0
        waiting = "|".join(re.escape(name) for name, one in notes.contexts.items() if one.get("may-wait"))
        phrase = re.compile(r'\{\{_\s*"(?:' + waiting + ')"')
        for path in (REPOSITORY / "static/templates").glob("*.html"):
            text = path.read_text(encoding="utf-8")
            found += len(phrase.findall(text))
            for place in re.findall(r'="[^"]*\{\{_.*?\}\}[^"]*"|<title>.*?</title>', text, re.S):
                self.assertNotRegex(place, phrase, path.name)
        self.assertGreater(found, 10)


if __name__ == "__main__":
    unittest.main()
