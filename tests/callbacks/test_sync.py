"""Through HTTP, as a browser does it."""

from __future__ import annotations

import pytest

from tests.api.bodies import ADDRESS, SAID, body, moved

KEYS = ("layers", "metric", "hours.from", "tickets.smoke")


@pytest.fixture
def post(client):
    def sent(asked) -> dict:
        answer = client.post(ADDRESS, json=asked)
        assert answer.status_code == 200
        return answer.json["response"]

    return sent


def widgets(response: dict) -> dict[str, object]:
    """What each widget is told to show, by its key."""
    return {
        ident.split('"key":"')[1].partition('"')[0]: told["value"]
        for ident, told in response.items()
        if '"type":"control"' in ident
    }


def arrived(app, search: str, values=(), path: str = "/plan") -> dict:
    """The body of an address that has just been opened."""
    said = {**SAID, "url.search": search, "url.pathname": path}
    return body(app, "go.data", said, {"control": KEYS}, values)


def test_an_address_sets_the_widgets(app, post):
    response = post(arrived(app, "?metric=smoke&hours=17/23&tickets.smoke=yes&layers=grids"))
    assert widgets(response) == {
        **{"layers": ["grids"], "metric": "smoke", "hours.from": 17, "tickets.smoke": ["yes"]}
    }
    assert "go" not in response


def test_a_widget_that_is_right_already_is_left_alone(app, post):
    held = (["grids"], "total", 17, ["yes"])
    response = post(arrived(app, "?hours=17/23&tickets.smoke=yes&layers=grids&metric=open", held))
    assert widgets(response) == {"metric": "open"}


def test_a_moved_widget_asks_for_its_address_and_moves_no_other(app, post):
    response = post(moved(app, "metric", "smoke", "?area=11"))
    assert response["go"]["data"]["search"] == "?area=11&metric=smoke"
    assert widgets(response) == {}


def test_the_opening_view_has_an_address_too(app, post):
    assert post(moved(app, "metric", "total", "?metric=smoke"))["go"]["data"]["search"] == "?"


def test_asking_twice_for_the_same_address_is_news_each_time(app, post):
    one, two = (post(moved(app, "metric", "smoke"))["go"]["data"] for _ in range(2))
    assert one["search"] == two["search"]
    assert one["at"] != two["at"]


def test_a_value_that_makes_no_sense_is_put_back(app, post):
    response = post(moved(app, "hours.from", 23, "?hours=17/23"))
    assert "go" not in response
    assert widgets(response) == {"hours.from": 17}


def test_widgets_that_have_just_appeared_follow_the_address(app, post):
    """A page that opens reports all its widgets at once: nobody has moved them."""
    asked = arrived(app, "?metric=smoke", ([], "total", "", []))
    asked["changedPropIds"] = [f'{{"key":"{key}","type":"control"}}.value' for key in KEYS]
    response = post(asked)
    assert "go" not in response
    assert widgets(response)["metric"] == "smoke"


@pytest.mark.parametrize("search", ["?datetime=yesterday", "", "?area=999&subway=1"])
def test_an_address_with_unreadable_parts_still_sets_the_widgets(app, post, search):
    assert widgets(post(arrived(app, search)))["metric"] == "total"


def test_an_unknown_path_reads_like_the_cockpit(app, post):
    assert widgets(post(arrived(app, "", path="/nowhere")))["metric"] == "total"
