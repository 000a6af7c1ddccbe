"""Which tickets a query means, as one condition for every question asked of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geodata.areas.hierarchy import NOWHERE, hierarchy
from geodata.store.terms import branches, terms

if TYPE_CHECKING:
    from geodata.query import Chosen, Query, Span
    from geodata.store.reader import Reader

Condition = tuple[str, dict[str, Any]]

SUBJECTS = ("category", "channel", "department", "state")
STATUSES = {
    "open": "is_open",
    "overdue": "is_open AND due_at < $as_of",
    "closed": "NOT is_open",
}
SMOKE = {"yes": "smoke", "no": "NOT smoke"}


def values(subject: str) -> Any:
    """The values a filter by a subject may have, asked of the data; a tree gives every node."""
    return lambda reader: branches(terms(reader, subject).values)


def smoke_only(query: Query) -> Query:
    """The same question, of smoke tickets alone."""
    asked = query.filters.get("smoke", frozenset(SMOKE))
    assert isinstance(asked, frozenset)
    return replace(query, filters={**query.filters, "smoke": asked & {"yes"}})


def selected(reader: Reader, query: Query, span: Span) -> Condition:
    """The condition, with its bound parameters, that a ticket of this query satisfies."""
    parts = ["created_at >= $start", "created_at < $end"]
    parameters: dict[str, Any] = {
        "start": span.start.replace(tzinfo=None),
        "end": span.end.replace(tzinfo=None),
    }
    for sql, more in (_area(reader, query), _hours(query), *_filters(reader, query)):
        parts.append(sql)
        parameters |= more
    return " AND ".join(part for part in parts if part), parameters


def _area(reader: Reader, query: Query) -> Condition:
    """The subtree of the shown area is a range; the root counts unplaced tickets too."""
    last = int(hierarchy(reader).last[query.area])
    first = NOWHERE if query.area == 0 else query.area
    return "area BETWEEN $first_area AND $last_area", {"first_area": first, "last_area": last}


def _hours(query: Query) -> Condition:
    if query.hours is None:
        return "", {}
    low, high = query.hours
    joint = "AND" if low < high else "OR"
    return f"(hour >= $from_hour {joint} hour < $to_hour)", {"from_hour": low, "to_hour": high}


def _filters(reader: Reader, query: Query) -> list[Condition]:
    conditions = []
    for name, chosen in query.filters.items():
        assert isinstance(chosen, frozenset)  # tickets declare categories only
        if name in SUBJECTS:
            codes = terms(reader, name).codes(sorted(chosen))
            conditions.append((f"list_contains(${name}, {name})", {name: codes}))
        else:
            conditions.append(_any_of(SMOKE if name == "smoke" else STATUSES, chosen, query))
    return conditions


def _any_of(known: dict[str, str], chosen: Chosen, query: Query) -> Condition:
    tests = [f"({test})" for value, test in known.items() if value in chosen]
    sql = " OR ".join(tests) or "FALSE"
    as_of = {"as_of": query.as_of.replace(tzinfo=None)} if "$as_of" in sql else {}
    return f"({sql})", as_of
