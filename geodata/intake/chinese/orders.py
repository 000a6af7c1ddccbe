"""Why an import as it was asked for, its mapping, its CRS or its upload is refused."""

from __future__ import annotations

from types import MappingProxyType

TEMPLATES = MappingProxyType(
    {
        # mappings
        "The mapping cannot be read: {~}.": "对应无法读取：{}。",
        "The mapping {} cannot be read: {~}.": "对应 {} 无法读取：{}。",
        "Mapping {} is for {}, not for {}.": "对应 {} 用于 {}，不用于 {}。",
        "{} lacks columns that the mapping {} needs: {}.": "{} 缺少对应 {} 所需的列：{}。",
        "Mapping {}: kind is {}; it must be one of {}.": "对应 {}：kind 为 {}；应为 {} 之一。",
        "Mapping {}: {} is not a key of a mapping file.": "对应 {}：{} 不是对应文件的键。",
        "Mapping {}: {} is {}; it must be {~}.": "对应 {}：{} 为 {}；应为{}。",
        "a table": "一个表",
        "a text": "一段文本",
        "Mapping {}: {} is not a list of texts.": "对应 {}：{} 不是文本列表。",
        'Mapping {} must be a table of texts: "theirs" = "ours".': (
            '对应 {} 应为文本表："原值" = "新值"。'
        ),
        "Several shipped mappings fit ({}); choose one with --mapping.": (
            "有多个现成的对应适用（{}）；请选定一个。"
        ),
        "No shipped mapping of {} fits this file (tried {}). Its columns are: {}. Write a mapping"
        " file and give it with --mapping.": (
            "没有适用于此文件的 {} 对应（试过 {}）。文件的列为：{}。请写一份对应。"
        ),
        "Mapping {}: {} is not a column of {}. Its columns are {}.": (
            "对应 {}：{} 不是 {} 的列。其列为 {}。"
        ),
        'Mapping {}: {} is not understood. Write a column name, "=constant", a list of columns,'
        " {column=…, optional=true}, {wkt=…} or {date=…, time=…}.": (
            '对应 {}：{} 无法理解。请写列名、"=常量"、列名列表、{{column=…, optional=true}}、'
            "{{wkt=…}} 或 {{date=…, time=…}}。"
        ),
        "Mapping {}: timezone {} is not an IANA name.": "对应 {}：时区 {} 不是 IANA 名称。",
        "Mapping {}: the format {} is not understood: {~}.": "对应 {}：格式 {} 无法理解：{}。",
        "Mapping {}: {~}.": "对应 {}：{}。",
        "the format {} is not understood: {~}": "格式 {} 无法理解：{}",
        "kind is {}; it must be one of {}.": "kind 为 {}；应为 {} 之一。",
        # coordinate systems
        "The coordinate system": "坐标系",
        "{~} {} is not known. Write EPSG:…, GCJ-02 or BD-09.": (
            "{} {} 无法识别。请写 EPSG:…、GCJ-02 或 BD-09。"
        ),
        "The coordinate system {} is not known. Write EPSG:…, GCJ-02 or BD-09.": (
            "坐标系 {} 无法识别。请写 EPSG:…、GCJ-02 或 BD-09。"
        ),
        "Mapping {}: crs {} is not known. Write EPSG:…, GCJ-02 or BD-09.": (
            "对应 {}：坐标系 {} 无法识别。请写 EPSG:…、GCJ-02 或 BD-09。"
        ),
        "crs is {}; write EPSG:…, GCJ-02 or BD-09.": "crs 为 {}；请写 EPSG:…、GCJ-02 或 BD-09。",
        "None of the coordinates fits {} (zone {}), such as x = {}, y = {}. {~}": (
            "没有坐标符合 {}（{} 带），如 x = {}，y = {}。{}"
        ),
        "They are northing before easting: swap the two columns.": (
            "是北坐标在前、东坐标在后：请对调两列。"
        ),
        "Their eastings name another zone: declare the crs {}.": (
            "东坐标的带号是另一带：请选坐标系 {}。"
        ),
        "An easting has six digits, or eight with the zone: check the declared crs.": (
            "东坐标应为六位，带带号为八位：请核对坐标系。"
        ),
        # what is there already, or not yet
        "Nothing to do: batch {} of {} brought this very file.": (
            "无需入库：{1} 的第 {0} 批已收入此文件。"
        ),
        "{} has no {}; times without an offset are read in {}.": (
            "{} 没有 {}；不带时区的时间按 {} 读取。"
        ),
        "{} has no {}. Import areas first, or write one: see docs/how-to/bring-your-own-data.md.": (
            "{} 没有 {}。请先导入区划，或自行编写：见 docs/how-to/bring-your-own-data.md。"
        ),
        "Areas come later: until then a given grid code is kept as it is.": (
            "区划尚未导入：在此之前，所给网格编码原样保留。"
        ),
        "{} names no root yet, and {} of these areas have no parent. Write the root's code into {},"
        " or give every area but one its parent.": (
            "{} 还没有根区划，而这些区划中有 {} 个没有上级。请把根区划代码写入 {}，"
            "或除一个之外都填上级。"
        ),
        "{} comes from the mapping {}.": "{} 取自对应 {}。",
        "There are no areas yet. Import areas first; everything lies in one.": (
            "还没有区划。请先导入区划，一切都归属于区划。"
        ),
        "The root area is {}, but place.toml names {}. Make the two agree.": (
            "根区划是 {}，而 place.toml 写的是 {}。请使两者一致。"
        ),
        "The areas {} are their own ancestors.": "区划 {} 的上级循环。",
        "The area codes {} stand twice.": "区划代码 {} 重复。",
        "Area {} names the parent {}, which is not there.": "区划 {} 的上级 {} 不存在。",
        "A place has one root area; these have no parent: {}.": (
            "只能有一个根区划；这些都没有上级：{}。"
        ),
        "There is no batch {}; the last are: {}.": "没有第 {} 批；最近的是：{}。",
        "Batch {} is no import ({}); it cannot be taken back.": (
            "第 {} 批不是导入（{}），不能撤回。"
        ),
        "Batch {} has been taken back already.": "第 {} 批已经撤回。",
        # plain layers
        "--id {} cannot stand in an address. Write small letters, digits and underscores, a letter"
        " first.": "图层标识 {} 不能用。请用小写字母、数字和下划线，以字母开头。",
        "The layer needs an id: the file's name {} gives none. Add --id.": (
            "图层需要标识：文件名 {} 不能用作标识。请填写图层标识。"
        ),
        "{} has neither shapes nor columns of coordinates.": "{} 既没有图形，也没有坐标列。",
        # what comes live
        "The body is not JSON in UTF-8: {~}.": "请求正文不是 UTF-8 的 JSON：{}。",
        "{}: beside tickets there may be crs only.": "{}：除 tickets 外只能有 crs。",
        "crs must be a text such as GCJ-02 or EPSG:4326.": "crs 应为文本，如 GCJ-02 或 EPSG:4326。",
        'The body must be a ticket, a list of tickets, or {"tickets": […]}.': (
            '请求正文应为一张工单、工单列表或 {"tickets": […]}。'
        ),
        "{} tickets were sent; one request takes 1 to {}.": (
            "发来 {} 张工单；一次请求为 1 至 {} 张。"
        ),
        "Who was answering ended before this question was answered.": "处理进程已结束，未作答复。",
        # uploads
        "Another import is under way; try again in a moment.": "另一个写入正在进行，请稍后再试。",
        "No appeal waits for a decision about {}.": ("没有诉求在等{}的认定；可能刚刚已有人认定。"),
        "The address book has changed meanwhile. Try again in a moment.": (
            "地址库刚刚有变动，请稍后再试。"
        ),
        "It needs more than {} MB of memory. Bring a part.": (
            "所需内存超过 {} MB。请只传其中一部分。"
        ),
        "The disk of the server has no room for this file. Make room there, then send it again.": (
            "服务器磁盘空间不足。请腾出空间后再传。"
        ),
        "There is no such upload; files are kept for a day. Send the file again.": (
            "没有这个文件；文件只保留一天。请重新上传。"
        ),
        "It broke off ({}). The server's log has the whole of it.": (
            "处理中断（{}）。详见服务器日志。"
        ),
        "It ended without an answer. Try again.": "处理已结束，没有结果。请再试一次。",
        "{} files are being looked at already. Try again in a moment.": (
            "已有 {} 个文件正在核对。请稍后再试。"
        ),
        "It took more than {} minutes. Bring a part of the file.": (
            "用时超过 {} 分钟。请只传其中一部分。"
        ),
        "It was ended from outside, perhaps for want of memory. Try again, or a smaller file.": (
            "处理被终止，可能内存不足。请再试一次，或传小一些的文件。"
        ),
        "This file is being worked on already. Wait for it, or stop it.": (
            "此文件正在处理。请等待，或先停止。"
        ),
        "Another import is at work. Wait until it has ended, then try again.": (
            "另一个入库正在进行。请待其结束后再试。"
        ),
    }
)
