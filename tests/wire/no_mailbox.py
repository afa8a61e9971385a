#!/usr/bin/python3
"""Where answers cannot be read yet (`mailbox = false`), nobody is given a code, asked for one or left to wait for an
answer. Run by tests/with_server.py.
"""
import re
import unittest

from pages_sending import receipt, seed
from pages_visitor import Case, pressed, report

CODE = re.compile(r"\bcodes?\b|\bpostbus\b|terugweg", re.I)


class NoMailbox(Case):
    def ways(self):
        """Each page of the form, of who leaves nothing to be reached by."""
        questions = self.post(report("vragen"), 200)
        check = self.post(pressed(questions, "stap", "controle"), 200)
        return questions, check, self.post(pressed(check, "stap", "versturen"), 200)

    def test_no_page_speaks_of_a_code(self):
        for page in self.ways():
            self.assertIsNone(CODE.search(page.text), page.title)
            self.assertEqual([page.value(name) for name in ("herkomst", "terugweg")], [None] * 2)
            self.assertIsNone(receipt(page))

    def test_the_desk_gets_it_without_a_mailbox(self):
        page = self.ways()[1]
        self.post(pressed(page, "stap", "versturen"), 200)
        self.assertIsNone(self.opened(page.value("nummer"))["postbus"])

    def test_an_answer_is_announced_only_to_who_can_get_it(self):
        answer = re.compile(r"Er komt antwoord")
        self.assertIsNone(answer.search(self.check_page().text))
        self.assertIsNotNone(answer.search(self.check_page(telefoon="0612345678").text))

    def test_a_page_of_the_other_setting_changes_nothing(self):
        page = self.check_page()
        done = self.post(pressed(page, "stap", "versturen", terugweg="ja", zaad=seed()), 200)
        self.assertIsNone(receipt(done))
        self.assertIsNone(self.opened(page.value("nummer"))["postbus"])

    def test_other_pages_do_not_either(self):
        for path in ("/nl", "/nl/hulp", "/nl/wegwijzer"):
            text = self.visitor.get(path).page.text
            self.assertIsNone(re.search(r"\bcode\b|\bpostbus\b", text), path)


if __name__ == "__main__":
    unittest.main()
