"""What a person should check of a proposed mapping."""

from __future__ import annotations

from types import MappingProxyType

TEMPLATES = MappingProxyType(
    {
        # what is missing
        "No column was found for {}, which every row of {} needs: write {~}.": (
            "没有找到 {} 列，{} 的每一行都需要它：请写{}。"
        ),
        "No column was found for {}, which every row of {} needs: write {~}. {} is different in"
        " every row looked at and could serve.": (
            "没有找到 {} 列，{} 的每一行都需要它：请写{}。{} 在所看的各行中都不同，可以用。"
        ),
        "a column for it": "对应的列名",
        "a column that names each row once": "每行不重复的列",
        "a column that names each area once": "每个区域不重复的列",
        'a column, or the same word for all rows: kind = "=夜市"': (
            '列名，或所有行同一个词：kind = "=夜市"'
        ),
        'a column of opening hours, or one for all rows such as windows = "=24/7"': (
            '营业时间列，或所有行同一时间：windows = "=24/7"'
        ),
        'a file with shapes, or a column of WKT: wkt = {wkt = "the_geom"}': (
            '带图形的文件，或 WKT 列：wkt = {wkt = "the_geom"}'
        ),
        "Only one of longitude and latitude was found; half a position is not taken.": (
            "经度和纬度只找到一个，不能定位，未采用。"
        ),
        # what was guessed
        "{} is put together from {}; no finer clock is known.": (
            "{} 由 {} 拼成，没有更精确的时刻。"
        ),
        "{} is taken from {} by its values alone; check it.": "{} 仅凭内容取自 {}，请核对。",
        "{} is taken from {} by its name, but its values do not look so.": (
            "{} 按列名取自 {}，但内容不像，请核对。"
        ),
        "{} is taken from {} by a part of its name; check it.": "{} 按部分列名取自 {}，请核对。",
        "{} is taken from {}; {} would do nearly as well.": "{} 取自 {}；{} 也几乎同样合适。",
        "Several shipped mappings fit as well: {}.": "也有多个现成的对应适用：{}。",
        "{}: left out on purpose: it says who a person is or how to reach them.": (
            "{}：涉及个人身份或联系方式，有意不取。"
        ),
        "left out on purpose: it says who a person is or how to reach them": (
            "涉及个人身份或联系方式，有意不取"
        ),
        # dates and states
        "{} could as well be {}: no value decides it; {} is proposed for {}.": (
            "{0} 的格式也可能是 {1}，内容无法判定；{3} 暂按 {2} 读取。"
        ),
        "{} is written month first in some rows and day first in others; {} is proposed for {}.": (
            "{0} 有的行月在前，有的行日在前；{2} 暂按 {1} 读取。"
        ),
        "could as well be {}: no value decides it": "也可能是 {}，内容无法判定",
        "is written month first in some rows and day first in others": (
            "有的行月在前，有的行日在前"
        ),
        "{} of {} is in no format that is known.": "{1} 中有 {0} 的格式无法识别。",
        "These states are not known and stay as they are: {}.": "这些状态无法识别，保持原样：{}。",
        # positions
        "The columns are swapped: the values of each fit only the other.": (
            "两列颠倒：各自的值只适合另一列。"
        ),
        "{~} The columns are swapped: the values of each fit only the other.": (
            "{}两列颠倒：各自的值只适合另一列。"
        ),
        "The coordinates are of no size that is known; give the crs yourself.": (
            "坐标数值的大小无法判断坐标系；请自行选择。"
        ),
        "By their size the coordinates are feet of New York (EPSG:2263).": (
            "按数值大小，坐标是纽约的英尺坐标（EPSG:2263）。"
        ),
        "The coordinates look like Gauss–Krüger metres without a zone; give the crs of the central"
        " meridian, for example EPSG:4548 for 117° E.": (
            "坐标像不带带号的高斯–克吕格米制坐标；"
            "请按中央子午线选坐标系，如东经 117° 为 EPSG:4548。"
        ),
        "By their size the coordinates are Web Mercator metres; check it.": (
            "按数值大小，坐标是 Web 墨卡托米制坐标，请核对。"
        ),
        "By their size the eastings are of 3° zone {}.": "按数值大小，东坐标属 3° 带第 {} 带。",
        "By their size the eastings are of 6° zone {}.": "按数值大小，东坐标属 6° 带第 {} 带。",
        "The names {} say {}; the values are degrees and cannot confirm it.": (
            "列名 {} 表明是 {}；内容是度数，无法印证。"
        ),
        "{~} The names {} say {}; the values are degrees and cannot confirm it.": (
            "{}列名 {} 表明是 {}；内容是度数，无法印证。"
        ),
    }
)
