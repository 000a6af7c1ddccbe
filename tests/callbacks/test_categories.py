from __future__ import annotations

import pytest

from callbacks.categories import MOST
from tests import town
from tests.callbacks.conftest import screens
from tests.callbacks.reading import having, links, nodes, props, text, texts


def rows(place, search: str = "") -> dict[str, str]:
    panel = place.panel("categories", search)
    return {
        text(having(item, class_="ranking-name")[0]): text(having(item, class_="ranking-value")[0])
        for item in nodes(panel)
        if item["type"] == "Li"
    }


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("", {"社会秩序": "6", "市容环境": "3"}),
        ("?metric=overdue", {"市容环境": "1", "社会秩序": "1"}),
        ("?metric=change", {"社会秩序": "6", "市容环境": "3"}),
        ("?area=12", {"广场舞": "1"}),  # one branch alone is told by its leaf
        ("?tickets.category=市容环境", {"烧烤油烟": "3"}),
        ("?tickets.category=社会秩序/噪声扰民/广场舞", {"广场舞": "6"}),
        ("?datetime=2020-01-01", {}),
    ],
)
def test_categories_part_where_they_first_differ(here, search, told):
    assert rows(here, search) == told


def test_a_click_narrows_every_number_to_the_category(here):
    first, second = links(here.panel("categories", "?area=11"))
    chosen = [here.answers.question(href, here.now) for href in (first, second)]
    assert [question.view.filters[0][2] for question in chosen] == [
        *(frozenset({"社会秩序"}), frozenset({"市容环境"}))
    ]
    for question, count in zip(chosen, ("4", "3"), strict=True):
        assert question.notices == ()
        assert str(here.answers.numbers(question).whole[0]) == count


def test_one_chosen_category_can_be_left_again(here):
    panel = here.panel("categories", "?tickets.category=市容环境")
    assert texts(panel)[0] == "全部类别"
    assert here.answers.question(links(panel)[0], here.now).view.filters == ()
    assert texts(here.panel("categories", "?tickets.category=市容环境&lang=en"))[0] == (
        "All categories"
    )
    assert "全部类别" not in texts(here.panel("categories", "?tickets.category=市容环境,社会秩序"))


def test_a_bar_is_its_share_of_all(here):
    fills = having(here.panel("categories"), class_="ranking-fill")
    assert [props(node)["style"]["width"] for node in fills] == ["66.7%", "33.3%"]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A town with ten categories: one to ten appeals, one of them with a comma."""
    names = [f"类{i}" for i in range(1, 10)] + ["甲,乙%"]
    appeals = [
        {"id": f"{name}-{n}", "category": name, "created_at": town.moment("11-20 12:00")}
        for i, name in enumerate(names, 1)
        for n in range(i)
    ]
    folder = tmp_path_factory.mktemp("many")
    words = [{"subject": "category", "value": "甲,乙%", "en": "Comma"}]
    town.published(folder, tickets=appeals, words=words)
    return screens(folder)


def test_what_does_not_fit_is_summed_up(many):
    told = rows(many)
    assert list(told.items())[:2] == [("甲,乙%", "10"), ("类9", "9")]
    assert len(told) == MOST + 1
    assert list(told.items())[-1] == ("其他", "3")  # one and two
    assert len(links(many.panel("categories"))) == MOST
    assert list(rows(many, "?lang=en"))[-1] == "Other"


def test_any_name_of_a_category_can_stand_in_a_link(many):
    question = many.answers.question(links(many.panel("categories"))[0], many.now)
    assert question.notices == ()
    assert many.answers.numbers(question).whole[0] == 10


def test_a_category_is_told_in_english_where_it_has_a_word(many):
    assert list(rows(many, "?lang=en"))[:2] == ["Comma", "类9"]
