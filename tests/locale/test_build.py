"""The way of a phrase from its source to a catalogue: what extract.py finds, what build.py refuses, what the
pseudo-language looks like. Each test writes a small program of its own; gettext's own reader reads what comes out.

    test_build.py [unittest arguments]
"""
import gettext
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
LOCALE = REPOSITORY / "static/locale"
sys.dont_write_bytecode = True
sys.path.insert(0, str(LOCALE))
import extract  # noqa: E402
import guide  # noqa: E402
import po  # noqa: E402
import pseudo  # noqa: E402

TEMPLATE = """\
<h1>{{_ "start" "Report what you saw"}}</h1>
{{! Translators: the number is dialled as it stands }}
<p>{{_ "start" "Call {number}, or say \\"help\\" at 0800-2000"}}</p>
"""
SOURCE = """\
// phrase{"comment", "is none"}
constexpr phrase name{"language's own name", "English"};
constexpr auto direction = phrase{"direction of writing: ltr or rtl", "ltr"};
auto long_one() { return lang::phrase{"start",
                                      "One text "
                                      "on two lines"}; }
auto days(int n) { return language.plural("start", "{n} day", "{n} days", n); }
auto handed_on(phrase phrase) { return language.text(phrase.context, phrase.text) + "phrase{\\"a\\", \\"b\\"}" + 1'000; }
"""
GUIDE = """\
# tekst.en = "Not this one"
[[deel]]
titel.nl = "Wat is aangifte?"
titel.en = "What is a complaint?"

[[deel.zin]]
tekst = {nl = "Bel 112: ’s nachts ook.", en = "Call 112: at \\"night\\" too."}
[[deel.zin]]
tekst.en = 'Day and night'
tekst.nl = "Dag en nacht"
"""
HEADER = """\
msgid ""
msgstr ""
"Language: CODE\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
DUTCH = {
    "Report what you saw": "Meld wat u zag",
    'Call {number}, or say "help" at 0800-2000': 'Bel {number}, of zeg "help" op 0800-2000',
    "English": "Nederlands",
    "ltr": "ltr",
    "One text on two lines": "Eén tekst op twee regels",
    "{n} day": "{n} dag\0{n} dagen",
}


class Program(unittest.TestCase):
    """A program with one template, one source and two languages, all whole."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.root = pathlib.Path(place.name)
        self.out = self.root / "out"
        self.write("static/templates/start.html", TEMPLATE)
        self.write("server/pages/start.cpp", SOURCE)
        for code in ("nl", "en"):
            self.write(f"static/locale/{code}.po", HEADER.replace("CODE", code))
        self.update()
        entries = self.dutch()
        for entry in entries[1:]:
            entry.translations = DUTCH[entry.text].split("\0")
        self.keep(entries)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def dutch(self):
        return po.read((self.root / "static/locale/nl.po").read_text(encoding="utf-8"))

    def keep(self, entries):
        self.write("static/locale/nl.po", po.write(entries))

    def update(self):
        return subprocess.run([sys.executable, "-B", LOCALE / "update.py", self.root], check=True, capture_output=True,
                              encoding="utf-8").stdout

    def build(self):
        run = subprocess.run([sys.executable, "-B", LOCALE / "build.py", self.root, self.out], capture_output=True,
                             encoding="utf-8")
        self.assertEqual(run.returncode, 1 if run.stderr else 0)
        return run.stderr

    def entry(self, entries, text):
        return next(entry for entry in entries if entry.text == text)

    def read(self, code):
        with open(self.out / f"{code}.mo", "rb") as file:
            return gettext.GNUTranslations(file)

    def refused(self, *sentences):
        """The build fails, says all that, and leaves nothing behind."""
        said = self.build()
        for sentence in sentences:
            self.assertIn(sentence, said)
        self.assertFalse(self.out.exists())

    def changed(self, text, *translations, flags=()):
        entries = self.dutch()
        entry = self.entry(entries, text)
        entry.translations, entry.flags = list(translations), entry.flags | set(flags)
        self.keep(entries)


class Extraction(Program):
    def test_phrases_are_found_with_their_places(self):
        entries = po.read(extract.extract(self.root))
        self.assertTrue(entries[0].is_header)
        found = {(*entry.key, entry.plural, *entry.places) for entry in entries[1:]}
        self.assertEqual(found, {
            ("start", "Report what you saw", None, "static/templates/start.html:1"),
            ("start", 'Call {number}, or say "help" at 0800-2000', None, "static/templates/start.html:3"),
            ("language's own name", "English", None, "server/pages/start.cpp:2"),
            ("direction of writing: ltr or rtl", "ltr", None, "server/pages/start.cpp:3"),
            ("start", "One text on two lines", None, "server/pages/start.cpp:4"),
            ("start", "{n} day", "{n} days", "server/pages/start.cpp:7"),
        })

    def test_slots_are_flagged_and_remarks_go_along(self):
        text = extract.extract(self.root)
        self.assertIn("#. Translators: the number is dialled as it stands\n#: static/templates/start.html:3\n"
                      "#, python-brace-format\n", text)
        self.assertEqual(text.count("python-brace-format"), 2)

    def test_the_same_sources_give_the_same_bytes(self):
        self.assertEqual(extract.extract(self.root), extract.extract(self.root))
        self.assertNotRegex(extract.extract(self.root), r"\d{4}-\d\d-\d\d")

    def test_what_is_no_phrase_is_named(self):
        self.write("static/templates/bad.html", '\n{{_ "context"}}\n{{_ "" "text"}}\n')
        self.write("web/lang/bad.cpp", 'auto a = phrase{"context", text};\nauto b = plural("context", "one", n);\n')
        with self.assertRaises(extract.Faults) as caught:
            extract.extract(self.root)
        self.assertEqual([fault.split(" ")[0] for fault in caught.exception.sentences],
                         ["static/templates/bad.html:2:", "static/templates/bad.html:3:", "web/lang/bad.cpp:1:",
                          "web/lang/bad.cpp:2:"])

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
        self.refused('nl.po: [start] "{n} day" (server/pages/start.cpp:7) is not translated')

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

    def test_what_is_up_to_date_stays_as_it_is(self):
        self.update()
        before = {path.name: path.read_bytes() for path in (self.root / "static/locale").iterdir()}
        self.update()
        self.assertEqual({path.name: path.read_bytes() for path in (self.root / "static/locale").iterdir()}, before)


class Guide(Program):
    """The program above, and a guide of two files, whole too."""

    FIRST, SECOND = "schema/wegwijzer/aangifte.toml", "schema/wegwijzer/hulp.toml"

    def setUp(self):
        super().setUp()
        self.write(self.FIRST, GUIDE)
        self.write(self.SECOND, 'wat = {nl = "Dag en nacht", en = "Day and night"}\n')
        self.update()

    def refused_everywhere(self, *sentences):
        """Neither is there a build, nor does an update write anything."""
        self.refused(*sentences)
        before = self.dutch()
        run = subprocess.run([sys.executable, "-B", LOCALE / "update.py", self.root], capture_output=True,
                             encoding="utf-8")
        self.assertEqual(run.returncode, 1)
        for sentence in sentences:
            self.assertIn(sentence, run.stderr)
        self.assertEqual(self.dutch(), before)

    def test_the_english_is_found_with_its_places(self):
        found = {(entry.text, *entry.places) for entry in po.read(extract.extract(self.root))
                 if entry.context == "guide"}
        self.assertEqual(found, {
            ("What is a complaint?", f"{self.FIRST}:4"),
            ('Call 112: at "night" too.', f"{self.FIRST}:7"),
            ("Day and night", f"{self.FIRST}:9", f"{self.SECOND}:1"),
        })

    def test_the_dutch_and_the_english_stand_there_already(self):
        self.assertEqual(self.build(), "")
        dutch, english, other = self.read("nl"), self.read("en"), self.read("qps")
        self.assertEqual(dutch.pgettext("guide", 'Call 112: at "night" too.'), "Bel 112: ’s nachts ook.")
        self.assertEqual(dutch.pgettext("guide", "Day and night"), "Dag en nacht")
        self.assertEqual(dutch.pgettext("start", "Report what you saw"), "Meld wat u zag")
        self.assertEqual(english.pgettext("guide", "Day and night"), "Day and night")
        self.assertEqual(other.pgettext("guide", "Day and night"), pseudo.pseudo("Day and night"))

    def test_another_language_gets_them_to_translate(self):
        self.write("static/locale/pl.po", HEADER.replace("CODE", "pl"))
        self.assertEqual(self.update(), "static/locale/pl.po: 9 to translate\n")
        self.refused(f'pl.po: [guide] "What is a complaint?" ({self.FIRST}:4) is not translated')

    def test_dutch_that_changed_since(self):
        self.write(self.FIRST, GUIDE.replace("Wat is aangifte?", "Wat is een aangifte?"))
        self.refused(f'nl.po: [guide] "What is a complaint?" ({self.FIRST}:4) is not what the program '
                     "itself says: run static/locale/update.py")
        self.assertEqual(self.update(), "")
        self.assertEqual(self.build(), "")
        self.assertEqual(self.read("nl").pgettext("guide", "What is a complaint?"), "Wat is een aangifte?")

    def test_english_that_changed_since(self):
        self.write(self.FIRST, GUIDE.replace("What is a complaint?", "A complaint, what is that?"))
        self.refused(f'nl.po: [guide] "A complaint, what is that?" ({self.FIRST}:4) is missing',
                     f'nl.po: [guide] "What is a complaint?" ({self.FIRST}) stands nowhere in the program')
        self.assertEqual(self.update(), "")
        self.assertEqual(self.build(), "")

    def test_remarks_of_a_translator_stay(self):
        path = self.root / "static/locale/nl.po"
        path.write_text(path.read_text().replace('\nmsgctxt "guide"', '\n# seen\nmsgctxt "guide"', 1), encoding="utf-8")
        self.update()
        self.assertIn("\n# seen\n", path.read_text(encoding="utf-8"))

    def test_a_text_without_one_of_the_two(self):
        self.write(self.FIRST, GUIDE.replace('titel.nl = "Wat is aangifte?"', ""))
        self.write(self.SECOND, '\nwat.nl = "Alleen"\n[veilig]\nnl = ""\nen = "Say"\n')
        self.refused_everywhere(f"{self.FIRST}:4: a text without `nl`\n", f"{self.SECOND}:2: a text without `en`\n",
                                f"{self.SECOND}:5: a text without `nl`\n")

    def test_one_english_text_with_two_in_dutch(self):
        self.write(self.SECOND, '\nwat = {nl = "Altijd", en = "Day and night"}\n')
        self.refused_everywhere(f'{self.SECOND}:2: "Day and night" is "Altijd" here and "Dag en nacht" in '
                                f"{self.FIRST}:9")

    def test_a_file_that_cannot_be_read(self):
        for text, line in ((b'a = 1\nb = ?\n', 2), (b'a = 1\n\nb = [', 3), (b'a = "x"\nb = "\xff"\n', 2)):
            (self.root / self.SECOND).write_bytes(text)
            self.refused_everywhere(f"{self.SECOND}:{line}: cannot be read as TOML: ")


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

    def test_the_guide_is_looked_up_where_its_texts_are(self):
        words = (REPOSITORY / "server/guide/handbook/words.hpp").read_text(encoding="utf-8")
        self.assertIn(f'words_context = "{guide.CONTEXT}"', words)
        faults, sources = [], {}
        texts = list(guide.texts(REPOSITORY, faults))
        self.assertEqual(faults, [])
        self.assertTrue(texts)
        for text in texts:
            lines = sources.setdefault(text.name, (REPOSITORY / text.name).read_text(encoding="utf-8").split("\n"))
            self.assertIn(text.en, lines[text.line - 1])


if __name__ == "__main__":
    unittest.main()
