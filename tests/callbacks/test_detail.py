from __future__ import annotations

import pytest

from tests.callbacks.reading import having, links, nodes, props, text, texts

EIGHT = [
    "专职网格员",
    "楼长",
    "单元长",
    "社区民警",
    "物业负责人",
    "法律顾问",
    "医务工作者",
    "下派社区干部",
]


def detail(place, search: str, path: str = "/"):
    return place.panel("detail", search, path)


def facts(node) -> dict[str, str]:
    (found,) = having(node, class_="facts")
    told = [part for part in nodes(found) if part["type"] in {"Dt", "Dd"}]
    return {text(one): text(other) for one, other in zip(told[::2], told[1::2], strict=True)}


def test_an_open_appeal_tells_its_whole_story(here):
    found = detail(here, "?selected=tickets:T02")
    assert props(found)["data-selected"] == "tickets:T02"
    assert text(having(found, class_="detail-path")) == "市容环境 › 餐饮油烟 › 烧烤油烟"
    assert [texts(n) for n in nodes(found) if n["type"] == "Header"] == [["烧烤油烟", "在办"]]
    assert [texts(n) for n in nodes(found) if n["type"] == "Blockquote"] == [["138****1234 油烟"]]
    assert facts(found) == {
        **{"受理渠道": "电话", "责任单位": "执法局", "办理时限": "2020年12月31日 18:00"}
    }
    steps = having(found, class_="steps")
    assert texts(steps) == ["受理", "2020年11月21日 19:10", "当前环节:处置"]


def test_a_closed_appeal_ends_with_its_closing(here):
    found = detail(here, "?selected=tickets:T01")
    (steps,) = having(found, class_="steps")
    items = [node for node in nodes(steps) if node["type"] == "Li"]
    assert [texts(item) for item in items] == [
        ["受理", "2020年11月20日 18:30"],
        ["结案", "2020年11月21日 09:00"],
    ]
    assert [props(item).get("className") for item in items] == [None, "is-last"]
    assert "当前环节" not in text(found)


def test_an_appeal_from_a_door_leads_to_the_door(here):
    found = detail(here, "?area=11&selected=tickets:T05")
    told = facts(found)
    assert told["群众所述地点"] == "世纪花园3号楼2单元501"
    assert told["标准地址"] == "世纪花园3号楼2单元501室"
    (href,) = [h for h in links(found) if "addresses" in h]
    assert here.answer(href).chosen.key == "addresses:A4"


def test_an_appeal_in_english(here):
    found = detail(here, "?selected=tickets:T02&lang=en")
    assert facts(found) == {"Channel": "Phone", "Department": "执法局", "Due": "2020-12-31 18:00"}
    assert texts(having(found, class_="steps")) == [
        *("Accepted", "2020-11-21 19:10", "Now at: Handling")
    ]


def test_smoke_on_the_map_is_the_same_appeal(here):
    one, other = (detail(here, f"?selected={layer}:T02") for layer in ("tickets", "smoke"))
    assert texts(one) == texts(other)


def test_an_address_tells_what_it_is_part_of_and_its_appeals(here):
    found = detail(here, "?selected=addresses:A3")
    assert facts(found) == {
        **{"级别": "单元", "隶属": "世纪花园| › |世纪花园3号楼", "下级地址": "1"},
    }
    assert "该地址的诉求 · 2" in texts(found)
    rows = [texts(n) for n in nodes(having(found, class_="list")) if n["type"] == "Li"]
    assert rows == [
        ["2020年11月1日 08:00", "广场舞", "办结"],
        ["2020年10月24日 00:00", "广场舞", "超期"],
    ]


def test_an_address_tells_its_other_names(here):
    assert facts(detail(here, "?selected=addresses:A1"))["别名"] == "世纪、世纪小区"


def test_an_address_without_appeals_says_so(here):
    found = texts(detail(here, "?selected=addresses:A5"))
    assert "该地址的诉求 · 0" in found
    assert "没有诉求" in found
    assert "No appeals" in texts(detail(here, "?selected=addresses:A5&lang=en"))


def test_a_market_tells_when_it_trades_and_whether_it_does(here):
    found = detail(here, "?selected=markets:M1&at=2020-11-20T18:00")
    assert [texts(n) for n in nodes(found) if n["type"] == "Header"] == [["北关夜市", "开市"]]
    assert facts(found) == {"类型": "夜市", "开市时间": "每天 17:00-21:30", "摊位": "40"}
    closing = detail(here, "?selected=markets:M1&at=2020-11-20T21:10")
    assert [text(n) for n in having(closing, class_="lamp--yellow")] == ["将收市"]
    english = detail(here, "?selected=markets:M1&lang=en")
    assert facts(english)["Hours"] == "Mo-Su 17:00-21:30"


def test_a_picked_area_can_be_entered(here):
    for layer in ("grids", "areas"):
        found = detail(here, f"?metric=smoke&selected={layer}:111001")
        (href,) = [props(n)["href"] for n in having(found, class_="more")]
        view = here.answers.question(href, here.now).view
        assert (view.area, view.selected, view.metric) == ("111001", None, "smoke")


@pytest.mark.parametrize(
    "search",
    ["?area=111001", "?selected=grids:111001", "?selected=tickets:T02", "?selected=addresses:A3"],
)
def test_the_eight_people_of_a_grid_are_named_by_role_and_masked(here, search):
    found = detail(here, search)
    assert [text(n) for n in having(found, class_="role")] == EIGHT
    assert {text(n) for n in having(found, class_="person")} == {"王**"}
    assert {text(n) for n in having(found, class_="phone")} == {"138****0001"}


def test_roles_have_english_names(here):
    found = detail(here, "?area=111001&lang=en")
    roles = [text(n) for n in having(found, class_="role")]
    assert roles[0] == "Grid worker"
    assert len(set(roles)) == 8


def test_the_wall_names_nobody(here):
    for search in ("?area=111001", "?selected=grids:111001", "?selected=tickets:T02"):
        found = detail(here, search, "/wall")
        assert having(found, class_="people") == []
        assert "王" not in text(found)


@pytest.mark.parametrize("search", ["", "?area=11", "?area=112001"])
def test_with_nothing_picked_and_nobody_known_there_is_no_card(here, search):
    assert detail(here, search) is None


def test_a_card_can_be_closed(here):
    found = detail(here, "?area=11&metric=smoke&selected=tickets:T02")
    (close,) = having(found, class_="detail-close")
    assert props(close)["aria-label"] == "关闭"
    view = here.answers.question(props(close)["href"], here.now).view
    assert (view.area, view.metric, view.selected) == ("11", "smoke", None)


def test_any_other_feature_tells_its_fields_in_the_readers_words(here):
    assert facts(detail(here, "?selected=landmarks:P1")) == {
        **{"编号": "P1", "名称": "人民公园", "类型": "公园", "经度": "118.01", "纬度": "36.805"}
    }
    assert facts(detail(here, "?selected=roads:R1"))["等级"] == "主干道"
    assert facts(detail(here, "?selected=roads:R1&lang=en"))["Grade"] == "Arterial"


def test_a_feature_is_called_by_its_english_name_where_it_has_one(tiny):
    reader = tiny.answers.reader()
    for layer, table in (("landmarks", "places"), ("roads", "roads"), ("markets", "markets")):
        row = reader.rows(f"SELECT id, name, name_en FROM {table} WHERE name_en <> '' LIMIT 1")[0]
        for lang, name in (("zh", row["name"]), ("en", row["name_en"])):
            search = f"?selected={layer}:{row['id']}&lang={lang}"
            heads = [text(n) for n in nodes(detail(tiny, search)) if n["type"] == "H3"]
            assert heads == [name]
            assert texts(tiny.panel("crumbs", search))[-1] == name
