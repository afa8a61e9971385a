#!/usr/bin/python3
"""Every address with every method, spelled in every way, and with headers that browsers and others send: what is answered,
in which language, how long and how packed. Run by tests/with_server.py.
"""
import gzip
import json
import unittest


from pages_visitor import FORM, FOUND, POLICY, STEP, Case, padded, report

STATIC = ("/nl", "/en", "/nl/melden", "/en/melden")
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "FOO")


class Addresses(Case):
    def test_the_root_leads_to_a_language(self):
        for accepted, path in (("en-GB,en;q=0.9", "/en"), ("nl", "/nl"), ("de,fr;q=0.5", "/en"), ("pl", "/en"), ("ar", "/en"), ("vi", "/en"), ("", "/nl"),
                               ("en;q=0.1,nl;q=0.2", "/nl"), ("en;q=0", "/nl"), ("*", "/nl"), (",;q=,=", "/nl"),
                               ("EN", "/en"), ("de,en;q=0.3", "/en")):
            answer = self.get("/", Accept_Language=accepted)
            self.assertEqual((answer.status, answer.head("Location")), (303, path), accepted)
            self.assertEqual(answer.head("Vary"), "Accept-Language")

    def test_the_pages(self):
        for path in STATIC:
            answer = self.get(path)
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.head("Content-Language"), path[1:3])
            (html,) = [given for name, given in answer.page.elements if name == "html"]
            self.assertEqual((html["lang"], html["dir"]), (path[1:3], "ltr"))
            self.assertFalse([name for name, _ in answer.page.elements if name in ("script", "style", "iframe", "object")])

    def test_a_script_may_run_only_where_advice_is_asked(self):
        for path in ("/nl/wegwijzer", "/en/hulp"):
            answer = self.visitor.get(path)
            self.assertEqual(answer.head("Content-Security-Policy"), POLICY + "; script-src 'self'; connect-src 'self'")
            (script,) = [given for name, given in answer.page.elements if name == "script"]
            code = self.checked(self.visitor.get(script["src"]), asset=True)
            self.assertEqual(code.head("Content-Type"), "text/javascript; charset=utf-8")
        for path in (*STATIC, "/nl/signalen", "/nl/aangifte", "/nl/oefenen", "/nl/api", "/nl/nergens"):
            found = FOUND if path in ("/nl", "/en", "/nl/signalen") else ""
            self.assertEqual(self.get(path).head("Content-Security-Policy"), POLICY + found)

    def test_robots_may_read_what_they_may_list(self):
        answer = self.checked(self.visitor.get("/robots.txt"), asset=True)
        self.assertEqual((answer.status, answer.body), (200, b"User-agent: *\nDisallow: /v1/\n"))
        self.assertEqual(answer.head("Content-Type"), "text/plain; charset=utf-8")
        for path, listed in (("/nl", True), ("/nl/wegwijzer", True), ("/nl/signalen", True), ("/nl/hulp", True),
                             ("/nl/melden", False), ("/nl/privacy", False), ("/nl/nergens", False)):
            answer = self.visitor.get(path)
            self.assertEqual(b'<meta name="robots" content="noindex">' not in answer.body, listed, path)
            self.assertEqual(b'<meta name="description" content="' in answer.body, listed, path)

    def test_who_is_behind_it(self):
        for path in ("/nl/privacy", "/en/toegankelijkheid"):
            page = self.get(path)
            self.assertEqual(page.status, 200)
            self.assertIn("demonstrati", page.page.text)
        for path in STATIC:
            links = {given.get("href") for name, given in self.get(path).page.elements if name == "a"}
            self.assertLessEqual({f"{path[:3]}/privacy", f"{path[:3]}/toegankelijkheid"}, links)

    def test_the_names_of_places_are_one_list_whatever_is_asked(self):
        plain = self.checked(self.visitor.get("/plaatsen.json"), asset=True)
        self.assertEqual((plain.status, plain.head("Content-Type")), (200, "application/json"))
        names = json.loads(plain.body)
        self.assertIn("S\u00fadwest-Frysl\u00e2n", names)
        self.assertEqual(len(set(names)), len(names))
        self.assertEqual(self.visitor.get("/plaatsen.json?zoek=bor", Accept_Language="en").body, plain.body)
        packed = self.visitor.get("/plaatsen.json", Accept_Encoding="br")
        self.assertLess(len(packed.body), 40_000)
        again = self.visitor.get("/plaatsen.json", If_None_Match=plain.head("ETag"))
        self.assertEqual((again.status, again.body), (304, b""))

    def test_one_slash_too_many(self):
        for path in (*STATIC, "/"):
            for query in ("", "?x=y"):
                answer = self.get(path + "/" + query)
                self.assertEqual((answer.status, answer.head("Location")), (303, path))

    def test_what_is_not_here(self):
        for path in ("/de", "/de/melden", "/NL", "/nl/Melden", "/nl/melden//", "/nl//melden", "//nl", "//example.org/",
                     "//example.org", "/nl%2Fmelden", "/nl/melde%6E", "/%6El", "/nl/melden%00", "/nl/melden%2F", "/nl/..",
                     "/nl/../en", "/nl/./melden", "/nl;x", "/nl/melden;x=y", "/nl/melden.html", "/favicon.ico",
                     "/security.txt", "/.well-known/security.txt", "/.well-known/", "/robots.txt/x", "/vast/", "/vast", "/vast/x.css", "/vast/../nl", "/.git/config", "/v1x"):
            with self.subTest(path):
                answer = self.get(path, Accept_Language="en")
                self.assertEqual(answer.status, 404)
                self.assertEqual(answer.head("Content-Type"), "text/html; charset=utf-8")
                self.assertEqual(answer.head("Content-Language"), "nl" if path.startswith("/nl/") else "en")

    def test_other_methods(self):
        for path in (*STATIC, "/", self.assets()[0]):
            posts = path.endswith("/melden")
            for method in METHODS + (() if posts else ("POST",)):
                with self.subTest((method, path)):
                    answer = self.checked(self.visitor.send(method, path))
                    self.assertEqual(answer.status, 405)
                    allowed = {one.strip() for one in answer.head("Allow").split(",")}
                    self.assertEqual(allowed, {"GET", "HEAD", "OPTIONS"} | ({"POST"} if posts else set()))

    def test_options(self):
        for path in (*STATIC, "/"):
            answer = self.checked(self.visitor.send("OPTIONS", path))
            self.assertEqual((answer.status, answer.body), (204, b""))
            self.assertIn("GET", answer.head("Allow"))

    def test_head_is_get_without_a_body(self):
        for path in (*STATIC, "/", "/nergens"):
            got, head = self.get(path), self.checked(self.visitor.send("HEAD", path))
            self.assertEqual(head.body, b"")
            self.assertEqual((head.status, sorted(head.headers.items())), (got.status, sorted(got.headers.items())))

    def test_a_body_where_none_belongs(self):
        for method, path in (("GET", "/nl/melden"), ("HEAD", "/nl"), ("POST", "/nl"), ("DELETE", "/nl/melden")):
            answer = self.visitor.send(method, path, b"wat=x", {"Content-Type": FORM})
            self.assertIn(answer.status, (405, 413))
            self.assertEqual(answer.head("Connection"), "close")

    def test_a_query_is_ignored(self):
        for path in STATIC:
            self.assertEqual(self.get(path + "?stap=versturen&wat=uniek&taal=en").body, self.get(path).body)
        page = self.post(report("vragen", wat=None), 200, "/nl/melden?wat=uniek&stap=begin")
        self.assertEqual(page.value("wat"), "")
        self.assertNotIn("uniek", page.text)

    def test_an_endless_accept_language(self):
        self.assertEqual(self.get("/", Accept_Language="en," * 2_500).head("Location"), "/en")
        self.assertEqual(self.get("/", Accept_Language="x" * 8_000).head("Location"), "/nl")
        self.assertEqual(self.visitor.get("/", Accept_Language="x" * 17_000).status, 431)

    # How it is packed.

    def assets(self):
        page = self.get("/nl").page
        return [given["href"] for name, given in page.elements if name == "link"]

    def test_static_pages_are_packed_on_request(self):
        for path in (*STATIC, self.assets()[-1]):
            plain = self.visitor.get(path, Accept_Encoding="identity")
            self.assertNotIn("Content-Encoding", plain.headers)
            packed = self.visitor.get(path, Accept_Encoding="gzip, deflate")
            self.assertEqual(packed.head("Content-Encoding"), "gzip")
            self.assertEqual(gzip.decompress(packed.body), plain.body)
            best = self.visitor.get(path, Accept_Encoding="gzip, deflate, br, zstd")
            self.assertEqual(best.head("Content-Encoding"), "br")
            self.assertLess(len(best.body), len(packed.body))
            for answer in (plain, packed, best):
                self.assertEqual(answer.head("Vary"), "Accept-Encoding")

    def test_odd_wishes_for_packing(self):
        for wish, coding in (("br;q=0", ""), ("br;q=0, gzip;q=1", "gzip"), ("gzip;q=0.000", ""), ("gzip;q=0.001", "gzip"),
                             ("identity", ""), ("identity;q=0", ""), ("*", ""), ("", ""), (",,", ""), ("x-br", ""),
                             ("gzip;q=0,br;q=0", ""), ("br ; q=0", ""), ("br;q=1.0", "br"),
                             ("gzip ;q=0.5", "gzip"), ("a," * 3000 + "br", "br"), ("brx,gz", "")):
            with self.subTest(wish[:40]):
                answer = self.visitor.get("/nl", Accept_Encoding=wish)
                self.assertEqual((answer.status, answer.head("Content-Encoding")), (200, coding))

    def test_dynamic_pages_are_never_packed(self):
        for fields, status in ((report("vragen"), 200), (report("controle"), 200), (report("controle", wat=None), 400)):
            answer = self.visitor.send("POST", "/nl/melden", "&".join("=".join(one) for one in fields).replace(" ", "+"),
                                       {"Content-Type": FORM, "Accept-Encoding": "gzip, br"})
            self.assertEqual(answer.status, status)
            self.assertNotIn("Content-Encoding", answer.headers)
            self.assertTrue(padded(answer))

    def test_what_refuses_a_stranger_is_made_beforehand(self):
        """It says nothing but its status: as long for everybody as it is, and packed as it is wished."""
        for method, path, status in (("GET", "/nergens", 404), ("GET", "/nl/x", 404), ("DELETE", "/nl", 405)):
            plain, packed, best = (self.checked(self.visitor.send(method, path, headers={
                "Accept-Encoding": wish, "Accept-Language": "nl"})) for wish in ("identity", "gzip", "br"))
            self.assertEqual([one.status for one in (plain, packed, best)], [status] * 3)
            self.assertEqual([one.head("Content-Encoding") for one in (plain, packed, best)], ["", "gzip", "br"])
            self.assertEqual(gzip.decompress(packed.body), plain.body)
            self.assertLess(len(best.body), len(packed.body))
            self.assertLess(len(packed.body), 8 * 1024)
            for one in (plain, packed, best):
                self.assertIn("Accept-Encoding", one.head("Vary"))
                self.assertNotIn(path.strip("/").encode() + b"<", one.body)
        lengths = {len(self.visitor.get(path, Accept_Language="nl").body) for path in ("/x", "/" + "y" * 900, "/vast/z")}
        self.assertEqual(len(lengths), 1)

    def test_pages_of_one_kind_have_one_length(self):
        """A short report and one of 4000 characters; with a way back and without."""
        lengths = {len(self.visitor.post(report("vragen", wat="x" * size)).body) for size in (1, 100, 4000)}
        self.assertEqual(lengths, {3 * STEP})

    def test_assets(self):
        for path in self.assets():
            answer = self.checked(self.visitor.get(path), asset=True)
            self.assertEqual(answer.status, 200)
            tag = answer.head("ETag")
            self.assertIn("max-age=31536000, immutable", answer.head("Cache-Control"))
            for known in (tag, "*", tag.removeprefix("W/"), f'"x", {tag}'):
                with self.subTest((path, known)):
                    again = self.checked(self.visitor.get(path, If_None_Match=known), asset=True)
                    self.assertEqual((again.status, again.body, again.head("ETag")), (304, b"", tag))
            for other in ('"x"', tag.strip('"'), "", "W/", tag[:-2] + '"'):
                self.assertEqual(self.visitor.get(path, If_None_Match=other).status, 200)
            self.assertEqual(self.visitor.get(path + "?x=y").status, 200)
            self.assertEqual(self.visitor.get(path + "/").status, 303)

    def test_nothing_points_elsewhere(self):
        for path in STATIC:
            for _, given in self.get(path).page.elements:
                for name in ("src", "action", "formaction"):
                    self.assertTrue(given.get(name, "/").startswith("/"), given)
            links = {given["href"] for name, given in self.get(path).page.elements if name in ("a", "link")}
            self.assertEqual({one for one in links if one.startswith("http")}, {"https://www.buienradar.nl/"})


if __name__ == "__main__":
    unittest.main()
