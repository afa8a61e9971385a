"""A small program with phrases and two languages, for the tests of what is made of them. Each test has one of its own;
gettext's own reader reads what comes out."""
import gettext
import pathlib
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
LOCALE = REPOSITORY / "static/locale"
sys.dont_write_bytecode = True
sys.path.insert(0, str(LOCALE))
import po  # noqa: E402

TEMPLATE = """\
<h1>{{_ "start" "Report what you saw"}}</h1>
{{! a remark }}
<p>{{_ "start" "Call {number}, or say \\"help\\" at 0800-2000" "the number is \\"dialled\\" as it stands"}}</p>
"""
SOURCE = """\
// phrase{"comment", "is none"}
constexpr phrase name{"language's own name", "English", "in its own "
                      "spelling"};
constexpr auto direction = phrase{"direction of writing: ltr or rtl", "ltr"};
auto long_one() { return lang::phrase{"start",
                                      "One text "
                                      "on two lines"}; }
auto days(int n) { return language.plural("start", "{n} day", "{n} days", n); }
auto handed_on(phrase phrase) { return language.text(phrase.context, phrase.text) + "phrase{\\"a\\", \\"b\\"}" + 1'000; }
"""
CONTEXTS = "static/locale/contexts.toml"
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

    def build(self, said=""):
        run = subprocess.run([sys.executable, "-B", LOCALE / "build.py", self.root, self.out], capture_output=True,
                             encoding="utf-8")
        self.assertEqual(run.returncode, 1 if run.stderr else 0)
        self.assertEqual(run.stdout, said)
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
