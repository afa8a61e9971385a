#!/usr/bin/python3
"""From the check page to the receipt: out of order, altered, twice, at once, and more at once than receipts can be derived.
One report arrives for one page, its receipt is shown to nobody else, and a refusal loses nothing. Run by
tests/with_server.py.
"""
import base64
import concurrent.futures
import secrets
import unittest
import uuid
from http.client import HTTPResponse

from pages_visitor import Answer, Case, encoded, pressed, report

URGENT = {"minderjarig": "ja"}  # has a fallback besides the first desk
TO_LABOUR = {"vorm": "arbeid"}  # goes to two desks


def receipt(page):
    digits = [words for words in page.spans if len(words) == 4 and words.isdigit()]
    return " ".join(digits) if len(digits) == 6 else None


def seed():
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode("ascii")


class Order(Case):
    def test_sent_without_the_check_page(self):
        self.nothing_arrives()
        page = self.post(report("versturen"), 400)
        self.kept(page, report(""))
        self.assertIsNone(receipt(page))
        # What came back is a check page that can be sent.
        self.assertIsNotNone(page.value("zaad"))

    def test_checked_without_the_form(self):
        page = self.post([("stap", "controle")], 400)
        self.assertEqual(page.faulty, {"rol", "minderjarig"})
        page = self.post([("stap", "controle"), ("rol", "burger"), ("minderjarig", "nee")], 400)
        self.assertEqual(page.faulty, {"vorm", "wat"})

    def test_sent_without_the_form(self):
        self.nothing_arrives()
        marks = [("nummer", str(uuid.uuid4())), ("zaad", seed()), ("lezers", "rotterdam:eerste"), ("haast", "nee")]
        page = self.post([("stap", "versturen"), *marks], 400)
        self.assertEqual(page.faulty, {"rol", "minderjarig"})
        self.assertIsNone(receipt(page))

    def test_sent_with_marks_made_up(self):
        """Who makes up a number and a seed sends a report like anybody: they are the reporter's own."""
        marks = [("nummer", str(uuid.uuid4())), ("zaad", seed()), ("lezers", "rotterdam:eerste"), ("haast", "nee")]
        self.assertIsNotNone(receipt(self.post(report("versturen", *marks), 200)))
        self.assertIn(marks[0][1], self.arrived())

    def test_changed_between_check_and_send(self):
        self.nothing_arrives()
        page = self.check_page()
        self.assertEqual(self.post(pressed(page, "stap", "versturen", wat=" \n"), 400).faulty, {"wat"})
        again = self.post(pressed(page, "stap", "versturen", vorm="arbeid"), 409)
        self.assertEqual(again.value("lezers"), "nla:eerste rotterdam:mede")
        self.assertIsNone(receipt(again))

    def test_a_language_changed_between_check_and_send(self):
        page = self.check_page()
        done = self.post(pressed(page, "stap", "versturen"), 200, "/en/melden")
        again = self.post(pressed(page, "stap", "versturen"), 200)
        self.assertEqual(receipt(done), receipt(again))
        self.assertEqual(self.opened(page.value("nummer"))["taal"], "en")


class Altered(Case):
    """Hidden inputs of the check page. Whatever cannot be used is made anew, and sent only when pressed again."""

    def altered(self, status, **changes):
        page = self.check_page(naam="Ik", **URGENT)
        again = self.post(pressed(page, "stap", "versturen", **changes), status)
        self.assertIsNone(receipt(again))
        self.assertEqual((again.value("wat"), again.value("naam")), (page.value("wat"), "Ik"))
        self.assertEqual(again.value("lezers"), page.value("lezers"))
        self.assertEqual(again.value("haast"), page.value("haast"))
        return page, again

    def test_numbers(self):
        self.nothing_arrives()
        good = str(uuid.uuid4())
        for number in (None, "", "x", good[:-1], good + "0", good.upper(), good.replace("-", ""), "{" + good + "}",
                       "00000000-0000-0000-0000-000000000000", good[:14] + "1" + good[15:], "9" * 5000, " " + good,
                       "<b>" + good):
            with self.subTest(number):
                page, again = self.altered(400, nummer=number)
                self.assertNotIn(again.value("nummer"), (number, page.value("nummer")))
                self.assertNotEqual(again.value("zaad"), page.value("zaad"))

    def test_seeds(self):
        self.nothing_arrives()
        good = seed()
        for text in (None, "", "x", good[:-1], good + "A", good + "=", good[:-1] + "B", "+" + good[1:], "a" * 5000,
                     "\"><b>", " " + good):
            with self.subTest(text):
                page, again = self.altered(400, zaad=text)
                self.assertNotIn(again.value("zaad"), (text, page.value("zaad")))

    def test_readers(self):
        self.nothing_arrives()
        for readers in (None, "", "rotterdam", "rotterdam:eerste", "landelijk:eerste rotterdam:achtervang",
                        "rotterdam:eerste landelijk:mede", "rotterdam:eerste landelijk:achtervang zorg:mede",
                        "nergens:eerste landelijk:achtervang", "rotterdam:eerste  landelijk:achtervang",
                        "ROTTERDAM:eerste landelijk:achtervang", "<b>:eerste", "a:eerste " * 5000, ":", "rotterdam:baas"):
            with self.subTest((readers or "")[:60]):
                page, again = self.altered(409, lezers=readers)
                self.assertEqual(again.value("zaad"), page.value("zaad"))

    def test_urgency(self):
        self.nothing_arrives()
        for urgent in (None, "nee", "JA", "<b>", ""):
            with self.subTest(urgent):
                self.altered(409, haast=urgent)

    def test_the_page_that_came_back_can_be_sent(self):
        for status, changes in ((400, {"zaad": "x"}), (409, {"haast": "nee"})):
            _, again = self.altered(status, **changes)
            self.assertIsNotNone(receipt(self.post(pressed(again, "stap", "versturen"), 200)))
            self.assertIn(again.value("nummer"), self.arrived())

    def test_another_way_back_than_there_is(self):
        """Anything but "nee" keeps the way back: nobody loses it by accident."""
        page = self.check_page()
        self.assertIsNotNone(receipt(self.post(pressed(page, "stap", "versturen", terugweg="x"), 200)))


class Seeds(Case):
    """A seed is a receipt: it must never be shown to who has only the number, nor serve two reports."""

    def sent(self):
        page = self.check_page()
        return page, receipt(self.post(pressed(page, "stap", "versturen"), 200))

    def test_the_same_page_again(self):
        page, first = self.sent()
        self.assertRegex(first, r"\A\d{4}( \d{4}){5}\Z")
        for _ in range(2):
            self.assertEqual(receipt(self.post(pressed(page, "stap", "versturen"), 200)), first)
        self.assertEqual(len([one for one in self.arrived() if one == page.value("nummer")]), 1)

    def test_the_same_seed_for_another_number(self):
        page, first = self.sent()
        other = self.check_page(wat="Iets anders.")
        again = self.post(pressed(other, "stap", "versturen", zaad=page.value("zaad")), 409)
        self.assertNotIn(first, again.text)
        self.assertEqual(again.value("wat"), "Iets anders.")
        self.assertNotIn(other.value("nummer"), self.arrived())
        fresh = receipt(self.post(pressed(again, "stap", "versturen"), 200))
        self.assertNotIn(fresh, (None, first))
        self.assertIn(again.value("nummer"), self.arrived())

    def test_the_same_number_with_another_seed(self):
        page, first = self.sent()
        for changes in ({"zaad": seed()}, {"wat": "Iets anders."}, {"terugweg": "nee"}, {"zaad": seed(), "wat": "Nog iets."}):
            again = self.post(pressed(page, "stap", "versturen", **changes), 409)
            self.says_sent(again, first)
        self.assertEqual(self.opened(page.value("nummer"))["wat"], "Ik zag iets.")

    def says_sent(self, page, code):
        """That it was sent, and neither a word of it nor its code."""
        self.assertIn("Dit is al verstuurd", page.text)
        self.assertNotIn(code, page.text)
        self.assertEqual((page.fields, page.own, receipt(page)), ([], [], None))
        self.assertNotIn("Ik zag iets", page.text)

    def test_no_step_of_what_was_sent_shows_a_word(self):
        page, code = self.sent()
        for step in ("begin", "vragen", "controle"):
            self.says_sent(self.post(pressed(page, "stap", step), 200), code)
            # As the page of questions posted it, which has no seed yet.
            self.says_sent(self.post(pressed(page, "stap", step, zaad=None, herkomst=None), 200), code)
        for button in ("zonder-erbij", "zonder-weg"):
            self.says_sent(self.post(pressed(page, button, "rotterdam"), 200), code)
        self.assertEqual(receipt(self.post(pressed(page, "stap", "versturen"), 200)), code)

    def test_the_number_goes_with_the_questions_already(self):
        questions = self.post(report("vragen"), 200)
        check = self.post(pressed(questions, "stap", "controle"), 200)
        self.assertEqual(questions.value("nummer"), check.value("nummer"))
        code = receipt(self.post(pressed(check, "stap", "versturen"), 200))
        self.says_sent(self.post(pressed(questions, "stap", "controle"), 200), code)

    def test_the_number_of_a_report_of_somebody_else(self):
        page, first = self.sent()
        again = self.post(report("versturen", ("nummer", page.value("nummer")), ("zaad", seed()),
                                 ("lezers", "rotterdam:eerste"), ("haast", "nee")), 409)
        self.assertNotIn(first, again.text)

    def test_one_shot(self):
        page = self.check_page()
        for _ in range(2):
            done = self.post(pressed(page, "stap", "versturen", terugweg="nee"), 200)
            self.assertIsNone(receipt(done))
        self.assertIsNone(self.opened(page.value("nummer"))["postbus"])
        # Its seed serves nobody: asking for the way back afterwards shows none.
        self.assertIsNone(receipt(self.post(pressed(page, "stap", "versturen"), 409)))


class LeavingOut(Case):
    def test_a_desk_and_back(self):
        page = self.check_page(naam="Ik")
        without = self.post(pressed(page, "zonder-erbij", "rotterdam"), 200)
        self.assertEqual(without.value("lezers"), "landelijk:eerste")
        self.assertEqual(without.values("zonder"), ["rotterdam"])
        self.assertEqual((without.value("naam"), without.value("wat")), ("Ik", page.value("wat")))
        back = self.post(pressed(without, "zonder-weg", "rotterdam"), 200)
        self.assertEqual((back.value("lezers"), back.values("zonder")), ("rotterdam:eerste", []))

    def test_what_was_left_out_gets_nothing(self):
        self.nothing_arrives()
        page = self.post(pressed(self.check_page(), "zonder-erbij", "rotterdam"), 200)
        self.post(pressed(page, "stap", "versturen"), 200)
        self.assertIn(page.value("nummer"), self.arrived("landelijk"))

    def test_the_last_desk_cannot_be_left_out(self):
        page = self.check_page(**URGENT)
        for desk in ("landelijk", "nergens", "", "<b>", "LANDELIJK"):
            for more in (("zonder", desk), ("zonder-erbij", desk)):
                again = self.post(pressed(page, "stap", "controle") + [more], 200)
                self.assertEqual(again.values("zonder"), [], desk)
                self.assertEqual(again.value("lezers"), page.value("lezers"))
        self.assertNotIn(("zonder-erbij", "landelijk"), page.buttons)
        self.assertIn(("zonder-erbij", "rotterdam"), page.buttons)

    def test_every_desk_left_out(self):
        page = self.check_page(**TO_LABOUR)
        for desk in ("nla", "rotterdam"):
            page = self.post(pressed(page, "zonder-erbij", desk), 200)
        self.assertEqual(page.value("lezers"), "landelijk:eerste")
        self.assertEqual(set(page.values("zonder")), {"nla", "rotterdam"})

    def test_left_out_and_taken_back_at_once(self):
        page = self.check_page(("zonder-erbij", "rotterdam"), ("zonder-weg", "rotterdam"))
        self.assertEqual(page.values("zonder"), [])

    def test_left_out_behind_the_page(self):
        """`zonder` changed without the page that shows it: nothing is sent before that was seen."""
        self.nothing_arrives()
        page = self.check_page()
        again = self.post(pressed(page, "stap", "versturen") + [("zonder", "rotterdam")], 409)
        self.assertEqual(again.value("lezers"), "landelijk:eerste")


class AtOnce(Case):
    def together(self, forms):
        """All of them sent before any answer is read."""
        def one(fields):
            return self.checked(self.visitor.post(fields))
        with concurrent.futures.ThreadPoolExecutor(len(forms)) as pool:
            return list(pool.map(one, forms))

    def test_twenty_identical_sends(self):
        page = self.check_page()
        for zaad in (page.value("zaad"), seed()):  # derived ahead, and derived now
            before = self.arrived()
            fields = pressed(page, "stap", "versturen", zaad=zaad, nummer=str(uuid.uuid4()))
            answers = self.together([fields] * 20)
            self.assertEqual({answer.status for answer in answers}, {200})
            self.assertEqual(len({receipt(answer.page) for answer in answers} - {None}), 1)
            self.assertEqual(self.arrived() - before, {dict(fields)["nummer"]})

    def test_twenty_reports_with_one_seed(self):
        page, before = self.check_page(), self.arrived()
        forms = [pressed(page, "stap", "versturen", nummer=str(uuid.uuid4()), wat=f"Melding {n}") for n in range(20)]
        answers = self.together(forms)
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 19)
        self.assertEqual(len(self.arrived() - before), 1)
        for fields, answer in zip(forms, answers):
            if answer.status == 409:
                self.assertIsNone(receipt(answer.page))
                self.assertEqual(answer.page.value("wat"), dict(fields)["wat"])

    def test_twenty_reports_with_one_number(self):
        page, before = self.check_page(), self.arrived()
        answers = self.together([pressed(page, "stap", "versturen", zaad=seed()) for _ in range(20)])
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 19)
        self.assertEqual(len([answer for answer in answers if receipt(answer.page)]), 1)
        self.assertEqual(self.arrived() - before, {page.value("nummer")})

    def test_more_than_the_queue_of_receipts_holds(self):
        page, before = self.check_page(naam="Ik"), self.arrived()
        forms = [pressed(page, "stap", "versturen", nummer=str(uuid.uuid4()), zaad=seed()) for _ in range(400)]
        refused, taken = self.crowd(forms)
        self.assertTrue(refused and taken, "all or nothing was refused")
        for fields, again in refused:
            for name in ("wat", "naam", "nummer", "zaad", "lezers"):
                self.assertEqual(again.value(name), dict(fields)[name])
            self.assertIsNone(receipt(again))
        self.assertEqual(self.arrived() - before, taken)
        for _, again in refused[:5]:
            self.assertIsNotNone(receipt(self.post(pressed(again, "stap", "versturen"), 200)))
            self.assertIn(again.value("nummer"), self.arrived())

    def crowd(self, forms):
        """All posted before any answer is read: (form, page) of the refused, and the numbers of those taken."""
        refused, taken = [], set()
        for line, fields in zip(self.visitor.crowd(map(encoded, forms)), forms):
            self.addCleanup(line.close)
            response = HTTPResponse(line, method="POST")
            response.begin()
            answer = self.checked(Answer(response.status, response.headers, response.read()))
            self.assertIn(answer.status, (200, 503))
            if answer.status == 200:
                taken.add(dict(fields)["nummer"])
            else:
                self.assertRegex(answer.head("Retry-After"), r"\A[1-9]\d*\Z")
                refused.append((fields, answer.page))
        return refused, taken


if __name__ == "__main__":
    unittest.main()
