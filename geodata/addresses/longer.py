"""Names that go on: words behind a known name may make it the beginning of an unknown one.

恒大御景湾 is not 恒大, 银都国际公寓 not 银都, 中心医院家属院 not the hospital. Where what stands
behind a name looks like the rest of one, the labeller is asked; most texts are let by at a glance.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geodata.addresses.crf import Labeller
from geodata.addresses.surfaces import ALIAS, BRIEF, NAME, SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geodata.addresses.bases import Base
    from geodata.addresses.gazetteer import Hit
    from geodata.addresses.mentions import Reading

# The least the labeller has to agree with a name by what stands behind it: a word that only names
# have, with what follows names or without; a kind of place that may be spoken of; a building. Of
# 2,100 texts that were judged not one has the former behind a place that was meant, and those with
# a building behind unknown words agree more than this. A short name goes on sooner than a full one.
LEAST_NAMED, LEAST_OF_KIND, LEAST_OF_NAME, LEAST_OF_ALIAS = 0.96, 0.7, 0.5, 0.7
# An inn may as well lie in the place and be called otherwise: 紫园老王饭店, but 紫园春大酒店.
LEAST_OF_INN = 0.1

NEVER, ALWAYS = 0.0, 1.1
SHORTENED = frozenset({ALIAS, SHORT, BRIEF})

_HOUSE = r"[0-9A-Z]{1,3}(?:-[0-9]|号楼?|栋|幢|座|#)"
# Characters that build sentences, and no names.
_PROSE = (
    "的了在与跟是有把被让给就也还这那每各整我你他们说没不很太个几全某该本老旁附门对边侧周到为属算靠最"
    "第当离挨共其约缺无多啊呀哦嗯呢吧嘛哈吗"
)
_PART = rf"[^\W0-9A-Z{_PROSE}]"
# What only names end with, and what there may be without a name of its own.
_NAMED = (
    r"家园|新村|名苑|国际(?!学校|幼儿园)|名都|名城|新城|华庭|豪庭|华府|公馆|山庄|佳园|嘉园|雅居|"
    r"雅苑|嘉苑|佳苑|壹号|一号院|世家|名邸|新苑|新居|丽城"
)
_DWELLINGS = r"花园|公寓|家属[院楼区]|宿舍|生活区|小区"
_INNS = r"大?酒店|宾馆|饭[店庄]|旅馆|会所|洗浴"
_SHOPS = r"百货(?!店|超市)|商场|商城|商厦|购物中心|大厦|广场(?!舞)|市场|商贸城"
_LAST = (
    r"(?<!幼儿)(?<![公乐校果菜田游])园|(?<![阳天窗平露站吧灶柜舞讲])台|(?<![中前后家法])庭|"
    r"(?<!政)府|(?<!别)墅|[苑湾郡邸轩城汇玺隽樾谷]|(?<![邻定群移])居|号院|"
    r"(?:[一二三四五六七八九十百]|春天)里"
)
_BEHIND = (
    rf"(?=$|[，。；、！？：的]|{_HOUSE}|小区|物业|业主|居民|住户|[东西南北]?大?门(?!禁)|附近|旁边|对面|"
    r"停[水电气暖]|楼下)"
)
# Words of sentences, which stand behind a name and before a kind of place that has no name.
_TALK = (
    "高层|多层|洋房|物[业管]|业主|居民|住户|租户|租客|楼[上下间顶底前后道]|底下|地[下上面]|里[面头]|院[内里]|家住|住在|"
    "反映|投诉|举报|位于|以及|隔壁|新[开建盖装]|后花|[改扩搭]建|[改做]成|绿化|夜市|车库|车位|停车|开发|外卖|救护|"
    "快递|消防|下属|临[街近]|沿街|商[铺户]|回迁|安置|拆迁|售楼|承诺|门[面头]|内部|外[面围墙]|前[面排]|后[面排]|中间|"
    "施工|噪音|垃圾|管理|公[司共交用]|单位|领导|现在|最近|昨|今天|每天|晚上|早上|凌晨|半夜|[冬夏]天|下[雨雪午]|上午|"
    "人(?!才)|[0-9一二三四五六两]楼|小区|[大总一]共|大[概约部]|部分|相邻|同一|入口|景观|配套|保安|疫情|幼儿|电梯|监控|"
    "暖气|热水|自来|天然|燃气|充电|健身|民宿|私[改自]|[分群廉合]租|流浪|宣传|二手|楼盘|"
    "项目|工地|房[子屋东]|[精毛新]装|租房|[出整]租|家[里中]|住宅|居委|社区|[东西南北][侧边头面首角排户门]|楼[栋号层]"
)
_REST = re.compile(
    rf"(?!和)(?P<more>(?:(?!{_TALK}){_PART}){{0,5}}?)"
    rf"(?:(?P<named>{_NAMED})|(?P<kind>{_DWELLINGS}|{_SHOPS})|(?P<last>(?:{_LAST}){_BEHIND})"
    rf"|(?P<house>(?={_HOUSE}))|(?P<inn>{_INNS}))"
)
_FOLLOWS = re.compile(_BEHIND)
_KIND = re.compile(rf"{_NAMED}|{_DWELLINGS}|{_SHOPS}")
_SHOP = re.compile(_SHOPS)
# Parts of a place, which no name of a place of its own begins with.
_WITHIN = re.compile(
    r"(?:中心|中央|空中|屋顶|楼顶|街心|口袋|[小大后]|文化|健身|休闲|站前|[东西南北]|负?[一二三四五六])"
    r"(?:花园|广场)|[大前后]院|(?:老年|酒店式?|[长短日月]租)公寓|(?:工地|工人|员工|民工)(?:宿舍|生活区)|"
    r"(?:农贸|菜|便民|露天)市场|沿街|[东西南北中新]+[区院]|[东西南北]{1,2}(?:面|头|首|角|段|户|单元)"
)
# A firm called after a place is none; but who manages a compound may be called so as well.
_FIRM = re.compile(
    r"[^，。；]{0,10}公司总部|"
    r"(?![^，。；]{0,8}物业)[^，。；！？的里内在我他]{0,8}?(?:有限(?:责任)?公司|股份公司|(?:林|绿化|装饰|建筑|置业|地产|商贸|贸易|科技|物流|劳务|建设|工程|传媒|餐饮|投资|实业)公司|集团|旗舰店|专营店|4S店)"
)
# What is sold under a name, and a name cut in two: 桃园里|头, 博大花园|艺.
_BRAND = re.compile(
    r"牌(?![坊匾子楼照号位九桌被掉倒歪没太都挂也上下前后])|(?<=里)[头面](?!里)|"
    r"(?<=园)(?:艺|林(?=绿化|公司|工程))"
)
_CALLED = re.compile(r"的[^，。]{0,2}(?:店|馆|公司|厂|超市)")  # 一家叫小西湖的饭店
# A shop that carries the short name of a compound: 小西湖醋鱼馆.
_TRADE = re.compile(
    r"(?![^，。]{0,3}物业)[^，。；！？的里内在我他门楼上下旁边对面附近]{0,4}?"
    r"(?:公司|驾校|[菜饭鱼肉羊牛面茶酒汤咖火][^，。的]{0,2}(?<!图书)(?<!体育)[馆楼庄]|会所|洗浴|浴池|汽[修贸]|诊所|药[店房]|影楼|琴行|"
    r"(?:建材|家具|家居|灯具|五金|装饰)[^，。的]{0,2}(?:超市|市场|城|店|行)|宾馆|大酒店|足浴|汗蒸|网吧|酒吧|棋牌|台球|[理美]发|饭[店馆庄]|烤鸭店|火锅店|美容院|养生馆|足疗|培训学校)"
)
_OF_FIRMS = re.compile("公司|集团|[舰营S]店")  # is in all that is said of firms
_SCHOOL = re.compile(r"(?:大学|学院|中学|学校|校区|职专|技校|[一二三四五六七八九十]中)$")


def goes_further(read: Reading, hit: Hit, candidates: Iterable[Base]) -> bool:
    """Whether a place of a text, behind which words stand, is the beginning of a longer name."""
    text = read.plain
    is_cut = hit.slip and _KIND.match(text, hit.end - 1)  # 凯瑞国|际 is no slip of 凯瑞园
    if is_cut or _is_brand(text, hit) or (hit.level == "quarter" and _is_firm(text, hit)):
        return True
    rest = _REST.match(text, hit.end)
    if rest is None or _is_explained(text, hit, rest, candidates):
        return False
    others = (other.start for named in read.mentions for other in named.hits)
    if any(hit.end <= start < max(rest.end(), hit.end + 1) for start in others):
        return False
    least = _least(hit, rest)
    if least in (NEVER, ALWAYS):
        return least == ALWAYS
    return Labeller.load().agreement(text, hit.start, hit.end) < least


def _is_brand(text: str, hit: Hit) -> bool:
    is_called = text[hit.start - 1 : hit.start] == "叫" and hit.level == "quarter"
    named = _CALLED if is_called else _BRAND
    return named.match(text, hit.end) is not None


def _is_firm(text: str, hit: Hit) -> bool:
    """Whether a compound's name is that of a firm, or a short form of it that of a shop."""
    if hit.senses[0].quality in SHORTENED and _TRADE.match(text, hit.end):
        return True
    told = _OF_FIRMS.search(text, hit.end)
    return told is not None and _FIRM.match(text, hit.end) is not None


def _least(hit: Hit, rest: re.Match[str]) -> float:
    follows = _FOLLOWS.match(rest.string, rest.end()) is not None
    if rest["named"]:
        return ALWAYS if follows else LEAST_OF_KIND
    if rest["last"]:
        return LEAST_NAMED
    if rest["inn"]:
        return LEAST_OF_INN if rest["more"] else NEVER
    if rest["kind"]:
        is_other = not rest["more"] and hit.level == "poi" and rest["kind"] != "花园"
        return LEAST_NAMED if is_other else LEAST_OF_KIND if follows else NEVER
    return LEAST_OF_NAME if hit.senses[0].quality >= NAME and not hit.slip else LEAST_OF_ALIAS


def _is_explained(text: str, hit: Hit, rest: re.Match[str], candidates: Iterable[Base]) -> bool:
    """Whether what looks like the rest of a name is a part of the place, or its own kind."""
    if _WITHIN.match(text, hit.end):
        return True
    kind, is_quarter = rest["kind"] or rest["named"], hit.level == "quarter"
    if rest["more"] or kind is None:
        return False
    if kind in ("小区", "广场"):
        return is_quarter == (kind == "小区")
    is_shop = hit.senses[0].quality >= NAME and _SHOP.match(kind)
    of_students = kind in ("宿舍", "公寓") and _SCHOOL.search(hit.form)
    return bool(is_shop or of_students) or any(
        kind in name for base in candidates for name in (base.name, *dict(base.aliases))
    )
