"""A mapping proposed from names and values: what is found, what is left, what is doubted."""

from __future__ import annotations

import tomllib

import pytest

from geodata.errors import DataError
from geodata.intake.mapping import KINDS, mapping_of
from geodata.intake.proposal import propose
from geodata.intake.proposal.states import KNOWN, OURS
from geodata.intake.proposal.synonyms import REQUIRED, SYNONYMS
from geodata.store.schema import TABLES

DERIVED = {"geometry", "smoke", "approximate", "is_demo", "address_by", "distance_m"}
HOTLINE = {
    "工单编号": ["GD2024050100001", "GD2024050100002", "GD2024050200003", "GD2024050200004"],
    "来电人": ["王某", "李某", "张某", "赵某"],
    "联系电话": ["13805330001", "13805330002", "13805330003", "13805330004"],
    "身份证号": ["", "", "", ""],
    "受理时间": ["2024年5月1日 8时30分", "2024年5月1日 9时5分", "2024年5月2日 0时0分", ""],
    "办结时间": ["2024/5/3 8:30", "2024/5/13 18:05", "", ""],
    "办理时限": ["2024-05-08 08:30:00", "2024-05-08 09:05:00", "2024-05-09 00:00:00", ""],
    "一级分类": ["市容环境", "市容环境", "噪声", "噪声"],
    "二级分类": ["餐饮油烟", "占道经营", "广场舞", "施工"],
    "三级分类": ["露天烧烤", "", "", "夜间施工"],
    "诉求来源": ["电话", "微信", "电话", "电话"],
    "办理状态": ["已办结", "办理中", "待派单", "另行研究"],
    "承办单位": ["车站街道", "公园街道", "公园街道", "和平街道"],
    "诉求内容": ["烧烤摊油烟太大", "占道", "太吵了", "夜里还在施工"],
    "诉求地点": ["柳泉路88号", "共青团路", "人民公园", "华光路"],
    "经度": ["118.05", "118.04", "0", "118.06"],
    "纬度": ["36.81", "36.80", "0", "36.79"],
    "所属网格": ["370303001001001", "370303002001001", "", ""],
    "备注": ["", "", "", ""],
}


def proposed(kind, samples, *, has_geometry=False, **more):
    return propose(kind, list(samples), samples, has_geometry=has_geometry, **more)


def sources(proposal):
    """Canonical column to source, without whether it is optional."""
    return {
        target: given.get("column", given) if isinstance(given, dict) else given
        for target, given in proposal.values["columns"].items()
    }


def doubts(proposal, word):
    return [doubt for doubt in proposal.doubts if word in doubt]


def test_a_chinese_hotline_is_understood():
    proposal = proposed("tickets", HOTLINE, name="12345.csv")
    assert sources(proposal) == {
        "id": "工单编号",
        "created_at": "受理时间",
        "closed_at": "办结时间",
        "category": ["一级分类", "二级分类", "三级分类"],
        "channel": "诉求来源",
        "state": "办理状态",
        "due_at": "办理时限",
        "department": "承办单位",
        "text": "诉求内容",
        "address": "诉求地点",
        "lon": "经度",
        "lat": "纬度",
        "area": "所属网格",
    }
    assert proposal.formats == {
        "created_at": ("%Y年%m月%d日 %H时%M分",),
        "closed_at": ("%Y/%m/%d %H:%M",),
    }
    assert (proposal.complete, proposal.crs) == (True, "EPSG:4326")
    assert "timezone" not in proposal.values


def sheet(samples):
    """The samples as the text of a CSV file."""
    rows = [list(samples), *zip(*samples.values(), strict=True)]
    return "".join(",".join(row) + "\n" for row in rows)


def test_what_is_proposed_brings_the_file_in(intake):
    report = intake.bring("tickets", sheet(HOTLINE), proposed("tickets", HOTLINE).toml)
    assert (report.read, report.accepted) == (4, 3)
    assert [(r.line, r.column) for r in report.rejects] == [(5, "created_at")]
    (row,) = intake.rows(
        "SELECT t.created_at::VARCHAR AS at, c.value AS category, s.value AS state FROM tickets t "
        "JOIN terms c ON c.subject = 'category' AND c.code = t.category "
        "JOIN terms s ON s.subject = 'state' AND s.code = t.state WHERE t.id = 'GD2024050100001'"
    )
    assert row["at"] == "2024-05-01 00:30:00"
    assert (row["category"], row["state"]) == ("市容环境/餐饮油烟/露天烧烤", "closed")


@pytest.mark.parametrize(
    "moment",
    [
        {"受理日期": ["2024/5/1", "2024/5/2"], "受理时刻": ["8:30", "18:05"]},
        {"year": ["2024"] * 2, "month": ["5"] * 2, "day": ["1", "2"], "hour": ["8", "18"]},
    ],
)
def test_a_moment_in_several_columns_comes_in(intake, moment):
    samples = {"编号": ["1", "2"], "类别": ["噪声", "噪声"], **moment}
    report = intake.bring("tickets", sheet(samples), proposed("tickets", samples).toml)
    assert (report.accepted, report.rejects) == (2, ())


def test_states_are_recoded_by_known_words_and_strange_ones_are_named():
    proposal = proposed("tickets", HOTLINE)
    assert proposal.values["values"]["state"] == {
        **{"已办结": "closed", "办理中": "handling", "待派单": "accepted"},
    }
    assert doubts(proposal, "另行研究") == [
        'These states are not known and stay as they are: "另行研究".'
    ]


def test_every_recoding_leads_to_a_state_of_ours():
    assert set(KNOWN.values()) == OURS


def test_who_called_is_left_out_on_purpose():
    proposal = proposed("tickets", HOTLINE)
    (said,) = doubts(proposal, "on purpose")
    for column in ("来电人", "联系电话", "身份证号"):
        assert column in said
        assert f'# "{column}": left out on purpose' in proposal.toml


@pytest.mark.parametrize(
    "values",
    [["13805330001", "+86 13905330002"], ["138****0001"], ["370303199001011234"]],
)
def test_numbers_of_people_are_known_by_their_values(values):
    proposal = proposed("tickets", {"id": ["1", "2"], "备注": values})
    assert len(doubts(proposal, "备注")) == 1
    assert "备注" not in str(proposal.values)


def test_a_column_that_is_not_used_is_told_in_a_comment():
    assert '# "备注": no canonical column fits' in proposed("tickets", HOTLINE).toml


def test_names_are_read_without_case_spaces_and_punctuation():
    for head in (["Ticket ID"], ["TICKET_ID"], ["ticket-id"], ["TicketId"], [" ticket id "]):
        assert sources(propose("tickets", head, {}, has_geometry=False)) == {"id": head[0]}


def test_a_merchants_file_is_understood():
    proposal = proposed(
        "merchants",
        {
            "序号": ["1", "2"],
            "统一社会信用代码": ["91370303MA3C0XXX1T", "92370303MA3D0YYY2N"],
            "店名": ["老王烧烤", "小李面馆"],
            "法定代表人": ["王某", "李某"],
            "经营场所": ["柳泉路88号", "共青团路6号"],
            "业态": ["烧烤", "面食"],
        },
    )
    assert sources(proposal) == {
        **{"id": "序号", "uscc": "统一社会信用代码", "name": "店名", "kind": "业态"},
        "address": "经营场所",
    }
    assert doubts(proposal, "法定代表人")


@pytest.mark.parametrize(
    ("kind", "target", "values"),
    [
        ("tickets", "id", ["A-1", "A-2", "A-3", "A-4"]),
        ("tickets", "created_at", ["2024-05-01", "2024-05-01", "2024-05-02", "2024-05-03"]),
        ("tickets", "state", ["已办结", "办理中", "已办结", "已办结"]),
        ("tickets", "address", ["柳泉路88号附近", "共青团路6号", "华光路东首", "华光路376号"]),
        ("merchants", "uscc", ["91370303MA3C0XXX1T"] * 4),
        ("markets", "windows", ["18:00-24:00", "17:00-21:30", "24/7", "05:00-08:00"]),
        ("addresses", "level", ["building", "road_no", "poi", "room"]),
    ],
)
def test_values_alone_are_a_guess_that_is_said(kind, target, values):
    proposal = proposed(kind, {"F7": values})
    assert sources(proposal) == {target: "F7"}
    assert proposal.scores[target] < 0.5
    assert doubts(proposal, f'{target} is taken from "F7" by its values alone; check it.')


def test_a_name_that_its_values_contradict_is_no_date():
    proposal = proposed("tickets", {"受理时间": ["张三", "李四"]})
    assert "created_at" not in proposal.values["columns"]


def test_of_two_columns_the_surer_is_taken_and_the_other_is_named():
    proposal = proposed("tickets", {"工单编号": ["1", "2"], "诉求编号": ["7", "8"]})
    assert sources(proposal) == {"id": "工单编号"}
    assert doubts(proposal, 'id is taken from "工单编号"; "诉求编号" would do nearly as well.')


def test_what_every_row_needs_and_is_not_found_is_written_as_a_comment():
    proposal = proposed("tickets", {"工单编号": ["1"]})
    assert not proposal.complete
    assert "# created_at = …  # NEEDED" in proposal.toml
    assert "# category = …  # NEEDED" in proposal.toml
    assert len(doubts(proposal, "which every row of tickets needs")) == 2


def test_a_name_that_differs_in_every_row_could_serve_as_the_id():
    proposal = proposed("places", {"名称": ["海岱楼", "玉龙阁"], "lon": [], "lat": []})
    assert doubts(proposal, '"名称" is different in every row looked at and could serve')


@pytest.mark.parametrize("kind", ["areas", "roads"])
def test_what_is_drawn_is_not_complete_without_a_shape(kind):
    head = ["code", "id", "name"]
    assert not propose(kind, head, {}, has_geometry=False).complete
    assert propose(kind, head, {}, has_geometry=True).complete


def test_places_need_a_position_or_a_shape():
    head = ["id", "name"]
    assert not propose("places", head, {}, has_geometry=False).complete
    assert propose("places", head, {}, has_geometry=True).complete
    assert propose("places", [*head, "经度", "纬度"], {}, has_geometry=False).complete


def test_shapes_as_text_are_found():
    shapes = ["POINT (118 36)", "POINT (118.1 36.1)"]
    proposal = proposed("places", {"id": ["1", "2"], "name": ["甲", "乙"], "the_geom": shapes})
    assert proposal.values["columns"]["wkt"] == {"wkt": "the_geom"}
    assert (proposal.complete, proposal.crs) == (True, "EPSG:4326")


def test_a_kind_that_is_not_there_is_refused():
    with pytest.raises(DataError, match="kind is 'weather'; it must be one of areas, tickets"):
        propose("weather", [], {}, has_geometry=False)


def test_odd_names_of_columns_are_written_so_that_they_can_be_read_again(tmp_path):
    odd = ["=id", 'a"b', "line\nbreak", "\x7f", "\\", "#", "ticket id ="]
    proposal = propose("tickets", odd, {"=id": ["1", "2"]}, has_geometry=False, name="a\nb.csv")
    assert tomllib.loads(proposal.toml) == proposal.values
    assert mapping_of(proposal.values, "odd").fits(odd)


@pytest.mark.parametrize("kind", sorted(SYNONYMS))
def test_all_canonical_columns_have_names_to_be_found_by(kind):
    assert set(REQUIRED[kind]) <= set(SYNONYMS[kind])
    if kind in TABLES:
        assert set(SYNONYMS[kind]) == set(TABLES[kind].names) - DERIVED


def test_every_kind_can_be_proposed():
    assert set(KINDS) <= set(SYNONYMS)
