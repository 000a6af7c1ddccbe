from __future__ import annotations

import pytest

from callbacks.pages import PAGES
from tests.api.bodies import ADDRESS, body
from tests.callbacks.reading import having, nodes, props, texts


def page(client, app, path, search="") -> dict:
    said = {"url.pathname": path, "url.search": search}
    answer = client.post(ADDRESS, json=body(app, "page.children", said))
    assert answer.status_code == 200
    return answer.json["response"]["page"]["children"]


@pytest.mark.parametrize("path", PAGES)
def test_a_path_brings_its_page(client, app, path):
    (found,) = having(page(client, app, path), id="body")
    assert props(found)["data-page"] == PAGES[path].id
    assert props(found)["data-theme"] == PAGES[path].theme.id


@pytest.mark.parametrize("path", ["/nowhere", None, 7])
def test_a_path_of_no_page_brings_the_cockpit(client, app, path):
    (found,) = having(page(client, app, path), id="body")
    assert props(found)["data-page"] == "leader"


def test_a_page_is_in_the_language_of_the_address(client, app):
    titles = {
        search: texts([n for n in nodes(page(client, app, "/", search)) if n["type"] == "H1"])
        for search in ("", "?lang=en", "?lang=fr", None)
    }
    assert titles == {
        "": ["小城一张图"],
        "?lang=en": ["Small Town"],
        "?lang=fr": ["小城一张图"],
        None: ["小城一张图"],
    }


def test_a_page_comes_empty_of_facts(client, app):
    for path in PAGES:
        found = page(client, app, path)
        assert having(found, class_="indicator") == []
        assert {str(props(n).get("children")) for n in having(found, class_="slot")} == {"None"}
