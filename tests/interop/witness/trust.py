"""Protocol §1 and §2: root → gids → lead → stand → epoch key or member, and every refusal on that way.

A fault of the gids refuses the whole directory; a fault below it leaves that one desk without
usable keys and is kept in `alarms`, so that no desk can silence another.
"""

import datetime
from dataclasses import dataclass, field

from . import jws
from .text import Refused, epoch_monday, epoch_of, hash_of, parse_day, unb64u, uuid_bytes

GIDS, STAND, KEY, MEMBER, MESSAGE, HEAD = (
    f"baken-{name}+jws" for name in ("gids", "stand", "sleutel", "lid", "bericht", "hoofd"))
GIDS_DAYS, STAND_DAYS, BOX_WEEKS = 92, 35, 26
ONE_DAY = datetime.timedelta(days=1)


@dataclass
class EpochKey:
    desk: str
    epoch: str
    public: bytes
    first: datetime.date
    last: datetime.date

    def open_on(self, day):
        """The window in which a server takes it."""
        return self.first - ONE_DAY <= day <= self.last


@dataclass
class Stand:
    payload: dict
    hash: str
    last: datetime.date


@dataclass
class Directory:
    gids: dict
    hash: str
    desks: dict
    stands: dict = field(default_factory=dict)
    keys: dict = field(default_factory=dict)
    alarms: list = field(default_factory=list)

    def leads(self, desk):
        if desk not in self.desks:
            raise Refused("a desk that is not in the gids")
        return [unb64u(key, 32) for key in self.desks[desk]["beheerders"]]

    def fallback(self, desk):
        return self.desks.get(desk, {}).get("achtervang")

    def usable_key(self, desk, day, standaard):
        """The key a writer seals to today, or None; only `standaard` outlives its dates."""
        keys = self.keys.get(desk, {})
        current = keys.get(epoch_of(day))
        stand = self.stands.get(desk)
        if stand and current and day <= stand.last and current.first <= day <= current.last:
            return current
        if stand and desk == standaard:
            begun = [key for key in keys.values() if key.first - ONE_DAY <= day]
            return max(begun, key=lambda key: key.first, default=None)
        return None

    def usable(self, day, standaard):
        found = {desk: self.usable_key(desk, day, standaard) for desk in self.desks}
        return {desk: key for desk, key in found.items() if key}


class Memory:
    """What a client has seen, so that nothing can be rolled back under it."""

    def __init__(self):
        self.seen = {}

    def advance(self, name, token, payload, fetch):
        """Refuses a step back, a fork or a chain that does not fit; fetches skipped versions."""
        version, digest = payload["versie"], hash_of(token)
        known, known_hash = self.seen.get(name, (0, None))
        if version < known:
            raise Refused(f"{name}: version {version} after {known}")
        if version == known:
            if digest != known_hash:
                raise Refused(f"{name}: version {version} exists twice")
            return
        if known:
            expected, step = payload["vorige"], version - 1
            while step > known:
                skipped = fetch(step)
                if hash_of(skipped) != expected or jws.peek(skipped).get("versie") != step:
                    raise Refused(f"{name}: version {step} does not fit the chain")
                expected, step = jws.peek(skipped).get("vorige"), step - 1
            if expected != known_hash:
                raise Refused(f"{name}: does not follow what was seen")
        self.seen[name] = (version, digest)


def _version(payload):
    version = payload.get("versie")
    if type(version) is not int or version < 1:
        raise Refused("versie")
    if version == 1:
        if payload.get("vorige") != "":
            raise Refused("the first version has no forerunner")
    else:
        unb64u(payload.get("vorige"), 32)


def _dates(payload, most):
    first, last = parse_day(payload.get("datum")), parse_day(payload.get("tot"))
    if not 0 <= (last - first).days <= most:
        raise Refused("tot too far from datum")
    return last


def read_gids(token, roots, day):
    payload = jws.verify(token, GIDS, roots)
    _version(payload)
    if day > _dates(payload, GIDS_DAYS):
        raise Refused("the directory has run out")
    unb64u(payload.get("logboek"), 32)
    unb64u(payload.get("routering"), 32)
    desks = {}
    for desk in payload["loketten"]:
        if desk["id"] in desks:
            raise Refused("a desk stands twice in the gids")
        desks[desk["id"]] = desk
        for key in desk["beheerders"]:
            unb64u(key, 32)
    for desk in desks.values():
        if desk["achtervang"] is not None and desk["achtervang"] not in desks:
            raise Refused("a fallback that is no desk")
    return Directory(payload, hash_of(token), desks)


def read_stand(token, directory):
    desk = jws.peek(token).get("loket")
    payload = jws.verify(token, STAND, directory.leads(desk))
    _version(payload)
    return desk, Stand(payload, hash_of(token), _dates(payload, STAND_DAYS))


def read_key(token, directory):
    """An epoch key signed by a lead of its desk; whether a stand lists it is another question."""
    payload = jws.verify(token, KEY, directory.leads(jws.peek(token).get("loket")))
    monday = epoch_monday(payload.get("epoch"))
    first, last = parse_day(payload.get("van")), parse_day(payload.get("tot"))
    if first != monday or last != monday + 7 * ONE_DAY:
        raise Refused("an epoch key whose dates are not its week")
    return EpochKey(payload["loket"], payload["epoch"], unb64u(payload.get("publicKey"), 32), first, last)


def read_member(token, directory, day):
    """A member in force: signed by a lead, listed in the newest stand, within its dates."""
    payload = jws.verify(token, MEMBER, directory.leads(jws.peek(token).get("loket")))
    stand = directory.stands.get(payload["loket"])
    if not stand or day > stand.last or hash_of(token) not in stand.payload["leden"]:
        raise Refused("a member no stand in force lists")
    first, last = parse_day(payload.get("van")), parse_day(payload.get("tot"))
    if not first <= day <= last or last - first > BOX_WEEKS * 7 * ONE_DAY:
        raise Refused("a membership out of its dates")
    uuid_bytes(payload.get("lid"))
    unb64u(payload.get("signKey"), 32)
    unb64u(payload.get("boxKey"), 32)
    if payload.get("rol") not in ("medewerker", "beheerder", "regisseur"):
        raise Refused("unknown rol")
    return payload


def _add_keys(directory, tokens):
    listed, spoiled = {}, set()
    for token in dict.fromkeys(tokens):
        try:
            key = read_key(token, directory)
            stand = directory.stands.get(key.desk)
            if not stand or hash_of(token) not in stand.payload["sleutels"]:
                raise Refused(f"{key.desk} {key.epoch}: a key no stand lists")
            if (key.desk, key.epoch) in listed:
                spoiled.add((key.desk, key.epoch))
                raise Refused(f"{key.desk} {key.epoch}: two keys in one stand, neither is used")
            listed[key.desk, key.epoch] = key
        except Refused as fault:
            directory.alarms.append(str(fault))
    for (desk, epoch), key in listed.items():
        if (desk, epoch) not in spoiled:
            directory.keys.setdefault(desk, {})[epoch] = key


def read_directory(document, roots, day, memory, fetch_gids, fetch_stand):
    """What GET /v1/sleutelgids answered, believed only as far as the root's word reaches."""
    directory = read_gids(document["gids"], roots, day)
    memory.advance("gids", document["gids"], directory.gids, fetch_gids)
    refused = set()
    for token in document["standen"]:
        try:
            desk, stand = read_stand(token, directory)
            if desk in directory.stands:
                refused.add(desk)
                raise Refused(f"{desk}: two standen at once")
            memory.advance(f"stand {desk}", token, stand.payload, lambda version: fetch_stand(desk, version))
            directory.stands[desk] = stand
        except Refused as fault:
            directory.alarms.append(str(fault))
    for desk in refused:
        del directory.stands[desk]
    _add_keys(directory, document["sleutels"])
    return directory
