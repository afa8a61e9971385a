"""The way of the guide's texts (schema/wegwijzer/*.toml) to a catalogue: their contexts, notes and Dutch, and what is
refused.

    test_guide.py [unittest arguments]
"""
import re
import shutil
import subprocess
import sys
import unittest

from program import HEADER, LOCALE, REPOSITORY, Program
import extract  # noqa: E402
import guide  # noqa: E402
import po  # noqa: E402
import pseudo  # noqa: E402

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


class Guide(Program):
    """The program above, and a guide of two files, whole too."""

    FIRST, SECOND = "schema/wegwijzer/aangifte.toml", "schema/wegwijzer/hulp.toml"
    HEADING, SENTENCE = (guide.CONTEXTS["aangifte", key] for key in ("titel", "tekst"))
    HELP = guide.CONTEXTS["hulp", "wat"]

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
        found = {(*entry.key, *entry.places) for entry in po.read(extract.extract(self.root))
                 if (entry.context or "").startswith("guide")}
        self.assertEqual(found, {
            (self.HEADING, "What is a complaint?", f"{self.FIRST}:4"),
            (self.SENTENCE, 'Call 112: at "night" too.', f"{self.FIRST}:7"),
            (self.SENTENCE, "Day and night", f"{self.FIRST}:9"),
            (self.HELP, "Day and night", f"{self.SECOND}:1"),
        })

    def test_the_context_says_who_is_addressed(self):
        self.write(self.SECOND, 'wat = {nl = "Bent u daar?", en = "Are you there?"}\n'
                                'veilig = {nl = "Zeg JE naam niet.", en = "Do not say your name."}\n'
                                'anders = {nl = "Jeugd, objectief.", en = "Youth."}\n')
        found = {entry.text: entry.context for entry in po.read(extract.extract(self.root))}
        self.assertEqual(found["Are you there?"], "guide, to a victim, help")
        self.assertEqual(found["Do not say your name."], "guide, to a victim, asking for help safely, to a young person (je)")
        self.assertEqual(found["Youth."], "guide")

    def test_notes_say_who_gets_a_text_and_whose_number_stands_beside_it(self):
        self.write("schema/wegwijzer/organisaties.toml", '[[organisatie]]\nid = "vt"\nnaam = "Veilig Thuis"\n'
                   'wat = {nl = "Advies.", en = "Advice."}\n')
        self.write("schema/wegwijzer/recht.toml", "".join(
            f'[[zin]]\nid = "{one}"\ntekst = {{nl = "{one}", en = "{one}"}}\n' for one in ("a", "b", "c", "d")))
        self.write("schema/wegwijzer/beroepen.toml", '[[beroep]]\nrol = "burger"\nrecht = ["b"]\n'
                   '[[beroep]]\nrol = "zorg"\nrecht = ["c"]\n[[beroep.weeg]]\ntekst = {nl = "Weeg.", en = "Weigh."}\n')
        self.write("schema/wegwijzer/wegwijzer.toml", "".join(
            f'[[stap]]\nid = "{one}"\norganisatie = "vt"\nrecht = ["{law}"]\nwaarom = {{nl = "{one}", en = "{one}"}}\n'
            for one, law in (("zelf", "a"), ("werk", "d"), ("altijd", "c"))) +
            '[[regel]]\nals = {rol = ["slachtoffer", "zorg"]}\nstappen = ["zelf"]\n'
            '[[regel]]\nals = {rol = ["zorg"]}\nstappen = ["werk", "altijd"]\n[[regel]]\nstappen = ["altijd"]\n')
        notes = {entry.text: entry.note for entry in po.read(extract.extract(self.root))}
        beside = "Beside it: the name Veilig Thuis and its number."
        self.assertEqual({text: notes[text] for text in ("zelf", "werk", "altijd", "a", "b", "c", "d", "Weigh.", "Advice.")}, {
            "zelf": f"Gets it: slachtoffer, zorg. {beside}",
            "werk": f"{extract.MAY_WAIT} Gets it: zorg. {beside}",
            "altijd": f"Anybody gets it. {beside}",
            "a": "", "b": "", "c": "", "d": extract.MAY_WAIT, "Weigh.": extract.MAY_WAIT,
            "Advice.": "About Veilig Thuis.",
        })

    def test_the_dutch_and_the_english_stand_there_already(self):
        self.assertEqual(self.build(), "")
        dutch, english, other = self.read("nl"), self.read("en"), self.read("qps")
        self.assertEqual(dutch.pgettext(self.SENTENCE, 'Call 112: at "night" too.'), "Bel 112: ’s nachts ook.")
        self.assertEqual(dutch.pgettext(self.HELP, "Day and night"), "Dag en nacht")
        self.assertEqual(dutch.pgettext("start", "Report what you saw"), "Meld wat u zag")
        self.assertEqual(english.pgettext(self.SENTENCE, "Day and night"), "Day and night")
        self.assertEqual(other.pgettext(self.SENTENCE, "Day and night"), pseudo.pseudo("Day and night"))

    def test_another_language_gets_them_to_translate(self):
        self.write("static/locale/pl.po", HEADER.replace("CODE", "pl"))
        self.assertEqual(self.update(), "static/locale/pl.po: 10 to translate\n")
        self.refused(f'pl.po: [{self.HEADING}] "What is a complaint?" ({self.FIRST}:4) is not translated')

    def test_dutch_that_changed_since(self):
        self.write(self.FIRST, GUIDE.replace("Wat is aangifte?", "Wat is een aangifte?"))
        self.refused(f'nl.po: [{self.HEADING}] "What is a complaint?" ({self.FIRST}:4) is not what the program '
                     "itself says: run static/locale/update.py")
        self.assertEqual(self.update(), "")
        self.assertEqual(self.build(), "")
        self.assertEqual(self.read("nl").pgettext(self.HEADING, "What is a complaint?"), "Wat is een aangifte?")

    def test_english_that_changed_since(self):
        self.write(self.FIRST, GUIDE.replace("What is a complaint?", "A complaint, what is that?"))
        self.refused(f'nl.po: [{self.HEADING}] "A complaint, what is that?" ({self.FIRST}:4) is missing',
                     f'nl.po: [{self.HEADING}] "What is a complaint?" ({self.FIRST}) stands nowhere in the program')
        self.assertEqual(self.update(), "")
        self.assertEqual(self.build(), "")

    def test_remarks_of_a_translator_stay(self):
        path = self.root / "static/locale/nl.po"
        path.write_text(path.read_text().replace('\nmsgctxt "guide, ', '\n# seen\nmsgctxt "guide, ', 1), encoding="utf-8")
        self.update()
        self.assertIn("\n# seen\n", path.read_text(encoding="utf-8"))

    def test_a_text_without_one_of_the_two(self):
        self.write(self.FIRST, GUIDE.replace('titel.nl = "Wat is aangifte?"', ""))
        self.write(self.SECOND, '\nwat.nl = "Alleen"\n[veilig]\nnl = ""\nen = "Say"\n')
        self.refused_everywhere(f"{self.FIRST}:4: a text without `nl`\n", f"{self.SECOND}:2: a text without `en`\n",
                                f"{self.SECOND}:5: a text without `nl`\n")

    def test_one_english_text_with_two_in_dutch(self):
        self.write(self.SECOND, 'wat = {nl = "Altijd", en = "Day and night"}\n')
        self.update()
        self.assertEqual(self.build(), "")  # each context has its own
        self.assertEqual(self.read("nl").pgettext(self.HELP, "Day and night"), "Altijd")
        shutil.rmtree(self.out)
        self.write(self.SECOND, 'wat = {nl = "Altijd", en = "Day and night"}\n\n[a]\n'
                                'wat = {nl = "Steeds", en = "Day and night"}\n')
        self.refused_everywhere(f'{self.SECOND}:4: "Day and night" is "Steeds" here and "Altijd" in {self.SECOND}:1: one '
                                "English text has one Dutch in each context")

    def test_a_file_that_cannot_be_read(self):
        for text, line in ((b'a = 1\nb = ?\n', 2), (b'a = 1\n\nb = [', 3), (b'a = "x"\nb = "\xff"\n', 2)):
            (self.root / self.SECOND).write_bytes(text)
            self.refused_everywhere(f"{self.SECOND}:{line}: cannot be read as TOML: ")


class Repository(unittest.TestCase):
    def test_the_guide_is_looked_up_where_its_texts_are(self):
        words = (REPOSITORY / "server/guide/words.cpp").read_text(encoding="utf-8")
        rows = re.findall(r'\{"(\w+)", "(\w+)", "([^"]+)"\}', words)
        self.assertEqual({(file, key): context for file, key, context in rows}, guide.CONTEXTS)
        self.assertIn(f'other = "{guide.OTHER}"', words)
        self.assertIn(f'informal_context = "{guide.INFORMAL_CONTEXT}"', words)
        informal = re.search(r"informal\[\] = \{(.*?)\}", words).group(1)
        self.assertEqual(set(re.findall(r'"(\w+)"', informal)), guide.INFORMAL)
        faults, sources = [], {}
        texts = list(guide.texts(REPOSITORY, faults))
        self.assertEqual(faults, [])
        self.assertTrue(texts)
        for text in texts:
            lines = sources.setdefault(text.name, (REPOSITORY / text.name).read_text(encoding="utf-8").split("\n"))
            self.assertIn(text.en, lines[text.line - 1])


if __name__ == "__main__":
    unittest.main()
