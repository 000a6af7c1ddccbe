"""Who an appeal is sent to, and within what time it is to be settled. A proposal, not a rule."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from geodata.demo.calendar import DAY, END_OF_DUTY, calendar
from geodata.demo.plane import Floats, Ints
from geodata.demo.sheets import column, sheet

TOWN = "街镇"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Departments by category; the last names are those of the offices of the streets.

    ``likely`` (categories, choices) is cumulative, ``who`` the place in ``names`` of each choice,
    -1 where the office of the street is meant.
    """

    names: list[str]
    likely: Floats
    who: Ints
    hotline: int
    first_town: int

    def send(self, category: Ints, street: Ints, luck: Floats) -> Ints:
        """Choose a department for each appeal; ``street`` is -1 where the place is unknown."""
        choice = (self.likely[category] < luck[:, None]).sum(axis=1)
        who = self.who[category, choice]
        office = np.where(street >= 0, self.first_town + street, self.hotline)
        return np.where(who >= 0, who, office)


@functools.cache
def routing() -> Routing:
    """Read the departments and the weights the categories give them."""
    keys = column("phrases/departments", "key")
    names = column("phrases/departments", "name")
    offices = [
        name + ("办事处" if name.endswith("街道") else "人民政府")
        for name in column("facts/streets", "name")
    ]
    rows = [
        [part.split(":") for part in row["departments"].split(",")]
        for row in sheet("phrases/categories")
    ]
    weight = np.zeros((len(rows), 3))
    who = np.full((len(rows), 3), -1)
    for n, row in enumerate(rows):
        for choice, (key, size) in enumerate(row):
            weight[n, choice] = float(size)
            who[n, choice] = -1 if key == TOWN else keys.index(key)
    likely = np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True)
    return Routing(
        names=names + offices,
        likely=np.minimum(likely, 1) - 1e-12,
        who=who,
        hotline=keys.index("热线"),
        first_town=len(names),
    )


@functools.cache
def _limits() -> tuple[Ints, Ints]:
    """Hours, or else working days, of each category; 0 for none."""
    limit = column("phrases/categories", "limit")
    hours = [int(each[2:]) if each.startswith("EH") else 0 for each in limit]
    workdays = [int(each[2:]) if each.startswith("WD") else 0 for each in limit]
    return np.array(hours), np.array(workdays)


def due(category: Ints, created: Ints) -> Ints:
    """When appeals are due, in seconds of local time.

    Urgent ones so many hours after they came; the others at the end of duty of the n-th workday
    after that day (Shandong: five working days).
    """
    hours, workdays = (each[category] for each in _limits())
    last = calendar().after(created // DAY, np.maximum(workdays, 1))
    return np.where(hours > 0, created + hours * 3600, last * DAY + END_OF_DUTY)


def is_urgent(category: Ints) -> Ints:
    """Whether the limit is in hours, which run day and night."""
    return np.asarray(_limits()[0][category] > 0)
