#!/usr/bin/python3
"""Whatever is typed stays text: HTML, template syntax and quotes in every field, on every page. The same elements stand
there as for plain words, and each value comes back as it was. Run by tests/with_server.py.
"""
import unittest

from pages_visitor import Case, pressed, report

TEXTS = (
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus=alert(1) autofocus='",
    "{{wat}} {{>kop.html}} {{#groepen}} {{{wat}}} {{/groepen}}",
    "{wat} {most} %s ${7*7} #{7*7} <%= 7 %> {% raw %}",
    "</title></dd></dl></form><form action=https://example.org/><button name=stap value=versturen>",
    "<!-- --> <![CDATA[x]]> <?x?> --><style>*{}</style><base href=//example.org>",
    "&lt;b&gt; &amp; &#60;script&#62; &copy &nbsp;",
    "javascript:alert(1) data:text/html,x //example.org \\\\example.org",
    "<svg/onload=alert(1)><math><mtext></form><iframe srcdoc='x'>",
    "\n\n  voor en achter blanco  ",
)
FIELDS = ("wat", "wie", "waar", "wanneer", "voertuigen", "online", "veilig", "naam", "telefoon", "email", "organisatie")
LINES = ("naam", "telefoon", "email", "organisatie", "plaats")
NO_CHOICE = "keins"  # a code that is in no list: it does not come back
WORK = {"rol": "professional", "functie": "anders"}
HIDDEN = ("lezers", "haast", "nummer", "zaad", "zonder", "zonder-erbij", "zonder-weg", "terugweg", "gemeente",
          "gemeente-bij", "stap")


class Markup(Case):
    def filled(self, step, text, **changes):
        # What a browser sends of an input of one line has no line ends.
        given = {name: text.replace("\n", "") if name in LINES else text for name in FIELDS}
        return report(step, **{**WORK, **given, **changes})

    def compared(self, step, status, **changes):
        """The page with plain words everywhere, and with each of the texts."""
        plain = self.post(self.filled(step, "woord", **changes), status)
        for text in TEXTS:
            with self.subTest(text):
                fields = self.filled(step, text, **changes)
                page = self.post(fields, status)
                self.assertEqual(page.names(), plain.names())
                self.assertEqual(page.title, plain.title)
                self.kept(page, [(name, value) for name, value in fields if value != NO_CHOICE])
                self.attributes(page, plain)

    def attributes(self, page, plain):
        self.assertEqual([sorted(given) for _, given in page.elements], [sorted(given) for _, given in plain.elements])
        places = ("href", "src", "action", "formaction", "id", "class", "type", "name", "for")
        for (_, one), (_, other) in zip(page.elements, plain.elements):
            self.assertEqual([one.get(name) for name in places], [other.get(name) for name in places])

    def test_on_the_first_page(self):
        self.compared("begin", 200)

    def test_on_the_first_page_with_faults(self):
        self.compared("vragen", 400, rol=NO_CHOICE)

    def test_on_the_form(self):
        self.compared("vragen", 200)

    def test_on_the_form_with_faults(self):
        self.compared("controle", 400, vorm=None)

    def test_on_the_form_that_asks_for_the_place(self):
        self.compared("controle", 400, plaats="Bergen")

    def test_on_the_check_page(self):
        self.compared("controle", 200)

    def test_on_the_check_page_as_shown(self):
        for text in TEXTS:
            page = self.post(self.filled("controle", text), 200)
            self.assertIn(text, page.own)

    def test_on_the_check_page_that_comes_back(self):
        self.compared("versturen", 400)

    def test_as_the_place(self):
        for text in TEXTS:
            line = text.replace("\n", "")
            page = self.post(report("controle", plaats=line), 400)
            self.assertEqual(page.value("plaats"), line)
            self.assertIn("gemeente", page.faulty)
            page = self.post(pressed(page, "stap", "controle", gemeente="onbekend"), 200)
            self.assertEqual((page.value("plaats"), page.value("gemeente-bij")), (line, line))
            self.assertEqual(page.own[1], line)

    def test_in_every_choice(self):
        plain = self.post(report("controle", plek="x", politie="x", wens="x"), 400)
        for text in TEXTS:
            page = self.post(report("controle", plek=text, politie=text, wens=text), 400)
            self.assertEqual(page.names(), plain.names())
            self.assertNotIn(text, page.text)

    def test_in_every_hidden_input(self):
        good = self.check_page()
        for name in HIDDEN:
            plain = self.visitor.post(pressed(good, "stap", "versturen", nummer="x") + [(name, "x")]).page
            for text in TEXTS[:7]:
                with self.subTest((name, text)):
                    page = self.post(pressed(good, "stap", "versturen", nummer="x") + [(name, text)], 400) \
                        if name not in ("zonder-erbij", "zonder-weg") else \
                        self.post(pressed(good, "stap", "versturen", nummer="x") + [(name, text)], 200)
                    self.assertEqual(page.names(), plain.names())

    def test_as_a_name(self):
        plain = self.check_page(("x", "y"))
        for text in TEXTS:
            page = self.check_page((text, text))
            self.assertEqual(page.names(), plain.names())
            self.assertNotIn(text, page.text)

    def test_delivered_as_typed(self):
        for text in TEXTS:
            page = self.post(self.filled("controle", text), 200)
            self.post(pressed(page, "stap", "versturen"), 200)
            melding = self.opened(page.value("nummer"))
            for name in ("wat", "wie", "waar", "wanneer", "voertuigen", "online"):
                self.assertEqual(melding[name], text)
            for name in ("naam", "telefoon", "email", "veilig"):
                self.assertEqual(melding["contact"][name], text.replace("\n", "") if name in LINES else text)
            self.assertEqual(melding["professional"]["organisatie"], text.replace("\n", ""))


if __name__ == "__main__":
    unittest.main()
