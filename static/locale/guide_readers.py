"""Who reads a text of the guide, and what stands beside it: for the notes that translators see, and for what a language
may do without. A text that only professionals and desks read may stand in English; a victim or a citizen reads every
other one.
"""

PUBLIC = {"slachtoffer", "burger"}  # roles of schema/codes.json
PROFESSIONAL = {"beroepen", "taken", "oefenen"}  # files


def entries(inside, name):
    """The tables [[name]]; none where the file has something else there, which is for `guide-check` to say."""
    found = inside.get(name, [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def codes(entry, key):
    """The list of texts below a key, or nothing."""
    found = entry.get(key, [])
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


class Readers:
    def __init__(self, files):
        self.names = {one.get("id"): one.get("naam") for one in entries(files.get("organisaties", {}), "organisatie")}
        table = files.get("wegwijzer", {})
        self.roles = {}  # by step: the roles that may get it; None for all
        for rule in entries(table, "regel"):
            condition = rule.get("als", {})
            roles = codes(condition, "rol") if isinstance(condition, dict) else []
            for step in codes(rule, "stappen"):
                self.roles.setdefault(step, set()).update(roles or [None])
        self.law = set()  # the sentences that the public gets
        for step in entries(table, "stap"):
            if self._public(self.roles.get(step.get("id"), {None})):
                self.law.update(codes(step, "recht"))
        for one in entries(files.get("beroepen", {}), "beroep"):
            if one.get("rol") in PUBLIC:
                self.law.update(codes(one, "recht"))

    @staticmethod
    def _public(roles):
        return None in roles or bool(roles & PUBLIC)

    def wanted(self, file, entry):
        if file == "wegwijzer":
            return self._public(self.roles.get(entry.get("id"), {None}))
        if file == "recht":
            return entry.get("id") in self.law or "papieren-bij" in entry  # these stand beside a desk's kind
        return file not in PROFESSIONAL

    def note(self, file, entry):
        """What a translator does not see: who gets it, and the name that stands beside it."""
        said = []
        if file == "wegwijzer":
            roles = self.roles.get(entry.get("id"), {None})
            said.append("Anybody gets it." if None in roles else f"Gets it: {', '.join(sorted(roles))}.")
        if who := self.names.get(entry.get("organisatie")):
            said.append(f"Beside it: the name {who} and its number.")
        if file == "organisaties" and entry.get("naam"):
            said.append(f"About {entry['naam']}.")
        return " ".join(said)
