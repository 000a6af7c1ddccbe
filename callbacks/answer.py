"""One answer, ready for the panels: the question, its numbers, what is picked, who is looking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from callbacks.figures import day, moment
from callbacks.scene import classes
from callbacks.selection import selection
from callbacks.shown import layers_shown
from geodata.areas.hierarchy import hierarchy
from geodata.tickets.pages import Order, first_pages
from layers._metrics import BY_ID
from layers._view import to_search

if TYPE_CHECKING:
    from callbacks.pages import Page
    from callbacks.scene import Painted
    from callbacks.selection import Selection
    from geodata.areas.hierarchy import Hierarchy
    from geodata.query import Query
    from geodata.store.reader import Reader
    from geodata.tickets.numbers import Numbers
    from layers._answers import Question
    from layers._layer import Metric, Text
    from layers._view import Notice, Shown

# The panels that list tickets: the newest, and those that are longest overdue.
LISTS = MappingProxyType({"list": Order(), "red": Order(by="due_at", descending=False)})
RED = frozenset({"overdue"})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What every panel is derived from."""

    question: Question
    counted: Numbers
    page: Page
    chosen: Selection | None
    notices: tuple[Notice, ...]

    @property
    def lang(self) -> str:
        """The reader's language."""
        return self.question.view.lang

    @property
    def reader(self) -> Reader:
        """The generation that answers."""
        return self.question.reader

    @property
    def area(self) -> int:
        """Number of the shown area."""
        return self.question.query.area

    @cached_property
    def tree(self) -> Hierarchy:
        """The areas of the place."""
        return hierarchy(self.reader)

    @property
    def metric(self) -> Metric:
        """The metric of the address."""
        return BY_ID[self.question.view.metric]

    @cached_property
    def shown(self) -> list[Shown]:
        """The layers on the screen."""
        return layers_shown(self.question, self.page)

    @cached_property
    def painted(self) -> Painted | None:
        """The classes of the choropleth."""
        return classes(self.question, self.counted, self.shown, self.page)

    @cached_property
    def listed(self) -> dict[str, list[dict[str, Any]]]:
        """The first tickets of the page's lists, by the panel that shows them."""
        asked = {
            name: (_listed(self.question, name), order)
            for name, order in LISTS.items()
            if name in self.page.panels
        }
        return first_pages(self.reader, asked, self.page.list_length)

    def say(self, text: Text) -> str:
        """A text in the reader's language."""
        return text(self.lang)

    def link(self, **changes: Any) -> str:
        """The address of this view with changes; ``?`` for the opening view."""
        return to_search(replace(self.question.view, **changes)) or "?"

    def link_to_area(self, code: str) -> str:
        """The address of an area with nothing picked; the root needs no code."""
        root = code == self.tree.codes[0]
        return self.link(area="" if root else code, selected=None)

    def local(self, utc: dt.datetime) -> dt.datetime:
        """A UTC moment (naive or not) on the place's clock."""
        aware = utc if utc.tzinfo else utc.replace(tzinfo=dt.UTC)
        return aware.astimezone(self.reader.place.zone)

    def moment(self, utc: dt.datetime, *, year: bool = False) -> str:
        """A UTC moment as the reader reads it."""
        return moment(self.local(utc), self.lang, year=year)

    def period(self) -> str:
        """The period in words, its last day and the hours included."""
        span = self.question.query.period
        first = self.local(span.start)
        last = max(self.local(span.end - dt.timedelta(microseconds=1)), first)
        told = day(first, self.lang, year=self.lang != "en" or first.year != last.year)
        if first.date() == last.date():
            told = day(first, self.lang, year=True)
        elif self.lang == "en":
            told += f" – {day(last, 'en', year=True)}"
        else:
            told += f"–{day(last, year=first.year != last.year)}"
        return told + self._hours()

    def _hours(self) -> str:
        hours = self.question.query.hours
        if hours is None:
            return ""
        return f" {hours[0]:02d}:00–{hours[1]:02d}:00"


def _listed(question: Question, name: str) -> Query:
    """What a list shows: the tickets of the view; in red, those of them that are overdue."""
    query = question.of(question.catalog["tickets"])
    if name != "red":
        return query
    asked = query.filters.get("status", RED)
    status = RED if isinstance(asked, frozenset) and asked & {"overdue", "open"} else frozenset()
    return replace(query, filters={**query.filters, "status": status})


def answered(question: Question, counted: Numbers, page: Page) -> Answer:
    """The answer of a page to a question."""
    chosen, lost = selection(question)
    if lost:  # no link should lead to it again
        question = replace(question, view=replace(question.view, selected=None))
    return Answer(
        question=question,
        counted=counted,
        page=page,
        chosen=chosen,
        notices=question.notices + lost,
    )
