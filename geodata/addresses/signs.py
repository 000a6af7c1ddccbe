"""The signs by which one of several places is told from the others: words in front, words behind.

A sign is read in the clause of a place, between the place in front of it and the one behind. What
each counts stands in ``weights``; what is said of a place further on, in ``again``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from geodata.addresses import cues

if TYPE_CHECKING:
    from collections.abc import Iterator

KIN = (
    r"家父|家母|姥姥|姥爷|奶奶|爷爷|外公|外婆|父母|爸妈|母亲|父亲|[我俺咱]妈|[我俺咱]爸|[我俺咱]娘|[我俺咱]爹|丈母娘|岳父|岳母|公婆|婆婆|公公|儿子|"
    r"闺女|女儿|媳妇|老婆|老公|对象|丈夫|妻子|姐|妹|弟|哥|[姑姨舅叔伯]|亲戚|朋友|同学|同事|老人|孙子|孙女|孩子"
)
FINE = "[没木]事|没有?问题"
_KEPT = 4_096  # words around a name that are not read again: there are many 我住 and 位于
_I = r"(?:[我俺咱其]们?|本人|自己|[我俺]?自个儿?)"
_FILL = r"(?:的|这边|那边|这个|那个|旁边|对面|附近)?"


def _ends(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words}){_FILL}$")


def _begins(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:的|里头?|里面|那边|这边|那儿|附近|小区|门口|楼下|院内|处|开车|一带)?(?:{words})"
    )


_LIVES = (
    rf"家住|住[在于]?|居住[在于]?|居|家[是在]|租住?[在于]?|租房在?|来自|本人是|自己是|作为|户主|买在|"
    rf"老家[是在]|{_I}是|{_I}家|(?:本人|我|其|人)系|家属在|户口[是在]?"
)
# In front of a name, up to the last comma or the place before.
BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("lives", _ends(_LIVES)),
    ("kin", re.compile(rf"(?:{KIN})[^，。]{{0,5}}(?:住|在|家|租|居)[^，。]{{0,3}}$")),
    (
        "moved",
        _ends(
            r"(?:搬|换|挪|转移)[到来进至去]了?|[现如]今?在?住?在?|现居[于在]?|住[到进]了?|后来[^，。]{0,2}|最后在"
        ),
    ),
    (
        "was",
        re.compile(
            r"(?:反映过|投诉过|举报过|上个?月[^，。]{0,2}(?:反映|投诉|工单)|上[回次]|[前原]单|以前|原来(?!是)|之前|曾|原先|先前|过去|从前|早先|本来|前几年|先[去看])[^，。]{0,6}$"
        ),
    ),
    ("from", _ends(r"(?:从|由|(?<![独亲各私擅])自(?![己家])|离开|出了|打(?=$))[^，。]{0,3}")),
    ("goal", _ends(r"(?<![搬换寄])(?:去|到|来|前往|赶往|进|上|至|途?往|回到?|返回)了?")),
    ("back", _ends(r"(?:回|返)到?了?")),
    ("sent", _ends(r"(?<!被)[派寄送投发放卸分扔][到在给]了?|[改转]派[到至给]?")),
    ("passed", _ends(r"路过|途经|经过|走?过了?|穿过|绕过|走|拐[到进]")),
    ("near", _ends(r"离|距离?|靠近|临近|紧邻|挨着|邻近")),
    ("alike", re.compile(r"(?:像|比如|学学|参照|同样在?|[人你]家|你看|看人家|找过)[^，。]{0,3}$")),
    (
        "others",
        re.compile(
            r"(?:房东|中介|对方|邻居|老板|司机|开发商|社区|街道|物业)[^，。]{0,3}(?:住|在|是|家)[^，。]{0,2}$"
            r"|(?:你们|他们|物业|社区|街道|有人)[^，。]{0,3}说[^，。]{0,3}$"
        ),
    ),
    ("in_fact", re.compile(r"(?:实际上?|其实|结果)[^，。]{0,4}$")),
    ("shown", re.compile(r"(?:显示|登记|记录|系统|定位)[^，。：]{0,4}$")),
    (
        "due",
        re.compile(r"(?:应该?|应当|该|填的?|写的?|让|要)(?:[派寄送投发]到|是)[^，。]{0,2}$"),
    ),
    ("thought", re.compile(r"(?:以为|还当|当成)[^，。]{0,3}$|(?:本来|原本|起先)[^，。]{0,6}$")),
    ("not_lived", re.compile(r"不(?:是)?住(?:在)?$")),
    ("will_go", _ends(r"(?:要|想|准备|打算)(?:去|到|往)")),
    (
        "harmed",
        _ends(
            r"[飘倒溅放扔排流泼堆摆淌灌]?[到在进向](?<=[飘倒溅放扔排流泼堆摆淌灌].)(?<!被[扔放堆摆]在)|[震吵熏影]得|影响[到了]?|对着"
        ),
    ),
    ("reported", cues.AT),
    (
        "meant",
        re.compile(
            r"(?:投诉|反映|反应|举报|说|讲|咨询|要问|报修|求助)的(?:事儿?|问题|地方)?(?:就?是|在)?[^，。]{0,8}$"
            r"|(?:但|不过|可是?|其实|主要|今天|现在|再|而是)[^，。]{0,4}(?:投诉|反映|举报|说)[^，。]{0,8}$"
            r"|主要是[^，。]{0,4}$|问题就?(?:出在|在于|是在)[^，。]{0,10}$"
            r"|(?:(?:光|就|只|单)剩下?了?|只有|光有?)(?:我们|俺们?|咱们?)$|(?:光|就|只|单)剩下?了?$|(?:摊|摊点|摊子|摊位|店|市场)[^，。]{0,2}(?:挪|搬|转移|跑)[到去]了?$"
        ),
    ),
    (  # whatever has been told of other places before: 今天反映的是紫园
        "topic",
        re.compile(
            r"(?:今天|今日|这次|此次|现在|主要|但|不过|而是|其实)[^，。]{0,4}(?:投诉|反映|举报|说)的"
            r"(?:问题|事儿?)?就?是[^，。]{0,8}$|这[回次]又?是?[^，。]{0,4}$"
            r"|本[单件次](?:仅|只|现|为|系)?(?:新增|办理?|反映|诉求)[^，。]{0,4}$"
        ),
    ),
    (
        "home_field",
        re.compile(
            r"(?:住址|户籍(?:地址|所在地|地)?(?:写的)?|户口(?:所在地)?|(?:家庭|联系|通讯|通信|居住|常住|登记|原|本人|户籍)(?:地址|住址)"
            r"|(?:投诉|来电|举报|反映|申请|诉求|联系)人的?(?:地址|住址|住所))[：是为在]*$"
        ),
    ),
    (
        "fault_field",
        re.compile(
            r"(?:被(?:投诉|举报|反映)(?:人|方)?|事发|问题|诉求|发生|涉事|涉及|案发|现场|具体|实际|投诉|举报|反映)"
            r"(?:所在)?(?:地址|地点|点位|位置|单位|对象|商户|场所|地)[：是为在]*$"
        ),
    ),
    (
        "works",
        _ends(
            r"(?:单位|公司|店铺?|厂|门头|铺子|上班的?(?:地方|地点)?|工作(?:地点|单位)?|(?:公司|单位)的?(?:地址|地点)|就职|任职|供职|打工|上学|念书|就读|实习)"
            r"(?:就)?(?:在|是|为|位于|于|：|(?<=地[址点]))+"
        ),
    ),
    (
        "set_right",
        re.compile(
            r"(?:误|错)[录登写填报派记](?:为|成|作|到|了)?$|[录登写填报派记][错成](?:为|成|作|到|了)?$"
        ),
    ),
    ("in", _ends(r"在|于")),
)
# Behind a name, its house and what stands there.
BEHIND: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "lives_there",
        _begins(
            r"居住|住(?![院宿])|租房|租的|(?:小区)?的?老?(?:业主|居民|住户|租户|村民|户主|人(?![行流多]))|(?<=的)(?=[，。])"
            r"|是[我俺]们?家|安家"
        ),
    ),
    (
        "works_there",
        _begins(
            r"(?:里|那)?(?:上[早中晚夜白]?班|工作|打工|做生意|开店|开了?[^，。]{0,4}[店馆院班桌铺]|就职|任职|供职|当[^，。]{1,4}(?=[，。])|"
            r"干活|办公|营业|卖[货衣菜东]|念书?|上学|就读|读书|上[小中大高初一二三][学班中一二三]|实习|早就)"
        ),
    ),
    (
        "pastime",
        _begins(
            r"下[了]?车|上车|买[了完]?菜|遛|散步|锻炼|看[完了]?病|住院|逛|玩|接[人孩老我]|办事(?!大厅|处|员)|等|溜达|赏|跳|坐|取|打球|送|进货|坐[^，。]{1,2}"
        ),
    ),
    (
        "trade",
        _begins(
            r"[^，。]{0,6}?(?:吃|就餐|聚餐|用餐|喝|消费|购|买(?!菜)|订[的了]|充值|办[^，。]{0,2}卡|理发|洗车|修车|团购|看电影|乘坐)"
        ),
    ),
    (
        "was_there",
        _begins(
            r"(?:(?:[住租在待]|[^，。]{0,3}房)[^，。]{0,2}(?:的时候|那会儿?|那阵|期间)|早就|住过|[^，。]{0,6}(?:解决|处理|治|查处|取缔|整改|劝离|办)[得完好了]|[^。]{0,12}均?已(?:归档|办结|撤销|销号)|[^，。]{0,5}先不[说提]"
            r"|多干净|[^，。]{0,3}(?:都|就|早|已经?)[^，。]{0,3}(?:通|修|拆|换|弄|办|装|治)[^，。]{0,3}[了好完]|的?物业换|搬[走来到出])"
        ),
    ),
    (
        "sensed_there",
        re.compile(
            r"[^，。]{0,6}[闻听看](?:见|到|得)了?[^，。]{0,4}$|的?[^，。]{0,3}(?:睡不[着好了]|受不了|遭殃)"
        ),
    ),
    (
        "met_there",
        re.compile(
            r"(?![^，。]{0,4}回)(?:的时候|时|这|那)?[^，。]{0,4}(?:闻到|发现|被|遇[到见]|碰[到见]|差点|摔|撞)(?=[^，。]{2})"
        ),
    ),
    (
        "fine",
        re.compile(
            r"[^。]{0,16}不是这[里儿边]的事|[^，。]{0,3}(?:，[她他它]?(?:们|家)?(?:那边|这边|那里|那儿|家)?|，(?:单位|公司|店里|厂里|学校))?(?:倒|都|也|还)?是?"
            rf"(?:{FINE}|没毛病|好好的|挺好|正常|有[水电气暖])"
        ),
    ),
    ("beside_it", re.compile(rf"{cues.RELATION.pattern}(?=[，。])")),
    (
        "leaves",
        _begins(
            r"[^，。]{0,5}(?:回来|回家|回去|到家)|出来|出发|出门|出去|骑|打车|坐[车公地0-9]|开车|走到|溜达到|步行|嫁|搬"
        ),
    ),
    (
        "set_right",
        re.compile(
            r"[^，。]{0,5}系?(?:误录|录错|登记错|写错)|[^，。]{0,8}(?:地点|地址|位置)(?:不准|有误|错误|不对)"
        ),
    ),
    (
        "that_one",
        re.compile(
            r"[^，。]{0,6}，(?:那[个家里边儿处块]|它|该|他家|这家|门口|里面|旁边|大门|到了)"
        ),
    ),
    ("that_by", re.compile(rf"{cues.RELATION.pattern}的?那(?:家|个)(?=[，。])")),
    (
        "compared",
        re.compile(
            r"[^，。]{0,6}(?:一样|似的|隔着?)|[^，。]{0,8}(?:也没有?|都没有?|也不)(?:这么|那么|这样)"
        ),
    ),
    ("turns", re.compile(r"[^，。]{0,10}[，。](?:但|不过|可是?|反映的不|要反映的|投诉的|今天)")),
)
# Of two signs the second does not count: 从科苑市场买的羊肉, 路过紫园时闻到.
_OVERRULED = (
    ("trade", "from"),
    ("lives", "lives_there"),
    ("met_there", "passed"),
    ("home_field", "reported"),
    ("works", "reported"),
    ("was", "reported"),
    ("due", "sent"),
)
# Of what stands behind, all that may stand behind a comma.
_BEHIND_COMMA = tuple(
    (name, pattern) for name, pattern in BEHIND if name in {"that_one", "turns", "fine"}
)
_NEXT_DOOR = re.compile(r"(?:隔壁|旁边|对面|附近)的?$")
_THEIRS = re.compile(r"[^，。]{0,3}，[她他]")
_LIVED_IN = re.compile(r"[住租]的(?:那个|这个)?$")
# What the matter may be.
TROUBLE = re.compile(
    cues.PROBLEM.pattern
    + r"|[腹拉]肚?[泻子]|呕吐|下泻|中毒|收费|多收|黑车|拒载|绕路|不打表|小票|发票|不给|退|过期|假|"
    r"通宵|质量|砸|摔|伤|偷|撬|划|丢|坑|刮|滑|困|停运|鼠|蟑螂|虫|吆喝|喇叭|锁|不[亮热通]|掉|异响|黄牛|缺斤|"
    r"短两|宰|骗|咬|晃|鸽|鸡|违规|补课|冰|没人|无人|态度|响|钻|装修|震|打[了人]"
)
# What is the matter with a shop.
_SHOP = re.compile(
    r"老板|店[家主员]|商[家户场]|摊|服务[员台]|结账|收银|发票|小票|退[货款]|不给退|过期|缺斤|短两|一称|假货|质量|腹泻|拉肚子|"
    r"呕吐|下泻|食品|卫生|饭菜|菜里|打不?开胶|开胶|市场监管|售后|推诿|保修|维修"
)


def signs(before: str, behind: str, rest: str, *, is_shop: bool) -> list[str]:
    """Give the signs of a place by the words in front and behind.

    ``before`` is of its own clause; ``behind`` begins at its end and ends where another place is
    named, ``rest`` at the end of the text.
    """
    found = [*_in_front(before), *_further(behind)]
    for sign in _overruled(found, before, behind):
        found.remove(sign)
    if TROUBLE.search(behind):
        found.append("told")
    elif _NEXT_DOOR.search(before):
        found.append("next_door")  # 隔壁紫园刚补种了树: nothing is the matter there
    if is_shop and _SHOP.search(rest if "trade" in found else behind):
        found.append("shop")
    return found


def _overruled(found: list[str], before: str, behind: str) -> Iterator[str]:
    """Give the signs that do not count beside others, or for more of the words around."""
    left = set(found)
    for sign, other in _OVERRULED:
        if sign in left and other in left:
            left.remove(other)
            yield other
    if "beside_it" in left and "in" not in left:
        yield "beside_it"  # 紫园东门，… is a place; 瑞苑，在紫园东边，… tells of another
    if "fine" in left and "kin" not in left and _THEIRS.match(behind):
        yield "fine"  # 我妹在瑞苑，我在紫园，她那里没事 says so of hers
    if "lives" in left and _LIVED_IN.search(before):
        yield "lives"  # 我住的紫园楼顶漏了 says what of it, not where somebody lives


@lru_cache(maxsize=_KEPT)
def _in_front(before: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in BEFORE if pattern.search(before)) if before else ()


@lru_cache(maxsize=_KEPT)
def _further(behind: str) -> tuple[str, ...]:
    behinds = _BEHIND_COMMA if behind.startswith("，") else BEHIND
    return tuple(name for name, pattern in behinds if pattern.match(behind))
