"""The words around names: what joins them, what goes on with them, and which place is meant."""

from __future__ import annotations

import re

# What may stand between two names of one place.
JOIN = re.compile(
    r"(?:[的，]|地区|辖区|片区|境内|辖区内|路段|沿线|上|上的|内|里|院内|里的|小区|(?:上|里|里头)?[那这][个家]|[那这]边的?|上?开的?)?"
)
CROSS = re.compile(r"(?:[与和跟、到至及交-]|交叉|交|相交)?")
CROSSING = re.compile(
    r"(?:的)?(?:交叉路口|交叉口|十字路口|丁字路口|交汇处|交汇口|交界处|交界|交口|路口|口|交叉|"
    r"相交|交汇)"
)
RELATION = re.compile(
    r"(?:的|小区|大)?(?:[东西南北]{1,2}(?:大门|侧门|门|侧|面|边|头|首|角|段)?|正?对[面过]|斜对[面过]?|附近|旁边?|边上|"
    r"周边|门口|门前|门外|后[面身门]|前面|往[东西南北]|向[东西南北]|隔壁|楼下|外[面围墙])"
)
# Between a road and what stands at it: 柳泉路上一个叫老周羊汤馆的.
ON_ROAD = re.compile(r"(?:上|边上?|这边|那边)?(?:有|的)?(?:一?[个家])?(?:新开的)?(?:名?叫)?")
# A name that begins earlier is another name too: 新世纪花园, 东柳泉路; but 路北世纪花园 is none.
BEGINS_EARLIER = re.compile(
    r"市$|(?<![最更全从重翻])[新老]$|(?<![从较多最])[大小]$"
    r"|(?<![路街往向朝由门头侧面边口桥楼区村河园场站东西南北以])[东西南北]$"
)
_OLD = re.compile(r"(?:家属[院楼区]|宿舍|大院|[路街厂站]|市场)$")
LONGER_BEFORE = frozenset("市新老大小东西南北")  # what all of it ends with
# A name that goes on is another name: 世纪花园幼儿园 is not 世纪花园, 人民路小学 is not 人民路.
GOES_ON = re.compile(
    r"(?:第?[一二三四五六七八九十0-9]*(?:小学|中学|幼儿园|实验学校|学校|大学|学院|医院|卫生院|诊所|"
    r"酒店|宾馆|大酒店|大厦|商务楼|写字楼|派出所|支行|银行|邮局|供电所|加油站|"
    r"步行街|公交站|地铁站|车站|立交桥|大桥|高架))"
)
ROAD_GOES_ON = re.compile(
    r"(?:小区|花园|家园|社区|新村|公寓|宿舍|广场|市场|商城|大市场|菜市场|早市|夜市|生活区|家属院|"
    r"[东西南北中]?街(?!道|边|上|口|头)|[东西南北]路|[一二三四五六]路|分店|店(?!铺|面|外|门|主|家)|"
    r"(?<=路)(?:虎|演|由器|桥(?:公司|集团|建设|工程|股份|局)))"
)
# But 世纪花园北区停车场 may be a part of what has no zones, and 西院墙 is a wall.
ZONE_GOES_ON = re.compile(
    r"(?:小区)?(?:[东西南北中新老](?:区(?!停车|车[库棚位]|地库|大?门|球场|健身|活动)|院(?![墙子里内门]))"
    r"|[一二三四五六七八九0-9]{1,2}[期区]|[A-D]区)"
)
# 不是银都花园东区，是西区: of the name only the zone is denied.
ZONE_INSTEAD = re.compile(
    r"，?而?是(?:[东西南北中新老][区院]|[一二三四五六七八九0-9]{1,2}[期区]|[A-D]区)"
)
_UNKNOWN_NAME = re.compile(
    r"[的]?(?P<name>[一-鿿]{2,6}?(?:小区|花园|家园|新村|公寓|宿舍|生活区|家属院|广场|大厦|商城|"
    r"苑|府|郡|庭|豪庭|名居|名城|新城|国际|壹号|公馆|山庄|佳园|嘉园|雅居|丽景))"
    r"|[一-鿿]{2,5}(?:[0-9]{1,3}(?:号楼|栋|幢|#楼?))"
)
_NO_NAME = re.compile(
    r"的?(?:这个|那个|我们|咱们|他们|附近|旁边|对面|隔壁|楼下|门口|整个|有个|一个|一家|某|老旧|本|该|"
    r"周边|沿街|两侧|健身|文化|休闲|活动|中心|便民|部分|很多|好几|多个|路边|路[东西南北]|[东西南北]侧|[东西南北]边)"
)
# What is said a second time, better: 科技苑，不对，是瑞景苑.
CORRECTED = re.compile(
    r"了?[，。！…-]*(?:[哦啊哎噢唉呃嗯]+)?[，]?(?:(?:不是[0-9A-Z]{1,4}(?:号楼|单元|[号栋#室])?(?:[，]|(?=是))|不{1,4}[，]?不?是?[，]"
    r"|不对[，]?(?:不对)?|不是[，]|(?<=[啊哦哎呃唉噢])不是(?=[一-鿿])|口误|稍等|慢着|等等|等会儿?|等一?下|我?(?:再|先)?[看想查瞅](?:[看想查瞅]|一?下|一眼)(?:门牌)?|我?糊涂了?|嘴[瓢误]了?|我?说秃噜嘴了?"
    r"|我?[记搞弄看听写打说录填][错混反]+了?(?:字|门牌|号|楼号)*了?|经[^，。]{0,4}核实|[更纠]正(?:一下|为)?|系?误[录登写填](?!为|成|作)|(?:其实|实际上?|准确地?说|确切地?说)[是在]|应为|应该?是)"
    r"(?:[，。！：]|应该|应|就|是|我|在|为|[哦噢啊对])*)+"
)
# A zone that is said to be another one, or may be: 碧水湾东区，更正一下，是西区.
OR_ZONE = re.compile(r"还是|或者|或是")
FROM = frozenset("从由自")
# From one road to another: a stretch of a third.
STRETCH = re.compile(r"(?:[往向][东西南北])?(?:一直)?[至到-]")
BETWEEN = re.compile(r"[和与跟、至到-]")
FROM_UNKNOWN_TO = re.compile(r"[从由自][^，。]{1,8}[至到-]")  # 柳泉路从人民公园到…
STRETCH_BEHIND = re.compile(r"(?:路)?段|这段|那段|沿线|这一段")
BETWEEN_BEHIND = re.compile(r"之间|区间|中间")
# A name that ends where a verb has been cut in two: 从北京|路过张店.
PASSES = re.compile(r"过(?![去来了往街桥道河])")
# A shop or school of the same name, in another district: 大润发临淄店.
BRANCH = re.compile(r"(?:分)?(?:店|校区|校|院区|院|公司|广场)")
# What may stand directly in front of a name without being a part of it: words, or a character.
LEADS_IN = re.compile(
    r"(?:现居|[我俺父母]居|[写录登记报填]成|发布|坐标|定位|[后头前]晌|晌午|夜来|傍黑|反映|反应|投诉|举报|关于|一下|请问|人称|你好|您好|谢谢|时候|今天|昨天|今晚|昨晚|每天|天天|最近|早上|晚上|"
    r"以后|之后|别是|现在|老家|本人|地址|地点|位置|小区|属院|大院|单位|附近|对面|旁边|隔壁|问题|情况|热线|麻烦|希望|帮忙)$"
)
LEAD = frozenset(
    "在住是到从于和与跟去来我俺您你他她它这那的过经由距离近临至及往朝向给被让把对说称讲问看找查管回进出里儿号口边侧面旁上下"
    "家们个叫有为趟次遍啥就路街道巷市区镇村了着啊呢吧嘛哈呀嗯哦唉还都也再又赶嘞"
)
LONGEST_LEAD = 2  # characters of it
# Words in front of a name, from the last comma on.
NOT = re.compile(
    r"(?:(?:不要|别|不用)再?去|(?:勿|别|不要)[与和跟同]|(?<![啊哦哎呃唉噢])不是|并非|不在|而非|并不在|不是说)(?:在)?$"
)
AT = re.compile(
    r"(?:位于|地址[是为在：]*|地点[是为在：]*|位置[是为在：]*|就在|发生在|事发地?[是在：]*|现场在?|"
    r"投诉|举报|反映|反应|问题[在是：]*|而是在?|其实[是在]*|实际[是在]*|应该是在?|是在|请到|来|"
    r"查一?下|管管|治理)$"
)
# Between a place and the road it stands at, said behind it: 老张烧烤，在洪沟路上的那家.
STANDS_AT = re.compile(r"[，]?(?:对，)?(?:就?在|位于|就?是|靠近|挨着|紧邻|临近|归|属于?)?")
# Behind such a road or area: 归常青园社区管的那个.
THAT_KIND = re.compile(
    r"(?:(?:上|里|里头|里面|这边|那边|边上?|街上)?(?:管|辖)?的?嘞?(?:[那这]边?的?(?:个|家|片|儿|处)?)|管的|的|嘞)(?=[，。]|[0-9]|$|[一-鿿])"
)
# Words that many names end with: alone they name none.
GENERAL = re.compile(
    r"小区|花园|家园|新村|公寓|广场|大厦|商城|市场|小学|中学|医院|学校|公园|超市|酒店|饭店|宿舍|家属院|烧烤|.[路街村店]"
)
PROBLEM = re.compile(
    r"烧烤|油烟|烟|味|噪|吵|垃圾|占道|摊|臭|漏|堵|坏|施工|扰民|污|违停|停车|乱停|积水|积雪|路灯|井盖|"
    r"冒|熏|呛|脏|乱|破|塌|裂|狗|停水|停电|没水|没电|断|广告|占用|私搭|违建|音响|唱|KTV|饭店|饭馆|餐馆|店|"
    r"排放|倒|堆|烧|无人管|没人管|管理|公厕|厕所|绿化|树|电动车|充电|电梯|暖气|供暖|物业"
)
# An area that stands for those who govern it: 南定镇政府说要建停车场, 找过莲池社区居委会.
AGENCY = re.compile(
    r"(?:政府|居委会?|委员会|街道办|办事处|村委会?|社区|街道|镇)(?=(?:的?(?:人|工作人员|领导|网格员)|也|都|说|让|答复|回复|推|一直))"
    r"|执法|城管|派出所|网格员"
)
CLAUSE = re.compile(r"[，。；！？、：]")

_KINDS = (
    r"小区|花园|家园|新村|公寓|生活区|家属院|广场|大厦|商城|山庄|佳园|嘉园|名城|新城|市场|"
    r"[一-鿿]{2}(?<!街)路|大街|大道|苑|村"
)
_NAMED = re.compile(rf"(?P<name>[一-鿿]{{2,5}}?(?:{_KINDS}))(?![道里])")
_NO_PART = re.compile(
    r".*(?:投诉|举报|反映|反应|位于|路过|经过|住在|家住|我们|咱们|他们|这个|那个|附近|对面|旁边|一个|整个|"
    r"[诉报映的在住是到从于和与跟去来我俺您你他她它这那有把被让给就都也还又不了着过很太个每各某本该])"
)


def unknown_name(text: str) -> str | None:
    """Give what looks like the name of a place that no library knows, or None.

    >>> unknown_name("我住在阳光花园3号楼"), unknown_name("这个小区太吵了")
    ('阳光花园', None)
    """
    for found in _NAMED.finditer(text):
        name = _NO_PART.sub("", found.group("name"))
        if len(name) > 2 and not re.fullmatch(_KINDS, name):
            return name
    return None


def leads_in(text: str, start: int) -> bool:
    """Whether what stands in front of a name is no part of it: it leads there, or is no word."""
    before = text[max(0, start - LONGEST_LEAD) : start]
    last = before[-1:]
    return last in LEAD or not "一" <= last <= "鿿" or LEADS_IN.search(before) is not None


def is_called_old(text: str, start: int, name: str) -> bool:
    """Whether 老 in front of a name only says that it is old: 老张钢家属院, 老中心路."""
    return text[start - 1 : start] == "老" and (
        _OLD.search(name) is not None and leads_in(text, start - 1)
    )


def unknown_behind(text: str, at: int) -> re.Match[str] | None:
    """What stands at a place of a text and looks like a name that no library knows."""
    found = _UNKNOWN_NAME.match(text, at)
    return None if found is None or _NO_NAME.match(found.group()) else found
