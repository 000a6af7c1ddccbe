"""Of several places the one of the problem is meant; where two may be, a clerk decides."""

from __future__ import annotations

import pytest

from geodata.addresses.answers import NO_NAME
from geodata.addresses.library import load
from geodata.addresses.match import Matcher
from tests.town import published

HOME, SCHOOL, MARKET, SHOP = "Q-home", "P-school", "P-market", "P-shop"
ROWS = (
    {"id": "R1", "level": "road", "road": "柳泉路"},
    {"id": "R1-88", "level": "road_no", "road": "柳泉路", "road_no": "88号"},
    {"id": HOME, "level": "quarter", "quarter": "世纪花园", "town": "北街道"},
    *[
        {"id": f"{HOME}-{b}", "level": "building", "quarter": "世纪花园", "building": f"{b}号楼"}
        for b in range(1, 13)
    ],
    {"id": "Q-oak", "level": "quarter", "quarter": "橡树湾", "town": "东街道"},
    *[
        {"id": f"Q-oak-{b}", "level": "building", "quarter": "橡树湾", "building": f"{b}号楼"}
        for b in range(1, 13)
    ],
    {"id": "Q-same-n", "level": "quarter", "quarter": "幸福里", "town": "北街道"},
    {"id": "Q-same-e", "level": "quarter", "quarter": "幸福里", "town": "东街道"},
    {"id": SCHOOL, "level": "poi", "poi": "明德小学"},
    {"id": MARKET, "level": "poi", "poi": "东关菜市场"},
    {"id": SHOP, "level": "poi", "poi": "老周羊汤馆"},
)


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Matcher:
    given = [{"county": "张店区", "city": "淄博市", "province": "山东省", **row} for row in ROWS]
    reader = published(tmp_path_factory.mktemp("several"), addresses=given)
    return Matcher(load(reader), foreign=("临淄区", "桓台县"))


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        # Where somebody lives, and where something happens.
        ("我爸住橡树湾，他那边没事，我们世纪花园停水两天了", HOME),
        ("我住世纪花园3号楼，孩子在明德小学念书，学校门口全是卖零食的小摊", SCHOOL),
        ("家在橡树湾，中午去老周羊汤馆吃饭，回来全家拉肚子", SHOP),
        ("姥姥家在橡树湾，我们住世纪花园2号楼，姥姥那个小区停水三天了", "Q-oak"),
        ("住在橡树湾5号楼，工作单位为东关菜市场，该市场夜里卸货吵人", MARKET),
        # Fields of a form.
        ("投诉人住址：世纪花园3号楼；被投诉地点：东关菜市场；内容：占道经营", MARKET),
        ("联系地址：橡树湾2号楼，事发地址：世纪花园4号楼，楼道堆物", f"{HOME}-4"),
        # From here to there.
        ("从东关菜市场打车回橡树湾，到了小区门口发现大门堵死了", "Q-oak"),
        ("每天从世纪花园坐车去明德小学接孙子，学校门前没有斑马线", SCHOOL),
        # At work, and at home after all.
        ("我单位在东关菜市场，但我投诉的是我住的橡树湾6号楼，楼道里养鸽子", "Q-oak-6"),
        ("白天在东关菜市场卖菜，夜里回世纪花园7号楼，楼上装修", f"{HOME}-7"),
        # What was, and what is.
        ("以前住橡树湾，去年搬到世纪花园5号楼，楼上天天剁肉", f"{HOME}-5"),
        ("在橡树湾住的时候没这毛病，搬到世纪花园5号楼以后暖气不热", f"{HOME}-5"),
        # From where it is noticed.
        ("在世纪花园3号楼都能闻到柳泉路88号烧烤店的油烟", "R1-88"),
        ("橡树湾业主举报，我们小区本身没有问题，问题出在路对面的柳泉路88号", "R1-88"),
        # Whom the matter is with, and what it is about this time.
        ("举报人王某，住址橡树湾2号楼；被举报人李某，住世纪花园4号楼，楼道堆物", f"{HOME}-4"),
        (
            "孩子在明德小学上学，学校挺好。今天反映的是我们家住的橡树湾6号楼没有坡道，孩子坐轮椅",
            "Q-oak-6",
        ),
        ("上月工单所述明德小学门口摊点已劝离。今摊点挪到了东关菜市场门口", MARKET),
        ("上次反映柳泉路90号音响，已经办好了。这回是柳泉路88号", "R1-88"),
        ("是柳泉路88号不是柳泉路90号，别再贴错条子了", "R1-88"),
        ("今年夏天水漫到院里，我们是橡树湾的业主", "Q-oak"),
        ("关联工单：橡树湾路灯，均已归档。本单新增：世纪花园4号楼漏水", f"{HOME}-4"),
        ("前单误录为东关菜市场，已撤销，是老周羊汤馆占用消防通道", SHOP),
        ("我妹在橡树湾，我在世纪花园，她那里没事了，就剩我这里，9号楼门禁坏了", f"{HOME}-9"),
        ("去明德小学接孩子时看见的，不在学校里，是出来以后柳泉路88号门口冒火星", "R1-88"),
        ("寄给橡树湾的快递，被扔在世纪花园3号楼门口淋了雨", f"{HOME}-3"),
        ("东关菜市场、橡树湾都改完了，光剩我们世纪花园没改", HOME),
        ("店开在东关菜市场，仓库在老周羊汤馆，着火隐患是仓库那头", SHOP),
        ("听说东关菜市场查处了，那老周羊汤馆烧煤的咋没人管", SHOP),
        ("这会儿在橡树湾给您打电话，不是这里的事，世纪花园那口老井盖板朽了", HOME),
        ("我在临淄区上班，老母亲独自住在橡树湾7号楼，扶手松了", "Q-oak-7"),
    ],
)
def test_the_place_of_the_problem_is_meant(matcher, said, ident):
    match = matcher.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match.reason


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("橡树湾3号楼，记混了，应该是世纪花园3号楼，水管爆了", f"{HOME}-3"),
        ("登记地址：橡树湾2号楼（经核实应为世纪花园2号楼），反映返水", f"{HOME}-2"),
        ("世纪花园8号楼，更正一下，是柳泉路88号？哎糊涂了，世纪花园10号楼", f"{HOME}-10"),
        ("世纪花园8号楼，看错了，9号楼，楼前树要倒", f"{HOME}-9"),
        ("世纪花园8号楼（更正：9号楼）楼前树要倒", f"{HOME}-9"),
    ],
)
def test_of_what_is_corrected_the_last_word_counts(matcher, said, ident):
    match = matcher.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match.reason


def test_of_two_buildings_told_of_one_compound_neither_is_certain(matcher):
    said = "我家是世纪花园5号楼2单元的，隔壁6号楼前面的配电箱门敞着"
    assert matcher.match(said).address_id == HOME


def test_of_two_units_told_of_one_building_neither_is_certain(matcher):
    said = "派单至世纪花园4号楼1单元，来电人更正：4号楼2单元401户"
    assert matcher.match(said).address_id == f"{HOME}-4"


def test_two_places_that_may_both_be_meant_go_to_review_with_both(matcher):
    match = matcher.match("世纪花园和橡树湾我都有房子，物业费乱涨")
    assert (match.status, match.why) == ("review", "several")
    assert {HOME, "Q-oak"} == set(match.alternatives)
    assert match.reason == "文中提到“世纪花园”和“橡树湾”,不能确定问题发生在哪一处。"


def test_of_two_homes_neither_is_the_compound(matcher):
    assert matcher.match("我住世纪花园，我妈住橡树湾，小区没人管").status == "review"


def test_the_reason_says_what_the_other_place_is(matcher):
    match = matcher.match("我住世纪花园，投诉东关菜市场占道")
    assert match.reason == "名称与地址库的东关菜市场一致;文中的“世纪花园”是住处。"


def test_a_place_elsewhere_is_meant_where_it_is_complained_of(matcher):
    match = matcher.match("我住世纪花园，要投诉的是临淄区一家驾校，不给退费")
    assert (match.status, match.why) == ("none", "elsewhere")


def test_an_area_tells_only_of_the_place_it_stands_behind(matcher):
    told = matcher.match("橡树湾（东街道）送错了，我要投诉世纪花园的驿站")
    assert told.address_id == HOME, told.reason
    assert matcher.match("幸福里，归东街道管的那个，楼顶漏雨").address_id == "Q-same-e"


def test_for_the_desk_no_name_is_in_the_way_where_two_places_may_be_meant(matcher):
    assert matcher.match("世纪花园和橡树湾我都有房子，物业费乱涨").why in NO_NAME
