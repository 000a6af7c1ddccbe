from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "said",
    [
        "世纪小镇国际公寓3号楼漏水",
        "世纪小镇云锦苑3号楼停水",
        "世纪小镇百货门口乱停车",
        "世纪花园观澜府3号楼电梯坏了",
        "八大局家属院2号楼",
        "海岱楼小区3号楼没暖气",
        "八大局人才公寓的业主",
        "世纪花园艺绿化有限公司欠薪",
        "网上世纪小镇茶叶旗舰店不退款",
        "世纪花园春大酒店婚宴加价",
        "世纪花园置业公司老板电话多少",
        "网上买的八大局牌净水器能退吗",
        "世纪小镇足浴城乱收费",
        "世纪小镇建材公司拖欠货款",
        "快手上世纪花园艺工作室卖的月季死了",
        "在大明湖旁边一家叫世纪花园的饭店叫人宰了",
        "世纪小镇建材超市拖欠工资",
    ],
)
def test_a_name_that_goes_on_to_an_unknown_one_goes_to_review(matcher, said):
    match = matcher.match(said)
    assert (match.status, match.why) == ("review", "goes_on"), match


@pytest.mark.parametrize(
    ("said", "ident"),
    [
        ("世纪小镇小区3号楼", "Q1-3"),
        ("世纪花园门口有人摆摊", "Q1"),
        ("世纪花园物业不作为", "Q1"),
        ("世纪花园恒达物业有限公司不作为", "Q1"),
        ("世纪花园里的恒达装饰有限公司噪音扰民", "Q1"),
        ("世纪花园业主反映停水", "Q1"),
        ("世纪花园广场舞太吵", "Q1"),
        ("世纪花园北区停车场没灯", "Q1"),
        ("世纪花园里面那个公寓扰民", "Q1"),
        ("世纪花园中心花园没人管", "Q1"),
        ("世纪花园政府没人管", "Q1"),
        ("世纪花园高层3号楼停水", "Q1-3"),
        ("世纪小镇公寓出租没手续", "Q1"),
        ("八大局广场上发小广告", "P1"),
        ("八大局菜市场占道", "P1"),
        ("世纪花园楼下宾馆太吵", "Q1"),
    ],
)
def test_words_behind_a_name_that_build_no_name_are_no_doubt(matcher, said, ident):
    match = matcher.match(said)
    assert (match.status, match.address_id) == ("matched", ident), match.reason
