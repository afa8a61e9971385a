"""The lint of words finds what is planted, and nothing in a text that is right.

    test_words.py [unittest arguments]
"""
import pathlib
import tempfile
import unittest

import words
import po  # noqa: E402

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
LIST = """\
[[word]]
en = '\\bwhoever\\b'
instead = "somebody who"
except = ["guide, practice"]
[[word]]
nl = 'sleutel'
instead = "lezen"
"""


def entry(context, text, *translations):
    return po.Entry(context, text, None, list(translations or [text]), places=["a.html"])


class Words(unittest.TestCase):
    def said(self, english, dutch, listed=LIST):
        with tempfile.TemporaryDirectory() as place:
            root = pathlib.Path(place)
            (root / "static/locale").mkdir(parents=True)
            (root / "static/locale/words.toml").write_text(listed, encoding="utf-8")
            header = po.Entry(translations=["Language: xx\n"])
            for code, entries in (("en", english), ("nl", dutch)):
                (root / f"static/locale/{code}.po").write_text(po.write([header, *entries]), encoding="utf-8")
            return words.check(root)

    def test_a_planted_word_is_named_with_its_place_and_what_is_better(self):
        self.assertEqual(self.said([entry("check", "Whoever has it.")], [entry("check", "Whoever has it.", "Geen SLEUTELS.")]), [
            'en: a.html: [check] "Whoever has it." has “Whoever”; better: somebody who',
            'nl: a.html: [check] "Geen SLEUTELS." has “SLEUTEL”; better: lezen',
        ])

    def test_the_second_form_of_a_plural_is_read_too(self):
        self.assertEqual(len(self.said([], [po.Entry("n", "{n} key", "{n} keys", ["{n} ding", "{n} sleutels"])])), 1)

    def test_a_context_may_be_excepted_by_its_beginning(self):
        self.assertEqual(self.said([entry("guide, practice, case", "Whoever.")], []), [])
        self.assertEqual(len(self.said([entry("guide", "Whoever.")], [])), 1)

    def test_what_is_right_stays(self):
        self.assertEqual(self.said([entry("check", "Who ever has it.")], [entry("check", "whoever", "lezen")]), [])

    def test_a_list_that_cannot_be_used_is_refused(self):
        for listed in ('[[word]]\nen = "a("\ninstead = "b"\n', '[[word]]\nen = "a*"\ninstead = "b"\n',
                       '[[word]]\nen = "a"\n', '[[word]]\nen = "a"\nnl = "b"\ninstead = "c"\n',
                       '[[word]]\nfr = "a"\ninstead = "b"\n', '[[word]]\nen = "a"\ninstead = "b"\nexpect = ["c"]\n'):
            with self.subTest(listed), self.assertRaises(words.Refused):
                words.read_list(listed)

    def test_the_words_of_the_list_are_found_in_a_sentence_that_has_them(self):
        listed = words.read_list((REPOSITORY / "static/locale/words.toml").read_text(encoding="utf-8"))
        planted = {
            "en": ["This is no report id.", "We made it anew.", "Whoever has the code", "Whom to call",
                   "An officer of the desk reads it", "It is sealed.", "the key to your report", "what you told now",
                   "Below stands a desk.", "A way back", "What do you wish?", "Do you rather not want this?",
                   "Nothing was sent on.", "time to reflect", "it holds for them too", "They look with you",
                   "money mules", "at a check", "A signal is a hint", "You can file a complaint."],
            "nl": ["de sleutel", "het is verzegeld", "geen weg terug"],
        }
        for code, sentences in planted.items():
            for sentence in sentences:
                with self.subTest(sentence):
                    self.assertTrue(list(words.found([entry("check", sentence)], listed[code])))
            for pattern, _, _ in listed[code]:
                with self.subTest(pattern.pattern):
                    self.assertTrue(any(pattern.search(sentence) for sentence in planted[code]))
        for sentence in ("There is no code.", "It is no longer here.", "What you told us.", "a criminal complaint (aangifte)"):
            with self.subTest(sentence):
                self.assertEqual(list(words.found([entry("check", sentence)], listed["en"])), [])


if __name__ == "__main__":
    unittest.main()
