"""The words of the data page, in both languages; those with ``{…}`` are filled in the browser."""

from __future__ import annotations

from types import MappingProxyType

from layers._layer import Text

KINDS = MappingProxyType(
    {
        "tickets": Text("诉求工单", "Appeals (tickets)"),
        "addresses": Text("标准地址", "Standard addresses"),
        "areas": Text("区划与网格", "Areas and grids"),
        "markets": Text("市场", "Markets"),
        "merchants": Text("商户", "Merchants"),
        "roads": Text("道路", "Roads"),
        "places": Text("地点", "Places"),
        "layer": Text("其他图层", "Another layer"),
        "decision": Text("地址认定", "Address decision"),
        "demo": Text("演示数据", "Demonstration"),
        "snapshot": Text("旧库存档", "Earlier store"),
    }
)

SYSTEMS = MappingProxyType(
    {
        "": Text("按文件所述", "As the file says"),
        "GCJ-02": Text("GCJ-02(高德、腾讯)", "GCJ-02 (Amap, Tencent)"),
        "BD-09": Text("BD-09(百度)", "BD-09 (Baidu)"),
        "EPSG:4326": Text("EPSG:4326(WGS 84 经纬度)", "EPSG:4326 (WGS 84 degrees)"),
        "EPSG:4490": Text("EPSG:4490(CGCS2000 经纬度)", "EPSG:4490 (CGCS2000 degrees)"),
        "other": Text("其他 EPSG 编号…", "Another EPSG number…"),
    }
)

WORDS = MappingProxyType(
    {
        # 1 the file
        "file": Text("文件", "File"),
        "drop": Text("把文件拖到这里,或点此选择", "Drop a file here, or click to choose one"),
        "formats": Text(
            "CSV · TSV · XLSX · GeoJSON · GeoPackage · Shapefile(zip) · FlatGeobuf · Parquet,"
            "至多 2 GB",
            "CSV · TSV · XLSX · GeoJSON · GeoPackage · Shapefile (zip) · FlatGeobuf · Parquet, "
            "up to 2 GB",
        ),
        "another": Text("换一个文件", "Another file"),
        "sending": Text("正在上传 {done} / {all}", "Sending {done} of {all}"),
        "too_large": Text(
            "{name} 有 {size};至多可上传 2 GB。请拆分后再传,或用命令行入库。",
            "{name} has {size}; up to 2 GB can be sent. Split it, or use the command line.",
        ),
        "no_format": Text(
            "{name} 不是可读取的格式。请换成上面列出的格式之一。",
            "{name} is not a format that is read. Use one of those above.",
        ),
        "one_only": Text("一次只放一个文件。", "One file at a time, please."),
        # 2 the mapping
        "mapping": Text("对应", "Mapping"),
        "kind": Text("这是什么", "What it is"),
        "crs": Text("坐标系", "Coordinates"),
        "epsg": Text("EPSG 编号", "EPSG number"),
        "layer_id": Text("图层标识(小写字母、数字、下划线)", "Layer id (small letters, digits, _)"),
        "layer_title": Text("图层名称", "Layer title"),
        "shipped": Text("采用现成的对应 {name}", "Read by the shipped mapping {name}"),
        "proposed": Text("按列名和内容推定的对应", "Proposed from the names and the values"),
        "edited": Text("按您修改后的对应", "Read by the mapping as you edited it"),
        "incomplete": Text(
            "还缺必需的列,不能入库。请在下面补全对应,或换一种数据。",
            "Needed columns are missing. Complete the mapping below, or choose another kind.",
        ),
        "edit": Text("查看或修改对应(TOML)", "See or edit the mapping (TOML)"),
        "again": Text("按此重新核对", "Look again by this"),
        # 3 the look
        "check": Text("核对", "Check"),
        "looking": Text("正在核对… {seconds} 秒", "Looking at the file… {seconds} s"),
        "would": Text("行可入库", "rows would land"),
        "of_read": Text("共读 {read} 行", "{read} read"),
        "held": Text("扣留 {count} 行", "{count} held back"),
        "unplaced": Text("{count} 行无坐标", "{count} without a place"),
        "in_crs": Text("坐标系 {crs}", "coordinates: {crs}"),
        "in_suspected": Text("坐标系 疑为 {crs}", "coordinates: {crs} suspected"),
        "line": Text("第 {line} 行", "line {line}"),
        "rejects": Text("下载扣留的 {count} 行(CSV)", "Download the {count} rows held back (CSV)"),
        "notes": Text("读取说明 {count} 条", "Notes of the reading: {count}"),
        "question": Text("需要您决定", "This needs your decision"),
        "use": Text("改用 {crs}", "Use {crs}"),
        "anyway": Text("仍按原样入库", "Import as it is"),
        "answered": Text("已选择:按原样入库", "Chosen: import as it is"),
        # 4 the import
        "bring": Text("入库", "Import"),
        "bring_rows": Text("入库 {count} 行", "Import {count} rows"),
        "first_decide": Text("先回答上面的疑问。", "Decide on the question above first."),
        "bringing": Text("正在入库… {seconds} 秒", "Importing… {seconds} s"),
        "stop": Text("停止", "Stop"),
        "stopped": Text("已停止,什么也没有写入。", "Stopped; nothing was written."),
        "retry": Text("再试一次", "Try again"),
        "brought": Text("已入库 {count} 行,第 {batch} 批", "{count} rows are in, batch {batch}"),
        "known": Text(
            "这个文件此前已入库(第 {batch} 批),未重复写入。",
            "This very file came before (batch {batch}); nothing was written again.",
        ),
        "nothing": Text("没有可入库的行。", "No row could be brought in."),
        "see": Text("在规划分析中查看", "See it on the planning desk"),
        # the batches
        "batches": Text("已入库的批次", "Batches"),
        "no_batches": Text("还没有批次。", "There are no batches yet."),
        "rows": Text("{count} 行", "{count} rows"),
        "undo": Text("撤回", "Take back"),
        "undo_sure": Text("确认撤回 {count} 行", "Really take back {count} rows"),
        "undoing": Text("正在撤回… {seconds} 秒", "Taking back… {seconds} s"),
        "undone": Text("已撤回", "taken back"),
        "held_csv": Text("扣留行", "Held back"),
        # the map and the rows
        "ten": Text("入库后的前十行", "The first ten rows as they would land"),
        "on_map": Text("预览 {drawn} / {count} 行", "Preview: {drawn} of {count} rows"),
        "map": Text("预览地图", "Map of the preview"),
        # who may write
        "token_why": Text(
            "此浏览器不在服务器本机上。入库须持令牌:请粘贴(由 python -m geodata token 名称 签发)。",
            "This browser is not on the server's own machine. Paste a token to bring data in "
            "(issued by python -m geodata token NAME).",
        ),
        "token": Text("令牌", "Token"),
        "token_use": Text("使用", "Use it"),
        "token_wrong": Text("令牌无效或已撤销。", "The token is not known, or has been revoked."),
        "lost": Text("连接中断,正在重试。", "The connection is lost; trying again."),
        "gone": Text(
            "这个文件已过期(保留一天)。请重新上传。",
            "This file is no longer kept (one day). Send it again.",
        ),
        # refusals by their status, where the answer has no Chinese of its own
        "refused_409": Text(
            "正在处理此文件或其他入库,请稍后再试。",
            "Something else is being worked on; try again in a moment.",
        ),
        "refused_413": Text("文件太大,至多 2 GB。", "The file is too large; 2 GB can be sent."),
        "refused_415": Text("不是可读取的格式。", "It is not of a format that is read."),
        "refused_507": Text(
            "服务器磁盘空间不足,请腾出空间后再传。",
            "The disk of the server has no room for this file.",
        ),
        "no_webgl": Text("此浏览器不能绘制地图。", "This browser cannot draw the map."),
    }
)
