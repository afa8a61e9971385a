#!/usr/bin/python3
"""A lead's key that hands in thousands of documents: so many wait for a stand and no more, the same again is free, what is
listed waits no longer; and whoever visits meanwhile is answered. Run by tests/with_server.py.
"""
import os
import pathlib
import sys
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "interop"), str(HERE)]

from pages_visitor import Visitor  # noqa: E402
from witness.text import hash_of  # noqa: E402
from world import Case, Member  # noqa: E402

MOST, HANDED_IN = 200, 400


class HandedIn(Case):
    def hand_in(self, member):
        return self.server.signed(self.desk.lead, "POST", self.desk.path("leden"), {"lid": member.token, "wraps": []})

    def test_four_hundred_memberships(self):
        visitor, done, pages = Visitor(os.environ["BAKEN_URL"], os.environ["BAKEN_CA"]), threading.Event(), []

        def visit():
            line = visitor.connect()
            while not done.is_set():
                pages.append([visitor.send("GET", path, line=line).status
                              for path in ("/nl", "/nl/melden", "/v1/sleutelgids")])
            line.close()

        visiting = threading.Thread(target=visit)
        visiting.start()
        members = [Member(self.desk.id, self.desk.leads[0], "medewerker") for _ in range(HANDED_IN)]
        answers = [self.hand_in(member) for member in members]
        done.set()
        visiting.join()
        self.assertTrue(pages)
        self.assertEqual({status for page in pages for status in page}, {200})
        taken = [answer.status for answer in answers].index(429)
        self.assertLessEqual(taken, MOST)
        self.assertEqual({answer.status for answer in answers[:taken]}, {201})
        self.assertEqual({answer.status for answer in answers[taken:]}, {429})
        for answer in answers[taken:]:
            self.assertTrue(0 < int(answer.head("Retry-After")) <= 86400)
        # The refusals stand in the trail, and nothing of what was refused is handed out.
        self.assertEqual(answers[-1].trail()[0] - answers[taken - 1].trail()[0], HANDED_IN - taken)
        known = set(self.desk.get("lead", "leden").json()["leden"])
        self.assertTrue({member.token for member in members[:taken]} <= known)
        self.assertFalse({member.token for member in members[taken:]} & known)
        self.assertEqual(self.hand_in(members[0]).status, 200)
        self.assertEqual(self.hand_in(members[-1]).status, 429)
        # Whatever waits signs nothing; and a stand makes room for as many as it lists.
        self.assert_status(401, self.server.signed(members[0].actor, "GET", self.desk.path("meldingen")))
        self.desk.members.update({str(number): members[number] for number in range(3)})
        self.desk.publish()
        self.assert_status(200, self.server.signed(members[0].actor, "GET", self.desk.path("meldingen")))
        again = [self.hand_in(member).status for member in members[taken:taken + 4]]
        self.assertEqual(again, [201, 201, 201, 429])
        self.assertIn(hash_of(members[0].token), self.world.directory().stands[self.desk.id].payload["leden"])


if __name__ == "__main__":
    unittest.main()
