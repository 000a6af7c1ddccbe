"""Why a file as a whole is refused, and how it was read."""

from __future__ import annotations

from types import MappingProxyType

TEMPLATES = MappingProxyType(
    {
        # how it was read
        "declared": "指定",
        "detected": "识别",
        "encoding {} ({~})": "编码 {}（{}）",
        "sheet {} of {}": "工作表 {}，共有 {}",
        "layer {} of {}": "图层 {}，共有 {}",
        # any file
        "There is no file {}.": "没有文件 {}。",
        "{} is not a format that can be read; use {} or {}.": (
            "{} 不是可读取的格式；请用 {} 或 {}。"
        ),
        "{} is not a format that is read; use one of {}.": "{} 不是可读取的格式；请用 {} 之一。",
        "{} cannot be read: {~}.": "{} 无法读取：{}。",
        "{} could not be read within {} seconds.": "{} 在 {} 秒内未能读完。",
        "it takes too much time or memory": "耗时或内存过多",
        "it needs too much memory, or is damaged": "所需内存过多，或文件已损坏",
        "the reader broke off ({})": "读取中断（{}）",
        "the reader broke off ({}); it is damaged": "读取中断（{}），文件已损坏",
        "{} needs too much memory to be read.": "读取 {} 所需内存过多。",
        "{} has {} columns; {} can be read.": "{} 有 {} 列；最多可读 {} 列。",
        "{} has a shape of {} vertices; {} can be read. Simplify it.": (
            "{} 有一个图形含 {} 个顶点；最多可读 {} 个。请简化图形。"
        ),
        "{} has a shape of more than {} vertices. Simplify it.": (
            "{} 有一个图形的顶点超过 {} 个。请简化图形。"
        ),
        "{} has no lines or polygons to compare with.": "{} 没有可供比对的线或面。",
        "{} is not used here": "{} 在此不使用",
        # archives
        "{} is not a whole archive: {~}.": "{} 不是完整的压缩包：{}。",
        "{} in the archive is damaged: {~}.": "压缩包中的 {} 已损坏：{}。",
        "{} has {} members; {} may be in an archive.": "{} 含 {} 个文件；压缩包最多 {} 个。",
        "{} unpacks to {} MB; {} are allowed.": "{} 解压后为 {} MB；最多允许 {} MB。",
        "{} unpacks to {} times its size; {} are allowed.": (
            "{} 解压后为原大小的 {} 倍；最多允许 {} 倍。"
        ),
        "{} has members that lie over each other.": "{} 中的文件互相重叠。",
        "{} has two members of one name.": "{} 中有两个同名文件。",
        "{} has a member outside itself: {}.": "{} 中有文件指向压缩包之外：{}。",
        "{} has a link as a member: {}.": "{} 中有链接文件：{}。",
        "{} is locked with a password ({}). Save it without.": (
            "{} 有密码保护（{}）。请去掉密码后另存。"
        ),
        "{} has a member that unpacks to more than {} times its size.": (
            "{} 中有文件解压后超过原大小的 {} 倍。"
        ),
        # GeoJSON
        "encoding utf-8 (JSON)": "编码 utf-8（JSON）",
        "{} has {} MB; GeoJSON may have {}. Write it as FlatGeobuf or GeoPackage.": (
            "{} 有 {} MB；GeoJSON 最多 {} MB。请存为 FlatGeobuf 或 GeoPackage。"
        ),
        "{} is not GeoJSON features: none has properties and geometry.": (
            "{} 不是 GeoJSON 要素：没有一个带属性和图形。"
        ),
        "{} is not GeoJSON features: {~}.": "{} 不是 GeoJSON 要素：{}。",
        "{} is not GeoJSON features. It must be a FeatureCollection, a Feature, or a list of"
        " features.": "{} 不是 GeoJSON 要素。应为 FeatureCollection、Feature 或要素列表。",
        "{} has {} properties; {} can be read.": "{} 有 {} 个属性；最多可读 {} 个。",
        "{} has a property that is no text: {~}.": "{} 有属性不是文本：{}。",
        # Parquet
        "{} has {} rows and unpacks to {} MB; {} rows and {} MB can be read. Split it.": (
            "{} 有 {} 行，解压后 {} MB；最多可读 {} 行、{} MB。请拆分。"
        ),
        "{} writes shapes as {}; write them as WKB.": "{} 的图形写作 {}；请写作 WKB。",
        "{} is not Parquet that can be read: {~}.": "{} 不是可读取的 Parquet：{}。",
        "{} has a geometry that is not WKB: {~}.": "{} 有图形不是 WKB：{}。",
        # separated text
        "{} is empty; its first line must name the columns.": "{} 是空的；首行应为列名。",
        "{}: in the head, {~}.": "{}：表头中，{}。",
        "{} lines were counted and {} read. Write the file anew, with every cell in quotes.": (
            "共有 {} 行，只读出 {} 行。请重新导出，每个单元格加引号。"
        ),
        "{} has {} MB; a text may have {}. Split it.": "{} 有 {} MB；文本最多 {} MB。请拆分。",
        "{} is UTF-16 without a mark, or no text at all. Name its encoding in the mapping.": (
            "{} 是不带标记的 UTF-16，或不是文本。请在对应中写明编码。"
        ),
        "{}, line {}: a byte there is not utf-8, while the rest is. Mend the line, or name the"
        " encoding in the mapping.": (
            "{} 第 {} 行有字节不是 utf-8，其余都是。请修正该行，或在对应中写明编码。"
        ),
        "{} is not {}: {~}. Name its encoding in the mapping.": (
            "{} 不是 {} 编码：{}。请在对应中写明编码。"
        ),
        "{} is not utf-8 or gb18030: {~}. Name its encoding in the mapping.": (
            "{} 既不是 utf-8 也不是 gb18030：{}。请在对应中写明编码。"
        ),
        # Shapefile, GeoPackage, FlatGeobuf
        "{} has no layer {}; it has {}.": "{} 没有图层 {}；只有 {}。",
        "{} must hold one Shapefile: one .shp, .shx and .dbf of the same name. It holds {}.": (
            "{} 应含一个 Shapefile：同名的 .shp、.shx、.dbf 各一个。现有 {}。"
        ),
        "{} has its Shapefile in a folder. Pack the files themselves.": (
            "{} 的 Shapefile 放在文件夹里。请直接压缩这些文件。"
        ),
        "{} is not what its name says: {} begins otherwise.": (
            "{} 与其扩展名不符：{} 文件不是这样开头的。"
        ),
        # spreadsheets
        "{} is empty; its first row must name the columns.": "{} 是空的；首行应为列名。",
        "{} has no row that names its columns.": "{} 没有列名行。",
        "{} declares entities in {}; no spreadsheet program does.": (
            "{} 的 {} 中声明了实体；正常的表格文件不会如此。"
        ),
        "{} has a cell in column {}; {} columns can be read. Delete what lies to the right of the"
        " table.": "{} 在第 {} 列有单元格；最多可读 {} 列。请删去表格右侧的内容。",
        "{} has a cell below row {}. Delete what lies below the table, or save it as CSV.": (
            "{} 在第 {} 行以下有单元格。请删去表格下方的内容，或存为 CSV。"
        ),
        "{} has no sheet {}; it has {}.": "{} 没有工作表 {}；只有 {}。",
        "{} has {} columns and {} rows; {} and {} can be read.": (
            "{} 有 {} 列、{} 行；最多可读 {} 列、{} 行。"
        ),
        "{} is not a spreadsheet that can be read: {~}.": "{} 不是可读取的表格：{}。",
    }
)
