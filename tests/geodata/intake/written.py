"""Small files of every format, for tests to read and to break."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

BOOK = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
        "</styleSheet>"
    ),
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return kept.getvalue()


def cell(reference: str, value: object, style: int = 0) -> str:
    """A cell of a worksheet: numbers as they are, anything else as text."""
    if isinstance(value, int | float):
        return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def worksheet(rows: Mapping[int, Iterable[str]], before: str = "") -> str:
    """A worksheet of cells by row number."""
    body = "".join(f'<row r="{n}">{"".join(cells)}</row>' for n, cells in rows.items())
    page = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    return f'<?xml version="1.0"?>{before}{page}'


def workbook(*sheets: str) -> bytes:
    """An XLSX of worksheets, named 表1, 表2 …"""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    related = "".join(
        f'<Relationship Id="s{n}" Type="{RELATED}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets>{listed}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships">{related}<Relationship Id="st" Type="{RELATED}/styles" '
        'Target="styles.xml"/></Relationships>',
    }
    pages = {f"xl/worksheets/sheet{n}.xml": s for n, s in zip(numbers, sheets, strict=True)}
    return archive({**BOOK, **parts, **pages})


def schools(crs: int = 4527) -> gpd.GeoDataFrame:
    """Two features with texts, numbers and moments, in metres of a Chinese zone."""
    return gpd.GeoDataFrame(
        {
            "name": ["张店一中", "实验小学"],
            "code": [370303.0, 370304.0],
            "height": [12.5, None],
            "opened": pd.to_datetime(["2001-09-01T00:00", "2010-09-01T08:30"]),
        },
        geometry=[
            shapely.box(118.0, 36.8, 118.001, 36.801),
            shapely.box(118.1, 36.8, 118.101, 36.801),
        ],
        crs=4326,
    ).to_crs(crs)


def shapefile(
    folder: Path, *, code_page: bool, name: str = "学校", encoding: str = "gb18030"
) -> bytes:
    """A zipped Shapefile whose texts are GB18030; with or without a .cpg that says so."""
    pyogrio.write_dataframe(
        schools().drop(columns="opened"), folder / "layer.shp", encoding=encoding
    )
    endings = ["shp", "shx", "dbf", "prj", *(["cpg"] if code_page else [])]
    return archive({f"{name}.{e}": (folder / f"layer.{e}").read_bytes() for e in endings})


def collection() -> bytes:
    """The same as GeoJSON, in degrees."""
    frame = schools(4326)
    frame["opened"] = frame["opened"].dt.strftime("%Y-%m-%dT%H:%M:%S")
    return json.dumps(json.loads(frame.to_json()), ensure_ascii=False).encode()


def written(folder: Path) -> dict[str, bytes]:
    """A small file of every format, by its ending."""
    frame = schools()
    frame.to_file(folder / "a.gpkg", layer="schools")
    frame.to_file(folder / "a.fgb")
    frame.to_parquet(folder / "a.parquet")
    made = {
        ending: (folder / f"a{ending}").read_bytes() for ending in (".gpkg", ".fgb", ".parquet")
    }
    lines = [json.dumps(feature) for feature in json.loads(collection())["features"]]
    rows = {1: [cell("A1", "id"), cell("B1", "内容")], 2: [cell("A2", 1), cell("B2", "噪声")]}
    table = 'id,内容,lon\n1,"太吵,\n太晚",118.0\n2,呛人,118.1\n'
    return made | {
        ".zip": shapefile(folder, code_page=True),
        ".geojson": collection(),
        ".ndjson": "\n".join(lines).encode(),
        ".xlsx": workbook(worksheet(rows)),
        ".csv": table.encode("gb18030"),
        ".tsv": table.replace(",", "\t").encode("utf-16"),
    }
