"""The words of the address desk in both languages; the browser fills those with ``{…}``."""

from __future__ import annotations

from types import MappingProxyType

from layers._layer import Text

LEVELS = MappingProxyType(
    {
        "district": Text("区", "district"),
        "town": Text("街镇", "town"),
        "community": Text("社区", "community"),
        "grid": Text("网格", "grid"),
        "road": Text("道路", "road"),
        "road_no": Text("门牌", "door"),
        "quarter": Text("小区", "compound"),
        "building": Text("楼栋", "building"),
        "unit": Text("单元", "unit"),
        "floor": Text("楼层", "floor"),
        "room": Text("户室", "room"),
        "poi": Text("兴趣点", "place"),
    }
)

# Why most appeals of a name have no address, by the codes of the matcher. The Chinese page has the
# matcher's own sentence, which says more.
REASONS = MappingProxyType(
    {
        "goes_on": "{name} goes on; it may be the name of another place.",
        "begins": "Something stands before {name}; it may be the name of another place.",
        "zone": "This zone of {name} is not in the address book.",
        "zones": "More than one zone of {name} is told; nothing tells which is meant.",
        "unknown": "What is named after {name} is not in the address book.",
        "partial": "{name} is not a whole name; several places could be meant.",
        "contradicts": "{name} does not agree with what else is said, or with where it lies.",
        "homonym": "Several places are called {name}; nothing tells which is meant.",
        "several": "Beside {name} another place is named; nothing tells where the problem is.",
        "no_row": "The address book has no entry for {name} itself.",
        "unlisted": "{name} is not in the address book.",
    }
)

WORDS = MappingProxyType(
    {
        "tab_queue": Text("待核", "To decide"),
        "tab_coverage": Text("覆盖", "Coverage"),
        "tab_decided": Text("已决定", "Decided"),
        "dark": Text("深色", "Dark"),
        "light": Text("浅色", "Light"),
        # the queue
        "pieces": Text("{count} 件", "{count}"),
        "queue_of": Text(
            "{groups} 个名称待核 · 共 {appeals} 件无地址",
            "{groups} names to decide · {appeals} appeals without an address",
        ),
        "queue_rest": Text("其中 {silent} 件未提地点", "{silent} of them name no place"),
        # what needs no decision
        "ready": Text(
            "{count} 件诉求不需要认定,现在就能定位",
            "{count} appeals can be placed without a decision",
        ),
        "place_all": Text("全部定位", "Place all"),
        "placing_all": Text("正在定位 {count} 件 · {seconds} 秒", "Placing {count} · {seconds} s"),
        "placed_all": Text("已定位 {count} 件诉求", "{count} appeals are placed"),
        "rematched": Text("按地址库重新匹配", "Matched again with the address book"),
        "preparing": Text("正在整理…", "Being prepared…"),
        "preparing_of": Text("正在整理 {done} / {of} 件", "Being prepared: {done} of {of}"),
        "all_done": Text("没有待核的名称。", "No name waits for a decision."),
        "more": Text("再看 {count} 个", "{count} more"),
        # a name
        "unlocks": Text("件诉求等这个名称", "appeals wait for this name"),
        "means": Text("它指的是", "It means"),
        "no_candidates": Text(
            "地址库中没有相近的地点,请在下方查找。", "Nothing like it is known; search below."
        ),
        "same": Text("名称一致", "called so"),
        "alike": Text("名称相近", "much the same name"),
        "near": Text("就在这些诉求附近", "close to these appeals"),
        "away": Text("距诉求 {metres}", "{metres} from the appeals"),
        "would": Text("将定位 {count} 件", "would place {count}"),
        "choose": Text("就是这里", "This one"),
        "other": Text("查找其他地址", "Search another address"),
        "other_hint": Text("小区、道路门牌、单位或社区", "A compound, a door, a shop, a community"),
        "nothing_found": Text("没有找到", "Nothing found"),
        "no_place": Text("不是地名", "Names no place"),
        "examples": Text("他们这样说", "What they said"),
        "map": Text("候选地点与相关诉求的位置", "The candidates, and where the appeals lie"),
        "legend_points": Text("提到它的诉求", "appeals that speak of it"),
        "legend_candidates": Text("候选地点", "candidates"),
        "no_webgl": Text("此浏览器无法显示地图。", "This browser cannot show the map."),
        # a decision
        "deciding": Text("“{mention}”正在定位…", "“{mention}”: placing…"),
        "not_decided": Text("“{mention}”未能认定:{why}", "“{mention}” was not decided: {why}"),
        "decided": Text("这一条决定定位了 {count} 件诉求", "This decision placed {count} appeals"),
        "decided_none": Text(
            "“{mention}”不再作为地名", "“{mention}” is no longer taken for a place"
        ),
        "undo": Text("撤销", "Undo"),
        "undo_sure": Text("确认撤销 {count} 件?", "Take {count} back?"),
        "undoing": Text("正在撤销…", "Taking it back…"),
        "undone": Text("已撤销", "taken back"),
        "was_undone": Text("已撤销,恢复原样。", "Taken back; all is as it was."),
        "no_decisions": Text("还没有决定。", "There are no decisions yet."),
        "names_none": Text("不是地名", "names no place"),
        "by": Text("{by} · {at}", "{by} · {at}"),
        "placed": Text("定位 {count} 件", "placed {count}"),
        "here": Text("本机", "this machine"),
        # the coverage
        "matched": Text("已有标准地址", "With a standard address"),
        "first": Text("首次即匹配(无需人工)", "Matched at first, without a clerk"),
        "by_text": Text("由描述自动匹配", "Found in what was said"),
        "by_clerk": Text("由人工决定定位", "Placed by a clerk"),
        "far": Text("地址与坐标相距超 300 米", "Over 300 m from their own point"),
        "repeated": Text("重复地址", "Repeated addresses"),
        "empty": Text("没有地址的网格", "Grids without addresses"),
        "by_community": Text("各社区匹配率(低者在前)", "By community, lowest first"),
        "by_channel": Text("各来源匹配率", "By source"),
        "by_level": Text("匹配到的层级", "By level of the address"),
        "no_empty": Text("每个网格都有地址。", "Every grid has addresses."),
        "duplicates": Text("重复的地址", "Addresses that stand twice"),
        "no_duplicates": Text("没有重复的地址。", "No address stands twice."),
        "unknown_channel": Text("未注明", "not said"),
        "counting": Text("正在统计…", "Counting…"),
        "on_map": Text("在地图上看匹配率", "See it on the map"),
        # who asks
        "token": Text("令牌", "Token"),
        "token_why": Text(
            "处理地址需要令牌(python -m geodata token 名称)。",
            "A token is needed here (python -m geodata token NAME).",
        ),
        "token_use": Text("使用", "Use it"),
        "token_wrong": Text("令牌无效。", "This token is not known."),
        "lost": Text("连接中断,请稍后再试。", "The connection is lost; try again in a moment."),
    }
)
