"""Pages and lookups against nginx serving the same bytes with the same fields."""
from figures import ratio, row, seen
from place import form_of

GOAL_REQUESTS, GOAL_CPU = 1.1, 1.2
LANGUAGE = "/nl"


def against_nginx(bench, ours, body, headers, goals, expect=200):
    """ours: the request. What nginx serves is the body of its answer, whichever way ours makes it."""
    site = bench.site().ready()
    with bench.nginx(site, body, headers) as peer:
        theirs = f"GET /answer HTTP/1.1\r\nHost: localhost:{peer.port}\r\n\r\n".encode("ascii")
        ours, theirs = bench.file(ours), bench.file(theirs)
        rounds = bench.alternate(ours=lambda: bench.load("closed", site, ours, expect=expect),
                                 nginx=lambda: bench.load("closed", peer, theirs))
    bound = max(min(one["ours"]["bound"], one["nginx"]["bound"]) for one in rounds)
    remark = f"the generator was the limit ({bound:.0%} of a core): compare CPU" if bound > 0.9 else ""
    requests, cpu = goals
    return [ratio("requests, nginx = 1", rounds, "rate", "ours", "nginx", requests, remark=remark),
            ratio("requests for the same CPU, nginx = 1", rounds, "cpu", "nginx", "ours", cpu),
            seen("requests", rounds, "rate", "ours", "/s"), seen("server CPU a request", rounds, "cpu", "ours", "µs")]


def get(bench, path, goals, **headers):
    site = bench.site().ready()
    body, fields = site.ask("GET", path, headers=headers)
    return against_nginx(bench, site.request("GET", path, headers=headers.items()), body, fields, goals)


@row("page", "pages", "the start page as browsers get it (Brotli, 1 kB), keep-alive, 64 connections")
def page(bench):
    return get(bench, LANGUAGE, (GOAL_REQUESTS, GOAL_CPU), **{"Accept-Encoding": "gzip, deflate, br"})


@row("document", "pages", "17 kB made once (the routing table), keep-alive, 64 connections")
def document(bench):
    return get(bench, "/v1/routering", (GOAL_REQUESTS, GOAL_CPU))


@row("style", "pages", "the style sheet, not compressed, 53 kB, keep-alive, 64 connections")
def style(bench):
    start, _ = bench.site().ready().ask("GET", LANGUAGE)
    return get(bench, start.decode().split('rel="stylesheet" href="')[1].split('"')[0], (GOAL_REQUESTS, GOAL_CPU))


@row("page-form", "pages", "the form's second page, rendered for each post, 32 kB; nginx has it as a file")
def page_form(bench):
    site = bench.site().ready()
    posted = form_of([("stap", "vragen"), ("rol", "burger"), ("minderjarig", "nee")])
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body, fields = site.ask("POST", f"{LANGUAGE}/melden", posted, headers)
    return against_nginx(bench, site.request("POST", f"{LANGUAGE}/melden", posted, headers.items()), body, fields,
                         (None, None))


@row("municipalities", "guide", "municipalities by the beginning of a name, computed; nginx has the answer as a file")
def municipalities(bench):
    return get(bench, "/v1/gemeenten?zoek=rotterdam", (0.8, None))


@row("wegwijzer", "guide", "where do I report, computed for a nurse; nginx has the answer as a file")
def where_to_report(bench):
    return get(bench, "/v1/wegwijzer?gemeente=GM0599&rol=zorg&vorm=arbeid&minderjarig=nee&acuut=nee", (0.8, None))


@row("municipalities-many", "guide", "the same for one letter: the most that a search answers")
def municipalities_many(bench):
    return get(bench, "/v1/gemeenten?zoek=a", (0.8, None))
