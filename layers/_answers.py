"""Answers: the numbers and bytes of an address, computed once, kept under the data's version."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from geodata.store.reader import shown
from geodata.tickets.numbers import numbers
from layers import bound
from layers._query import asked_of, resolved
from layers._view import View, from_search, to_search

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geodata.query import Filter, Query
    from geodata.store.reader import Reader, Store
    from geodata.tickets.numbers import Numbers
    from layers._layer import Layer
    from layers._view import Catalog, Notice

T = TypeVar("T")
GOVERNOR = "tickets"  # the layer whose filters govern every number


class Cache(Protocol):
    """What we need of flask-caching."""

    def get(self, key: str) -> Any: ...
    def set(self, key: str, value: Any) -> Any: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An address read against one generation of the data."""

    reader: Reader
    catalog: Catalog
    view: View
    query: Query
    notices: tuple[Notice, ...]
    build: str = ""

    @property
    def stamp(self) -> str:
        """Names the data and the code that shows it; what carries it may be kept for ever."""
        return f"{self.reader.version}-{self.build}"

    def stamp_of(self, layer: Layer) -> str:
        """The same for one layer: what no appeal can change outlives every new appeal."""
        version = self.reader.version if moves(layer) else self.reader.generation.version
        return f"{version}-{self.build}"

    def of(self, layer: Layer) -> Query:
        """The part of the question that one layer answers."""
        return asked_of(layer, self.view, self.query)

    def key_of(self, layer: Layer) -> str:
        """What a layer's facts depend on: two addresses with the same key have the same facts."""
        told = View(area=self.view.area, filters=tuple(self._filters_of(layer)))
        if layer.period:
            shared = {"period", "compare", "hours"}
            told = replace(told, **{name: getattr(self.view, name) for name in shared})
        moving = layer.period and self.query.as_of < self.reader.data_until
        return to_search(told) + (f"#{self.query.as_of}" if moving else "")

    def _filters_of(self, layer: Layer) -> list[tuple[str, str, Filter]]:
        return [f for f in self.view.filters if f[0] == layer.owner]


def moves(layer: Layer) -> bool:
    """Whether the features of a layer change with every appeal; shapes and addresses do not."""
    return bool(layer.tiles and layer.period)


class Answers:
    """The one way from an address to facts: resolves, computes in single flight, and caches.

    ``layers`` is the catalogue, or gives it anew for new data. ``build`` names the code: what
    another build has left in the cache is not an answer of this one.
    """

    def __init__(
        self,
        store: Store,
        layers: Mapping[str, Layer] | Callable[[], Mapping[str, Layer]],
        cache: Cache,
        build: str = "",
    ) -> None:
        self._store, self._cache, self._build = store, cache, build
        self._layers = layers if callable(layers) else lambda: layers
        self._flights: dict[str, threading.Lock] = {}
        self._boarding = threading.Lock()

    def reader(self) -> Reader:
        """The newest generation; raises NoDataError where there is nothing to show yet."""
        reader = self._store.reader()
        shown(reader.generation, reader.folder)
        return reader

    def catalog(self) -> Catalog:
        """The layers, with their filters' values as the data has them."""
        return bound(self._layers, self.reader())

    def question(self, search: str, now: dt.datetime | None = None) -> Question:
        """Read an address (its ``?search`` part); what it cannot honour is in the notices."""
        reader = self.reader()
        catalog = bound(self._layers, reader)
        view, unread = from_search(search, catalog)
        moment = now or dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
        view, query, lost = resolved(view, reader, moment)
        return Question(
            reader=reader,
            catalog=catalog,
            view=view,
            query=query,
            notices=unread + lost,
            build=self._build,
        )

    def numbers(self, question: Question) -> Numbers:
        """The numbers of an address."""
        layer = question.catalog[GOVERNOR]
        return self.once(
            question.reader,
            f"numbers{question.key_of(layer)}",
            lambda: numbers(question.reader, question.of(layer)),
        )

    def once(self, reader: Reader, key: str, make: Callable[[], T], *, lasting: bool = False) -> T:
        """What ``make`` gives, from the cache where it is; computed by one thread at a time.

        It is kept for the reader's version of the data or, ``lasting``, for its generation.
        """
        version = reader.generation.version if lasting else reader.version
        told = f"{version}|{self._build}|{key}"
        name = hashlib.blake2b(told.encode(), digest_size=16).hexdigest()
        found = self._cache.get(name)
        if found is not None:
            return cast("T", found)
        try:
            with self._flight(name):
                found = self._cache.get(name)
                if found is None:
                    found = make()
                    self._cache.set(name, found)
        finally:
            self._land(name)
        return cast("T", found)

    def _flight(self, name: str) -> threading.Lock:
        with self._boarding:
            return self._flights.setdefault(name, threading.Lock())

    def _land(self, name: str) -> None:
        with self._boarding:
            self._flights.pop(name, None)
