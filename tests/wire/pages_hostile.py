#!/usr/bin/python3
"""Forms that no browser of good will posts: what is no text, too much, twice, unknown, not in the list, or altered where
nobody can see it. Every page that comes back carries what was typed. Run by tests/with_server.py.
"""
import re
import unittest

from pages_visitor import FORM, GOOD, Case, encoded, pressed, report

CHOICES = {"rol": "begin", "minderjarig": "begin", "vorm": "form", "spoed": "form", "plek": "form", "wens": "form",
           "politie": "form"}
WORK_CHOICES = ("functie", "toestemming", "beroepsgeheim", "grondslag")
AREAS = ("wie", "waar", "wanneer", "voertuigen", "online", "veilig")
LINES = ("naam", "telefoon", "email")


class Bytes(Case):
    """What is no text comes back as "?", with a fault beside it; everything else stays."""

    def mended(self, raw, shown):
        self.nothing_arrives()
        rest = {"wie": "Zij", "naam": "Ik"}
        page = self.post(report("controle", ("wat", raw), wat=None, **rest), 400)
        self.assertEqual(page.faulty, {"wat"})
        self.assertEqual(page.value("wat"), shown)
        self.kept(page, rest.items())
        # What is shown now can be sent.
        self.assertEqual(self.post(pressed(page, "stap", "controle"), 200).value("wat"), shown)

    def test_invalid_utf8(self):
        self.mended(b"Een \xff en \xc3( en \xed\xa0\x80 en \xf4\x90\x80\x80 en \xc0\xaf.",
                    "Een ? en ?( en ??? en ???? en ??.")

    def test_a_character_that_was_cut(self):
        self.mended("Eén €".encode()[:-1], "Eén ??")

    def test_nul(self):
        self.mended(b"voor\0na", "voor?na")

    def test_other_controls(self):
        self.mended(b"a\x01b\x08c\x1bd\x7fe\x0cf\x0bg", "a?b?c?d?e?f?g")

    def test_tabs_and_line_ends_are_text(self):
        page = self.check_page(wat=b"a\tb\r\nc\rd\ne")
        self.assertEqual(page.value("wat"), "a\tb\nc\nd\ne")

    def test_broken_escapes(self):
        self.nothing_arrives()
        fields = encoded(report("controle", wat=None)) + b"&wat=100%+zeker%2&wie=%zz%u0041"
        page = self.post(fields, 400)
        self.assertEqual(page.faulty, {"wat", "wie"})
        self.assertEqual((page.value("wat"), page.value("wie")), ("100% zeker%2", "%zz%u0041"))

    def test_in_a_choice(self):
        page = self.post(report("controle", ("plek", b"haven\xff")), 400)
        self.assertEqual(page.faulty, {"plek"})

    def test_a_name_that_is_no_text(self):
        self.nothing_arrives()
        page = self.post(report("controle", (b"wat\xff", "x")), 400)
        self.assertNotIn("zaad", page.text)
        self.assertFalse(page.fields)

    def test_no_name_at_all(self):
        for body in (b"=", b"=x&stap=controle", b"%3d%26=x&=y"):
            self.assertFalse(self.post(body, 400).fields)

    def test_nothing_at_all(self):
        for body in (b"", b"&&&&", b"stap", b"stap=vragen"):
            self.post(body, 400 if b"vragen" in body else 200)

    def test_bidi_overrides_are_isolated_and_delivered_as_they_are(self):
        text = "voor \u202eomgekeerd\u2066 en \u2067verder\u200f na\u202c."
        page = self.check_page(wat=text, wie=text)
        own = [given for name, given in page.elements if name == "dd" and "baken-own" in given.get("class", "")]
        self.assertEqual(page.own, [text, "Rotterdam", text])
        for given in own:
            self.assertEqual((given.get("dir"), given.get("translate")), ("auto", "no"))
        form = self.post(report("vragen", wat=text, naam=text), 200)
        typed = [given for name, given in form.elements if given.get("name") in ("wat", "naam")]
        self.assertEqual([given.get("dir") for given in typed], ["auto", "auto"])
        self.assertEqual(form.value("wat"), text)
        self.post(pressed(page, "stap", "versturen"), 200)
        self.assertEqual(self.opened(page.value("nummer"))["wat"], text)


class Much(Case):
    def test_300_kib_in_one_field(self):
        self.nothing_arrives()
        text = "0123456789abcde " * (300 * 64)
        page = self.post(report("controle", wat=text, naam="Ik"), 400)
        self.assertEqual(page.faulty, {"wat"})
        self.assertEqual(page.value("wat"), text)
        self.assertEqual(page.value("naam"), "Ik")

    def test_every_field_too_long(self):
        names = [*AREAS, *LINES, "plaats"]
        texts = {name: (name * 10_000)[:20_001 if name in AREAS else 2_001] for name in names}
        page = self.post(report("controle", **texts), 400)
        self.assertEqual(page.faulty, {*names, "gemeente"})  # and such a place is not known
        self.kept(page, texts.items())

    def test_altogether_too_long_for_an_envelope(self):
        self.nothing_arrives()
        texts = {"wat": "x" * 199_000, **{name: name[0] * 19_000 for name in AREAS[:5]}}
        page = self.post(report("controle", **texts), 400)
        self.assertEqual(page.faulty, {"wat"})
        self.kept(page, texts.items())

    def refused_whole(self, size, path, title):
        """Answered before the body is there, as a page in the language of the address; then the line is closed."""
        with self.visitor.raw() as line:
            line.sendall(self.visitor.head_of(size, path) + b"wat=" + 20_000 * b"x")
            seen = b""
            while more := line.recv(65536):
                seen += more
        head, body = seen.split(b"\r\n\r\n", 1)
        self.assertTrue(head.startswith(b"HTTP/1.1 413 "), head)
        for part in (b"Content-Type: text/html; charset=utf-8", b"Connection: close", b"Cache-Control: no-store",
                     b"Content-Language: " + path[1:3].encode()):
            self.assertIn(part, head)
        self.assertIn(title, body)

    def test_321_kib_in_all(self):
        """More than is taken, but not more than is read: the answer says which text is too long, and shows none of it."""
        self.nothing_arrives()
        for size in (320 * 1024 + 1, 321 * 1024, 1024 * 1024):
            for step in ("vragen", "controle", "versturen"):
                body = encoded(report(step, wat=None, naam="Ik")) + b"&wat="
                text = "x" * (size - len(body))
                page = self.post(body + text.encode(), 413)
                self.assertIn(f"is te lang: {len(text)} tekens", page.text)
                self.assertNotIn("xxxx", page.text)
                self.assertFalse(page.fields)

    def test_more_than_is_read(self):
        self.nothing_arrives()
        self.refused_whole(1024 * 1024 + 1, "/nl/melden", b"Dit is te lang")
        self.refused_whole(1025 * 1024, "/en/melden", b"This is too long")
        self.refused_whole(2**40, "/nl/melden", b"Dit is te lang")

    def test_what_could_not_be_sent_is_refused_where_it_is_typed(self):
        """The check page adds to a form, so it takes 16 KiB less than what is read; either way the words come back."""
        for size, status in ((304 * 1024, 200), (304 * 1024 + 1, 400), (320 * 1024, 400)):
            body = encoded(report("vragen", wat=None)) + b"&wat="
            text = "x" * (size - len(body))
            page = self.post(body + text.encode(), status)
            self.assertEqual(page.value("wat"), text)
            self.assertEqual(page.faulty, {"wat"} if status == 400 else set())

    def test_10_000_fields(self):
        self.nothing_arrives()
        for name in ("x", "wat", "vorm"):
            self.assertFalse(self.post(report("controle") + [(name, "y")] * 10_000, 400).fields)

    def test_as_many_fields_as_a_page_has_and_more(self):
        self.check_page(*[("x", "y")] * 150)


class Twice(Case):
    def test_the_same_value_twice(self):
        page = self.check_page(*GOOD.items())
        self.post(pressed(page, "stap", "versturen"), 200)
        self.assertEqual(self.opened(page.value("nummer"))["wat"], GOOD["wat"])

    def test_different_values(self):
        self.nothing_arrives()
        page = self.post(report("controle", ("wat", "Iets anders."), ("plek", "haven"), ("plek", "grens")), 400)
        self.assertEqual(page.faulty, {"wat", "plek"})
        self.assertEqual(page.value("wat"), GOOD["wat"])
        self.assertEqual(page.value("plek"), "haven")
        self.post(report("controle", ("rol", "slachtoffer")), 400)
        self.post(report("controle", ("minderjarig", "ja")), 400)

    def test_two_steps(self):
        """What was pressed is the first that arrives; nothing is sent on a page without its marks."""
        self.nothing_arrives()
        self.post(report("controle", ("stap", "versturen")), 200)
        self.post(report("versturen", ("stap", "controle")), 400)

    def test_two_numbers_and_seeds(self):
        page, other = self.check_page(), self.check_page()
        fields = pressed(page, "stap", "versturen") + [(name, other.value(name)) for name in ("nummer", "zaad")]
        self.post(fields, 200)
        arrived = self.arrived()
        self.assertIn(page.value("nummer"), arrived)
        self.assertNotIn(other.value("nummer"), arrived)


class Unknown(Case):
    def test_fields_that_no_page_has(self):
        more = {"vreemd": "uniekevreemdeling", "__proto__": "x", "wat[]": "x", "WAT": "x", " wat": "x", "taal": "en",
                "kleur": "<b>"}
        page = self.post(report("controle", *more.items()), 200)
        self.assertNotIn("uniekevreemdeling", page.text)
        for name in more:
            self.assertEqual(page.values(name), [])
        self.post(pressed(page, "stap", "versturen") + list(more.items()), 200)
        self.assertEqual(self.opened(page.value("nummer"))["taal"], "nl")

    def test_a_step_that_is_none(self):
        self.nothing_arrives()
        for step in ("", "klaar", "VERSTUREN", "versturen ", "<b>"):
            page = self.post(report(step), 200)
            self.kept(page, report(step))

    def test_values_outside_the_list(self):
        self.nothing_arrives()
        for name in CHOICES:
            for value in ("x", GOOD.get(name, "ja") + " ", "JA", "<script>", "0"):
                with self.subTest((name, value)):
                    page = self.post(report("controle", **{name: value}), 400)
                    self.assertIn(name, page.faulty)
                    self.kept(page, [(key, text) for key, text in GOOD.items() if key != name])

    def test_values_outside_the_list_of_work(self):
        self.nothing_arrives()
        for name in WORK_CHOICES:
            with self.subTest(name):
                page = self.post(report("controle", rol="professional", organisatie="Wij", **{name: "x"}), 400)
                self.assertEqual(page.faulty, {name})
                self.assertEqual(page.value("organisatie"), "Wij")

    def test_one_good_and_one_unknown_choice(self):
        page = self.post(report("controle", ("vorm", "x")), 400)
        self.assertEqual(page.faulty, {"vorm"})
        self.assertEqual(page.values("vorm"), ["seksueel"])

    def test_a_role_that_only_programs_have(self):
        for role in ("zorg", "politie"):
            self.assertEqual(self.post(report("controle", rol=role), 400).faulty, {"rol"})

    def test_a_municipality_that_was_not_offered(self):
        self.nothing_arrives()
        for code in ("GM9999", "GM0363", "x", "<b>"):
            page = self.post(report("controle", plaats="Bergen", gemeente=code, gemeente_bij="Bergen"), 400)
            self.assertEqual(page.faulty, {"gemeente"})
            self.assertEqual(page.value("plaats"), "Bergen")
        # Where there is no doubt about the place, nobody may choose another one.
        page = self.check_page(gemeente="GM0363", gemeente_bij="Rotterdam")
        self.assertEqual(page.value("lezers"), "rotterdam:eerste")


class Types(Case):
    def typed(self, kind, status, path="/nl/melden"):
        headers = {"Content-Type": kind} if kind else {}
        answer = self.checked(self.visitor.send("POST", path, encoded(report("controle")), headers))
        self.assertEqual(answer.status, status, kind)
        return answer

    def test_another_type(self):
        self.nothing_arrives()
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", FORM + "x", "*/*", ""):
            answer = self.typed(kind, 415)
            self.assertEqual(answer.page.title, "Dit formulier komt niet van deze website - Baken")
            self.assertEqual(answer.head("Content-Language"), "nl")
        self.assertEqual(self.typed("text/plain", 415, "/en/melden").page.title, "This form did not come from this website - Baken")

    def test_the_right_type_in_other_spellings(self):
        for kind in (FORM + "; charset=utf-8", FORM.upper(), FORM + ";charset=ISO-8859-1", FORM + " ; x=y"):
            self.typed(kind, 200)

    def test_two_types(self):
        with self.visitor.raw() as line:
            head = self.visitor.head_of(1).replace(b"Content-Type", b"Content-Type: text/plain\r\nContent-Type")
            line.sendall(head + b"x")
            self.assertIn(re.match(rb"HTTP/1.1 (\d+)", line.recv(64))[1], (b"400", b"415"))


if __name__ == "__main__":
    unittest.main()
