"""What a row comes to: figures, each with its value in every round, and a goal that its median is held against."""
import statistics
from dataclasses import dataclass


class Unmeasured(Exception):
    """The row could not be measured; the sentence says why."""


@dataclass
class Figure:
    name: str
    rounds: list
    goal: float = None
    least: bool = True  # the goal is a least value; else a most one
    unit: str = "×"
    remark: str = ""

    @property
    def median(self):
        return statistics.median(self.rounds)

    @property
    def met(self):
        if self.goal is None:
            return None
        return self.median >= self.goal if self.least else self.median <= self.goal

    def as_json(self):
        return {"name": self.name, "unit": self.unit, "median": self.median, "min": min(self.rounds),
                "max": max(self.rounds), "rounds": self.rounds, "goal": self.goal,
                "goalIs": "least" if self.least else "most", "met": self.met, "remark": self.remark}


@dataclass
class Row:
    name: str
    theme: str
    work: str
    measure: object = None  # None: the part of the product is not there yet
    asked: bool = False  # only measured when named


ROWS = []


def row(name, theme, work, asked=False):
    """Declares a row: its function takes the bench and returns its figures."""
    def declare(function):
        ROWS.append(Row(name, theme, work, function, asked))
        return function
    return declare


def absent(name, theme, work):
    ROWS.append(Row(name, theme, work))


def ratio(name, rounds, key, part, whole, goal=None, **more):
    """What one side saw of this, divided by what the other saw in the same round."""
    return Figure(name, [one[part][key] / one[whole][key] for one in rounds], goal, **more)


def seen(name, rounds, key, side, unit):
    """What one side saw, as it is: in thousandths, or millionths, where the unit says so."""
    scale = {"µs": 1e6, "ms": 1e3, "kB": 1e-3}.get(unit, 1)
    return Figure(name, [one[side][key] * scale for one in rounds], unit=unit)
