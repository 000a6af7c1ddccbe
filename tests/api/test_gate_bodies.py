"""The gate before Dash: a body is what a page of ours would send, or it is refused."""

from __future__ import annotations

import copy
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.api.bodies import ADDRESS, CALLBACKS, body, moved
from tests.api.conftest import told


@pytest.mark.parametrize("name", CALLBACKS)
def test_a_body_as_a_page_sends_it_is_answered(app, post, name):
    assert post(body(app, name)).status_code == 200


def test_a_page_without_any_component_of_a_pattern_is_answered(app, post):
    nothing = {"panel": (), "control": ()}
    assert post(body(app, "map.scene", found=nothing)).status_code == 200
    assert post(body(app, "go.data", found=nothing)).status_code == 200


def test_a_body_without_what_has_no_value_yet_is_answered(app, post):
    # The browser leaves out a property that is undefined, and a first call has no changes.
    sent = body(app, "map.scene") | {"changedPropIds": []}
    del sent["inputs"][1]["value"]
    assert post(sent).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", b"{", b"nothing", b"\xff\xfe{}", b"[" * 50_000, b"NaN", b"'x'"),
        *(b"null", b"[]", b"[1]", b'"x"', b"5", b"true", b"{}", b'{"output":5}'),
        *(b'{"output":null}', b'{"output":["page.children"]}', b'{"outputs":"page.children"}'),
        *(b'{"output":"\\ud800"}', b'{"output":"page.children"}{}'),
    ],
)
def test_what_is_no_body_of_a_callback_is_400(client, sent):
    response = client.post(ADDRESS, data=sent, content_type="application/json")
    assert response.status_code == 400
    assert told(response)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_body_must_say_that_it_is_json(app, client, kind):
    sent = orjson.dumps(body(app, "page.children"))
    response = client.post(ADDRESS, data=sent, content_type=kind)
    assert response.status_code == 400
    assert "application/json" in told(response)


@pytest.mark.parametrize("name", ["nothing.there", "", "..", "page", "..page.children..", "\x00"])
def test_a_callback_that_is_not_there_is_404(app, post, name):
    response = post(body(app, "page.children") | {"output": name})
    assert response.status_code == 404
    assert told(response) == "There is no such callback."


def test_a_callback_of_the_browser_is_not_there(app, post):
    in_browser = [key for key, declared in app.callback_map.items() if "callback" not in declared]
    assert in_browser
    for key in in_browser:
        assert post({"output": key, "outputs": [], "inputs": [], "state": []}).status_code == 404


def without(sent: Any, *path: Any) -> None:
    for step in path[:-1]:
        sent = sent[step]
    del sent[path[-1]]


def put(value: Any, sent: Any, *path: Any) -> None:
    for step in path[:-1]:
        sent = sent[step]
    sent[path[-1]] = value


WRONG = {
    "an input too few": ("map.scene", lambda b: b["inputs"].pop()),
    "an input too many": ("map.scene", lambda b: b["inputs"].append(b["inputs"][0])),
    "no inputs": ("map.scene", lambda b: without(b, "inputs")),
    "inputs that are no list": ("map.scene", lambda b: put({}, b, "inputs")),
    "an input that is a text": ("map.scene", lambda b: put("url.search", b, "inputs", 0)),
    "an input of another id": ("map.scene", lambda b: put("uri", b, "inputs", 0, "id")),
    "an input without an id": ("map.scene", lambda b: without(b, "inputs", 0, "id")),
    "an input of another property": (
        "map.scene",
        lambda b: put("hash", b, "inputs", 0, "property"),
    ),
    "no state": ("map.scene", lambda b: without(b, "state")),
    "state that is null": ("map.scene", lambda b: put(None, b, "state")),
    "a pattern that is one dict": ("map.scene", lambda b: put(b["state"][1][0], b, "state", 1)),
    "a pattern's id that is a text": ("map.scene", lambda b: put("x", b, "state", 1, 0, "id")),
    "a pattern's id of another type": (
        "map.scene",
        lambda b: put("control", b, "state", 1, 0, "id", "type"),
    ),
    "a pattern's id with a key more": ("map.scene", lambda b: put(1, b, "state", 1, 0, "id", "x")),
    "a pattern's id with a list in it": (
        "map.scene",
        lambda b: put([], b, "state", 1, 0, "id", "name"),
    ),
    "an id that is not the id": ("map.scene", lambda b: put(None, b, "state", 1, 0, "value")),
    "an id that is left out": ("map.scene", lambda b: without(b, "state", 1, 0, "value")),
    "a panel too few": ("map.scene", lambda b: without(b, "state", 1, 0)),
    "panels in another order": ("map.scene", lambda b: b["state"][1].reverse()),
    "a widget too few": ("go.data", lambda b: without(b, "inputs", 1, 0)),
    "no outputs": ("map.scene", lambda b: without(b, "outputs")),
    "an output too few": ("map.scene", lambda b: b["outputs"].pop()),
    "the output of another": ("page.children", lambda b: put("map", b, "outputs", "id")),
    "outputs where there is one": ("page.children", lambda b: put([b["outputs"]], b, "outputs")),
    "an output of a pattern too many": (
        "map.scene",
        lambda b: b["outputs"][1].append(b["outputs"][1][0]),
    ),
    "changes that are no list": ("go.data", lambda b: put("url.search", b, "changedPropIds")),
    "a change that is no text": ("go.data", lambda b: put([5], b, "changedPropIds")),
    "a change of nothing": ("go.data", lambda b: put(["url"], b, "changedPropIds")),
    "a change of a broken id": ("go.data", lambda b: put(["{bad.value"], b, "changedPropIds")),
    "a change of a deep id": (
        "go.data",
        lambda b: put(['{"a":' * 999 + "1" + "}" * 999 + ".value"], b, "changedPropIds"),
    ),
}


@pytest.mark.parametrize(("name", "spoil"), WRONG.values(), ids=WRONG)
def test_a_body_that_no_page_can_send_is_400(app, post, name, spoil):
    sent = body(app, name)
    spoil(sent)
    response = post(sent)
    assert response.status_code == 400
    assert told(response) == "The body does not have the callback's shape."


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
WORDS = st.sampled_from(
    [
        *CALLBACKS,
        "output",
        "outputs",
        "inputs",
        "state",
        "id",
        "property",
        "value",
        "name",
        "?area=1",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | TEXT, inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_no_json_makes_the_server_fail(post, sent):
    assert post(sent).status_code in {400, 404}


def places(sent: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a body, as the steps that lead there."""
    inside = (
        sent.items()
        if isinstance(sent, dict)
        else enumerate(sent)
        if isinstance(sent, list)
        else ()
    )
    below = [places(part, (*path, step)) for step, part in inside]
    return ([path] if path else []) + [place for found in below for place in found]


@given(st.data())
def test_no_body_with_a_part_exchanged_makes_the_server_fail(app, post, data):
    sent = copy.deepcopy(body(app, data.draw(st.sampled_from(CALLBACKS))))
    place = data.draw(st.sampled_from(places(sent)))
    if data.draw(st.booleans()):
        put(data.draw(JSON | WORDS), sent, *place)
    else:
        without(sent, *place)
    response = post(sent)
    assert response.status_code in {200, 204, 400, 404}
    assert "Traceback" not in response.get_data(as_text=True)


ODD = (
    None,
    True,
    5,
    -1,
    0.5,
    1e308,
    "",
    "x",
    "9999-12-31",
    [],
    {},
    [None],
    [[]],
    [{}],
    [2, 1],
    ["a"],
)
KEYS = (
    "layers",
    "metric",
    "tickets.smoke",
    "markets.kind",
    "datetime.start",
    "compare.end",
    "hours.from",
    "brush",
    "opacity.grids",
)


@pytest.mark.parametrize("key", [*KEYS, "nothing", "tickets.nothing", ""])
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_no_value_of_a_widget_makes_the_server_fail(app, post, key, value):
    assert post(moved(app, key, value)).status_code in {200, 204}


@pytest.mark.parametrize("search", [5, None, [], {}, "\x00", "?area=%ff&x", "?" * 3_000])
@pytest.mark.parametrize("name", CALLBACKS)
def test_no_search_makes_the_server_fail(app, post, name, search):
    said = {"url.search": search, "url.pathname": search, "search.searchValue": search}
    assert post(body(app, name, said)).status_code in {200, 204}


@pytest.mark.parametrize(
    "request_",
    [
        *(None, 5, [], {}, {"startRow": -5}, {"startRow": 10**30}, {"startRow": None}),
        *({"startRow": True}, {"startRow": 5_000}, {"sortModel": "id"}, {"sortModel": [5]}),
        {"sortModel": [{"colId": "id", "sort": []}]},
        *({"sortModel": [{"colId": []}]}, {"startRow": 30_000}, {"startRow": 999_999}),
    ],
    ids=repr,
)
def test_no_request_of_the_table_makes_the_server_fail(app, post, request_):
    sent = body(app, "table.getRowsResponse", {"table.getRowsRequest": request_})
    assert post(sent).status_code == 200
