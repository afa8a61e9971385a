#!/usr/bin/python3
"""kill -9 between an order to destroy a report and its confirmation: an order that was acknowledged stands and is
confirmed afterwards, one that was not is there whole or not at all, and no report is half destroyed.
orders.py BIN SCHEMA
"""
import http.client
import random
import sys
import tempfile
import threading
import time

from installation import Installation
from people import working

BIN, SCHEMA = sys.argv[1:3]
GONE = (OSError, http.client.HTTPException)  # the connection ended without an answer
ROUNDS, AT_ONCE = 4, 12  # a member orders fifty a day at most


def sent(act, reports, answers):
    for report in reports:
        try:
            answers[report.id] = act(report).status
        except GONE:
            return


def killed_while(server, act, reports, chance):
    """What was answered to each of these acts, of which some were under way when the server was killed."""
    answers, begun = {}, time.monotonic()
    threads = [threading.Thread(target=sent, args=(act, reports[n::3], answers)) for n in range(3)]
    for thread in threads:
        thread.start()
    while len(answers) < chance.randrange(1, AT_ONCE) and time.monotonic() < begun + 20:
        time.sleep(0.002)
    server.kill()
    for thread in threads:
        thread.join()
    return answers


def main():
    chance = random.Random(20261130)
    with tempfile.TemporaryDirectory() as home:
        server = Installation(BIN, SCHEMA, home)
        server.start()
        desk = working()
        for number in range(ROUNDS):
            reports = [desk.posted() for _ in range(AT_ONCE)]
            for report in reports:
                desk.open(report, "officer", "second")
            answers = killed_while(server, lambda report: desk.delete(report, tag='"1"'), reports, chance)
            server.start()
            ordered = []
            for report in reports:
                item = desk.fetch(report, "lead").json()
                there = item["status"] == "wordt-vernietigd"
                assert there == (item["vernietiging"] is not None) == (item["body"] is None), item
                assert item["revisie"] == (2 if there else 1), item
                assert there or answers.get(report.id) != 202, f"an order that was acknowledged is gone: {report.id}"
                ordered += [report] if there else []
            answers = killed_while(server, lambda report: desk.delete(report, "second", tag='"2"'), ordered, chance)
            server.start()
            for report in ordered:
                answer = desk.fetch(report, "lead")
                assert answer.status in (200, 404), answer
                if answers.get(report.id) == 200:
                    assert answer.status == 404, "a destruction that was acknowledged did not last"
                if answer.status == 200:
                    desk.assert_status(200, desk.delete(report, "second", tag='"2"'))
            print(f"round {number}: {len(ordered)} orders stood, {len(answers)} of them were answered to")
        server.stop()
        server.is_whole()


if __name__ == "__main__":
    main()
