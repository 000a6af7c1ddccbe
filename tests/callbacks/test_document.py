from __future__ import annotations

import re

import pytest

from callbacks.document import needed
from callbacks.pages import PAGES
from callbacks.theme import THEMES


@pytest.mark.parametrize(
    ("path", "lang", "theme", "title"),
    [
        ("/", "zh-CN", "dark", "小城一张图 · 智慧驾驶舱"),
        ("/wall", "zh-CN", "dark", "小城一张图 · 综合指挥大屏"),
        ("/plan", "zh-CN", "light", "小城一张图 · 规划分析"),
        ("/?lang=en", "en", "dark", "Small Town · Cockpit"),
        ("/plan?area=11&lang=en", "en", "light", "Small Town · Planning desk"),
        ("/?lang=fr", "zh-CN", "dark", "小城一张图 · 智慧驾驶舱"),
    ],
)
def test_a_document_has_the_language_theme_and_title_of_its_page(client, path, lang, theme, title):
    document = client.get(path).get_data(as_text=True)
    assert f'<html lang="{lang}" data-theme="{theme}">' in document
    assert f"<title>{title}</title>" in document


def scripts(client, path: str) -> list[str]:
    return re.findall(r'<script[^>]* src="([^"]+)"', client.get(path).get_data(as_text=True))


def test_the_table_s_script_is_only_on_the_page_with_a_table(client):
    for path, page in PAGES.items():
        told = [script for script in scripts(client, path) if "ag_grid" in script]
        assert bool(told) == page.has_table


def test_no_page_loads_what_nobody_uses_and_everything_comes_from_us(client):
    for path in PAGES:
        told = scripts(client, path)
        assert told
        assert not [script for script in told if "dash_table" in script or "mathjax" in script]
        assert all(script.startswith("/") and not script.startswith("//") for script in told)


def test_charts_come_from_our_own_plotly_before_dash_asks_for_its(client):
    told = scripts(client, "/")
    ours = next(i for i, script in enumerate(told) if script.endswith("/plotly.min.js"))
    assert ours == min(i for i, script in enumerate(told) if "/_dash" in script or i == ours)


def test_every_file_of_the_head_is_there(client):
    document = client.get("/plan").get_data(as_text=True)
    files = re.findall(r'(?:href|src)="(/vendor/[^"]+)"', document)
    files += re.findall(r'url\("(/vendor/[^"]+)"\)', document)
    assert len(files) >= 4
    for file in files:
        assert client.get(file).status_code == 200, file


def test_both_themes_come_with_every_page(client):
    document = client.get("/wall").get_data(as_text=True)
    for theme in THEMES.values():
        assert f'[data-theme="{theme.id}"]' in document
        assert theme.color("ground") in document


def test_only_scripts_without_use_are_left_out():
    tags = "".join(
        f'<script src="/{name}.js"></script>\n'
        for name in ("react", "dash_ag_grid/a", "dash_table/b", "mathjax")
    )
    assert needed(tags, table=False) == '<script src="/react.js"></script>\n'
    assert "dash_ag_grid" in needed(tags, table=True)
    assert "dash_table" not in needed(tags, table=True)
