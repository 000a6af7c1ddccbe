"""``GET /api/summary?<search>``: the numbers the page shows for an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api import wire
from geodata.areas.hierarchy import hierarchy
from geodata.tickets.numbers import measure
from layers._metrics import headline

if TYPE_CHECKING:
    from flask import Flask, Response

    from geodata.tickets.numbers import Numbers
    from layers._answers import Answers, Question

COUNTS = ("total", "smoke", "open", "overdue")


def register(server: Flask, answers: Answers) -> None:
    """Add the route."""

    @server.get("/api/summary")
    def summary() -> Response:
        question = answers.question(wire.search())
        if question.notices:
            return wire.unread(question)
        return wire.json(summed(question, answers.numbers(question)))


def summed(question: Question, counted: Numbers) -> dict[str, Any]:
    """The numbers of an address; ``total`` is the sum of ``areas`` and ``unplaced``."""
    tree = hierarchy(question.reader)
    area = question.query.area
    return {
        **headline(counted, tree, area),
        "areas": [
            {
                "code": tree.codes[n],
                "name": tree.names[n],
                "level": int(tree.level[n]),
                **{name: int(measure(counted.areas[n], name)) for name in COUNTS},
            }
            for n in tree.children(area)
        ],
        "data_version": question.reader.version,
    }
