"""Why a row was held back, what to do about it, and what was mended."""

from __future__ import annotations

from types import MappingProxyType

TEMPLATES = MappingProxyType(
    {
        # single words that stand in a hole
        "Point": "点",
        "Line": "线",
        "Polygon": "面",
        "market": "市场",
        "merchant": "商户",
        "place": "地点",
        # reasons
        "has no id": "没有编号",
        "stands on line {} already": "与第 {} 行重复",
        "stands already in line {}": "与第 {} 行重复",
        "is not a number": "不是数字",
        "is not a time": "不是可识别的时间",
        "is a placeholder, not a time": "是占位值，不是时间",
        "is a placeholder, not a date": "是占位值，不是日期",
        "lies in the future": "晚于当前时间",
        "is not WKT": "不是 WKT",
        "has a coordinate that is not a number": "有坐标不是数字",
        "has half a position": "经纬度只有一半",
        "is not on the earth": "坐标不在地球上",
        "has no shape": "没有图形",
        "is not a {~} as the others are": "不是{}，与其他行不一致",
        "encloses nothing": "图形没有面积",
        "has no time": "没有时间",
        "has no category": "没有类别",
        "has no road, compound, building or place": "没有道路、院落、楼栋或地点",
        "is not its finest element": "与该地址最细的要素不符",
        "is not a known status": "不是可识别的状态",
        "is not a known standing": "不是可识别的主辅标识",
        "is not an opening time": "不是营业时间",
        "is not a unified social credit code": "不是统一社会信用代码",
        "has no line": "没有线形",
        "has no position": "没有位置",
        "is missing": "缺失",
        # reasons of what comes live
        "is not an object": "不是 JSON 对象",
        "is not a column of tickets": "不是工单的列",
        "is not a text": "不是文本",
        "has {} characters": "有 {} 个字符",
        "holds a control character": "含有控制字符",
        "is not a known CRS": "不是可识别的坐标系",
        "stands in this request already, at index {}": "在本次请求中已有，序号 {}",
        "does not fit the coordinates": "与坐标不符",
        # lines that could not be read
        "has {} columns; the head has {}": "有 {} 列，表头为 {} 列",
        "has a NUL byte": "含有空字节（NUL）",
        "the quote opened here is never closed": "此处的引号没有闭合",
        "has text behind a closed quote; a quote inside a cell is written twice": (
            "引号闭合后还有文字；单元格内的引号应写两次"
        ),
        "is not a GeoJSON feature": "不是 GeoJSON 要素",
        "is not JSON: {~}": "不是 JSON：{}",
        "has a geometry that cannot be read": "图形无法读取",
        "{} is not a number in JSON": "{} 不是 JSON 数字",
        # cures
        "Mend the line.": "请修正该行。",
        "Give every row an id of its own.": "请给每行一个唯一编号。",
        "Give every row an id of its own, or leave one of them.": (
            "请给每行一个唯一编号，或只保留其中一行。"
        ),
        "Keep one of the two.": "两行请保留一行。",
        "Write digits, with a point if needed.": "请填数字，可带小数点。",
        "Write {}, or add its format to the mapping.": "请写成 {}，或在对应中加上这种格式。",
        "Say when it was, or leave the row out.": "请补充时间，或删去该行。",
        "Give the time it was accepted, or leave the row out.": "请补充受理时间，或删去该行。",
        "Check the clock of the source, and day and month in the mapping's formats.": (
            "请核对来源的时钟，以及对应中日期格式的日、月次序。"
        ),
        "Write POINT (x y).": "请写成 POINT (x y)。",
        "Give every vertex two numbers.": "每个顶点请给两个数字。",
        "Give both, or none.": "请经纬度都填，或都不填。",
        "Check the order (lon before lat) and the crs of the mapping.": (
            "请核对次序（经度在前）和对应中的坐标系。"
        ),
        "Check the order (lon before lat) and the crs.": "请核对次序（经度在前）和坐标系。",
        "lon and lat look swapped: give lon first.": "经纬度似乎颠倒，请把经度放在前面。",
        "Give every area a polygon.": "请给每个区域一个面。",
        "Say when the appeal was accepted.": "请补充诉求的受理时间。",
        "Say what the appeal is about.": "请补充诉求类别。",
        "Name one.": "请至少填一项。",
        "Write {}, or leave it empty.": "请填 {}，或留空。",
        "Write one of {}, or leave it empty.": "请填 {} 之一，或留空。",
        "Check it against the licence: 18 characters, the last is computed. Or leave it empty.": (
            "请对照营业执照核对：共 18 位，末位为校验码。或留空。"
        ),
        "Give every road a LineString.": "请给每条道路一条线（LineString）。",
        "Give every place lon and lat, or a geometry.": "请给每个地点经纬度或图形。",
        "Give every {~} its {}.": "请给每个{}填写 {}。",
        "{} is not an opening time. Write it as on OpenStreetMap, for example {}.": (
            "{} 不是营业时间。请按 OpenStreetMap 的写法，例如 {}。"
        ),
        "Draw the shape again.": "请重新绘制图形。",
        "Give it one, or bring it in as a layer of its own.": "请补上图形，或另作一个图层入库。",
        "Send every ticket as an object.": "每张工单请作为一个 JSON 对象发送。",
        "A ticket has {}, and crs.": "工单的列为 {} 和 crs。",
        "Send a JSON number, or null.": "请发送 JSON 数字或 null。",
        "Send a JSON string, or null.": "请发送 JSON 字符串或 null。",
        "Send at most {}.": "至多 {} 个字符。",
        "Leave it out.": "请去掉。",
        "Write EPSG:…, GCJ-02 or BD-09.": "请写 EPSG:…、GCJ-02 或 BD-09。",
        "Send an id once in a request.": "同一编号在一次请求中只发一次。",
        # what was mended
        "{} times {~}, e.g. line {}.": "{} 次：{}，如第 {} 行。",
        "{} was a placeholder such as {} and is left empty": "{} 是占位值（如 {}），已留空",
        "a shape was not valid and was mended": "图形无效，已修复",
    }
)
