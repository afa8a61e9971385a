"""Protocol §9: the routing table, as a total function from a report to its recipients."""

from .text import Refused, hash_of, parse_json

EERSTE, MEDE, ACHTERVANG = "eerste", "mede", "achtervang"
PUBLIC_ROLES = ("burger", "slachtoffer")


def read_table(raw, directory):
    if hash_of(raw) != directory.gids["routering"]:
        raise Refused("the routing table is not the one the directory names")
    return parse_json(raw)


def three_valued(role):
    """Eight kinds of professional are one to the table."""
    return role if role in PUBLIC_ROLES else "professional"


def _same(value, accepted):
    """Booleans are booleans: True is not 1."""
    return any(type(value) is type(one) and value == one for one in accepted)


def _holds(condition, accepted, facts):
    if not isinstance(accepted, list):
        return False
    forms = facts["vormen"]
    if condition == "vorm":
        return any(_same(form, accepted) for form in forms)
    if condition == "alleenVorm":
        return len(forms) == 1 and _same(forms[0], accepted)
    if condition in ("rol", "minderjarig", "politie", "spoed", "gemeente", "plek"):
        return facts[condition] is not None and _same(facts[condition], accepted)
    return False


def _facts(table, report):
    municipality = report.get("gemeente")
    return {"vormen": list(dict.fromkeys(report.get("vormen") or [])), "rol": three_valued(report.get("rol")),
            "minderjarig": report.get("minderjarig"), "politie": report.get("politie"),
            "spoed": bool(report.get("spoed")), "plek": report.get("plek"),
            "gemeente": municipality if municipality in table["gemeenten"] else None}


def _named(name, table, municipality):
    if name not in ("@regio", "@zorg"):
        return name
    if municipality is None:
        return table["standaard"]
    place = table["gemeenten"][municipality]
    if name == "@zorg":
        return place.get("zorg") or "zorg"
    return place.get("regio") or table["standaard"]


def decide(table, report, excluded, usable, gids):
    """`(recipients, urgent)`: recipients as (desk, role), in order, never empty.

    excluded: desks the reporter does not want; usable: desks with a key to seal to;
    gids: the payload of the directory.
    """
    desks = {desk["id"]: desk for desk in gids["loketten"]}
    standaard = table["standaard"]
    facts = _facts(table, report)
    chosen, without = None, set()
    for rule in table["regels"]:
        if all(_holds(name, accepted, facts) for name, accepted in rule.get("als", {}).items()):
            if rule.get("spoed") is True:
                facts["spoed"] = True
            without.update(rule.get("zonder", []))
            if chosen is None and "eerste" in rule:
                chosen = rule
    chosen = chosen or {"eerste": "@regio"}

    def allowed(desk):
        if desk == standaard:
            return True
        barred = "opsporing" in without and desks.get(desk, {}).get("opsporing") is True
        return desk in usable and desk not in excluded and desk not in without and not barred

    def settled(desk):
        if allowed(desk):
            return desk
        fallback = desks.get(desk, {}).get("achtervang")
        return fallback if fallback is not None and allowed(fallback) else standaard

    recipients = {}
    for name in [chosen["eerste"], *chosen.get("mede", [])]:
        desk = settled(_named(name, table, facts["gemeente"]))
        recipients.setdefault(desk, MEDE if recipients else EERSTE)
    if facts["spoed"]:
        fallback = desks.get(next(iter(recipients)), {}).get("achtervang")
        if fallback is not None and allowed(fallback) and fallback in usable:
            recipients.setdefault(fallback, ACHTERVANG)
    return list(recipients.items()), facts["spoed"]
