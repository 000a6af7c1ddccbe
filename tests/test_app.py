"""The whole product: few callbacks, few questions to the data, and no address that breaks it."""

from __future__ import annotations

import re
import shutil
import threading
from collections import Counter

import pytest
from cachelib import SimpleCache

import layers
from api.settings import Settings
from app import create_app
from callbacks.layout import body, shell
from callbacks.pages import PAGES
from callbacks.refresh import screen
from geodata.store.reader import Reader, Store
from geodata.tickets.numbers import numbers
from layers._answers import Answers
from tests.api.bodies import ADDRESS
from tests.api.bodies import body as callback_body
from tests.conftest import NO_FILES
from tests.layers.conftest import ROOMS

COCKPIT, DESK = PAGES["/"], PAGES["/plan"]

# ---- few callbacks, whatever the layers ----


def of_the_server(app) -> dict[str, dict]:
    return {key: found for key, found in app.callback_map.items() if "callback" in found}


def test_there_are_as_many_callbacks_for_one_layer_as_for_all(town_folder, tmp_path):
    shutil.copy(layers.ROOM / "tickets.py", tmp_path)
    one, all_ = (
        create_app(Settings(data=town_folder, rooms=rooms, cache=NO_FILES))
        for rooms in ((tmp_path,), ROOMS)
    )
    assert len(layers.catalog((tmp_path,))) == 1
    assert set(one.callback_map) == set(all_.callback_map)


def ids(component) -> list:
    return [part.id for part in component._traverse() if getattr(part, "id", None) is not None]


def alive(app, page, answers) -> set[str]:
    """The callbacks of the server that run on a page: all their components are there.

    A pattern may match none. The callback that brings the body itself is not counted: it runs once
    when a page is opened and belongs to the shell of all pages, not to any of them.
    """
    made = body(page, answers.reader(), answers.catalog(), Settings(), "zh")
    there = {ident for ident in ids(shell()) + ids(made) if isinstance(ident, str)}
    return {
        key
        for key, found in of_the_server(app).items()
        if key != "page.children"
        and all(
            dependency["id"].startswith("{") or dependency["id"] in there
            for dependency in [*found["inputs"], *found["state"], *_outputs(found)]
        )
    }


def _outputs(found: dict) -> list[dict]:
    outputs = found["output"] if isinstance(found["output"], list | tuple) else [found["output"]]
    return [output.to_dict() for output in outputs]


@pytest.mark.parametrize(("path", "most"), [("/", 8), ("/wall", 8), ("/plan", 4)])
def test_a_page_has_few_callbacks(app, answers, path, most):
    assert 2 <= len(alive(app, PAGES[path], answers)) <= most


def test_there_is_no_callback_that_no_page_uses(app, answers):
    used = {key for page in PAGES.values() for key in alive(app, page, answers)}
    assert used | {"page.children"} == set(of_the_server(app))


def test_the_map_and_every_panel_come_from_one_callback(app):
    (refresh,) = [key for key in of_the_server(app) if "map.scene" in key]
    assert '{"name":["ALL"],"type":"panel"}.children' in refresh


# ---- few questions to the data ----
# What is counted: every statement that a reader sends to DuckDB, by wrapping the only two methods
# that send any. What an answer needs of the generation itself (its hierarchy, its words, its
# first day) is read once for all answers and does not count as part of a refresh.


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The statements sent to DuckDB, in order."""
    said: list[str] = []
    run, batches = Reader._run, Reader.batches

    def counted_run(self, sql, parameters):
        said.append(sql)
        return run(self, sql, parameters)

    def counted_batches(self, sql, *more, **named):
        said.append(sql)
        return batches(self, sql, *more, **named)

    monkeypatch.setattr(Reader, "_run", counted_run)
    monkeypatch.setattr(Reader, "batches", counted_batches)
    return said


def of_tickets(said: list[str]) -> Counter[str]:
    """How the statements that read the table of appeals read it."""
    return Counter(_kind(sql) for sql in said if re.search(r"\b(FROM|JOIN) tickets\b", sql))


def _kind(sql: str) -> str:
    if "count(*)" in sql:
        return "aggregate"
    if "row_number() OVER" in sql and "LIMIT $limit" in sql:
        return "keys of a page"
    if "t.n IN (SELECT unnest($numbers))" in sql:
        return "rows by number"
    return "other"


@pytest.fixture
def cold(town_folder) -> Answers:
    """Answers that have answered nothing yet, over a generation that has been opened."""
    answers = Answers(Store(town_folder), layers.catalog(), SimpleCache())
    encode(answers, "?area=12&datetime=2020-09-23")
    return answers


def encode(answers: Answers, search: str, page=COCKPIT) -> bytes:
    names = tuple(name for column in page.columns for name in column if name != "controls")
    return screen(answers, search, page, (*names, "legend", "crumbs", "periods", "asof", "notices"))


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.id)
@pytest.mark.parametrize(
    "search", ["", "?area=11", "?area=111001", "?hours=17/23&tickets.smoke=yes", "?metric=change"]
)
def test_a_refresh_is_one_scan_and_one_page(cold, sent, page, search):
    encode(cold, search, page)
    # A page is found by its keys, whatever the number of lists that share it; then the texts of
    # just these rows are read by their numbers.
    assert of_tickets(sent) == {"aggregate": 1, "keys of a page": 1, "rows by number": 1}


def test_a_layer_more_on_the_map_is_no_question_more(cold, sent):
    encode(cold, "?layers=grids&area=11")
    few = of_tickets(sent)
    sent.clear()
    encode(cold, "?layers=grids,areas,smoke,markets,addresses,tickets&area=12")
    assert of_tickets(sent) == few


def test_the_same_address_again_asks_nothing(cold, sent):
    at = "?area=11&at=2020-11-20T12:00"  # without a moment, an answer is that of its minute
    first = encode(cold, at)
    sent.clear()
    assert encode(cold, at) == first
    assert sent == []


def test_what_only_changes_the_look_counts_nothing_again(cold, sent):
    encode(cold, "?area=11")
    sent.clear()
    for search in ("?area=11&metric=smoke", "?area=11&lang=en", "?area=11&layers=areas:50"):
        encode(cold, search)
    encode(cold, "?area=11", DESK)
    assert of_tickets(sent)["aggregate"] == 0


def test_the_api_and_the_page_share_one_count(app, client, sent):
    said = {"url.search": "?area=111&hours=3/22", "url.pathname": "/"}
    assert client.post(ADDRESS, json=callback_body(app, "map.scene", said)).status_code == 200
    assert of_tickets(sent)["aggregate"] == 1
    sent.clear()
    assert client.get(f"/api/summary{said['url.search']}").status_code == 200
    assert sent == []


# ---- computed once ----


class Meeting(SimpleCache):
    """A cache in which everyone finds nothing before anyone goes on."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self._all_here = threading.Barrier(threads)
        self._met = threading.local()

    def get(self, key):
        if not getattr(self._met, "before", False):
            self._met.before = True
            assert super().get(key) is None
            self._all_here.wait(30)
            return None
        return super().get(key)


def together(jobs) -> list:
    """Run jobs at once, each in a thread of its own; what they gave or raised."""
    found: list = [None] * len(jobs)

    def run(i: int) -> None:
        try:
            found[i] = jobs[i]()
        except Exception as error:
            found[i] = error

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.fixture
def counted(monkeypatch) -> list[str]:
    """The searches whose numbers were really computed."""
    computed: list[str] = []

    def once_more(reader, query):
        computed.append(f"{query.area}")
        return numbers(reader, query)

    monkeypatch.setattr("layers._answers.numbers", once_more)
    return computed


def test_many_who_ask_the_same_at_once_are_answered_by_one_computation(town_folder, counted):
    answers = Answers(Store(town_folder), layers.catalog(), Meeting(12))
    question = answers.question("?area=11")
    found = together([lambda: answers.numbers(question)] * 12)
    assert len(counted) == 1
    assert {int(n.whole[0]) for n in found} == {7}


def test_who_asks_something_else_does_not_wait_for_another(town_folder, counted):
    answers = Answers(Store(town_folder), layers.catalog(), Meeting(3))
    questions = [answers.question(f"?area={code}") for code in ("11", "12", "")]
    found = together([lambda q=q: answers.numbers(q) for q in questions])
    assert [int(n.whole[0]) for n in found] == [7, 1, 9]
    assert len(counted) == 3


def test_a_computation_that_fails_fails_for_who_asked_and_is_tried_again(town_folder):
    answers = Answers(Store(town_folder), layers.catalog(), SimpleCache())
    tries = iter([RuntimeError("once"), "well"])

    def make() -> str:
        if isinstance(found := next(tries), Exception):
            raise found
        return found

    with pytest.raises(RuntimeError):
        answers.once(answers.reader(), "key", make)
    assert answers.once(answers.reader(), "key", make) == "well"
