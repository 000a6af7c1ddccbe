"""What a line of a table costs when it is wrong: itself, and nothing else."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.intake.files import read_sheet
from geodata.intake.kinds import CHECKS
from geodata.intake.mapping import mapping_of
from geodata.intake.rows import canonical, table

OPEN = "the quote opened here is never closed"
ROWS = 100_000
POISON = (
    "{i},abc,36.8,2026-01-01 00:00:00,x",
    "{i},118.0,36.8,2026-13-45 00:00:00,x",
    "{i},118.0,36.8,2026-01-01 00:00:00,x,extra,cols",
    "{i},118.0",
    '{i},118.0,36.8,2026-01-01 00:00:00,"unclosed',
    "{i},36.8,118.0,2026-01-01 00:00:00,swapped",
)
REASONS = (
    *("is not a number", "is not a time", "has 7 columns; the head has 5"),
    *("has 2 columns; the head has 5", OPEN, "is not on the earth"),
)


@pytest.fixture
def read(tmp_path):
    def see(content: str | bytes, name: str = "a.csv", encoding: str = ""):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_sheet(path, encoding)

    return see


def by_line(sheet, name: str) -> dict[int, str | None]:
    return dict(zip(sheet.lines.tolist(), sheet.column(name).to_pylist(), strict=True))


def test_of_100_000_rows_with_100_of_six_kinds_of_poison_the_other_99_900_land(read):
    bad = {i + 2: i // 1000 % 6 for i in range(500, ROWS, 1000)}
    lines = ["id,lon,lat,at,text"]
    for i in range(ROWS):
        plain = f"{i},118.{i % 500:03d},36.8,2026-01-01 00:00:00,投诉{i}"
        lines.append(POISON[bad[i + 2]].format(i=i) if i + 2 in bad else plain)
    sheet, faults = read("\n".join(lines))
    columns = {"id": "id", "lon": "lon", "lat": "lat", "created_at": "at", "category": "text"}
    mapping = mapping_of({"kind": "tickets", "columns": columns}, "mine")
    rows = canonical(sheet, mapping, timezone="Asia/Shanghai", is_demo=False)
    CHECKS["tickets"](rows)
    told = dict(faults) | {reject.line: reject.reason for reject in rows.bad.values()}
    assert told == {line: REASONS[kind] for line, kind in bad.items()}
    landed = table(rows)["id"].to_pylist()
    assert landed == [str(i) for i in range(ROWS) if i + 2 not in bad]


@pytest.mark.parametrize(
    ("text", "rows", "faults"),
    [
        ('1,"a\nb"\n2,c\n', {2: "a\nb", 4: "c"}, []),
        ('1,"a,\n2,""b""\nc"\n2,c\n', {2: 'a,\n2,"b"\nc', 5: "c"}, []),
        ('1,"open\n2,b\n3,"c"\n', {3: "b", 4: "c"}, [(2, OPEN)]),
        ('1,"open\n2,"c\nd"\n', {3: "c\nd"}, [(2, OPEN)]),
        ('1,"open\n2,"open\n3,c\n', {4: "c"}, [(2, OPEN), (3, OPEN)]),
        ('1,"\n2,b\n3,c\n4,d\n5,"\n', {3: "b", 4: "c", 5: "d"}, [(2, OPEN), (6, OPEN)]),
        ('1,5" pipe\n2,6" x 7"\n', {2: '5" pipe', 3: '6" x 7"'}, []),
        ('1,"a" b\n2,c\n', {3: "c"}, [(2, "has text behind a closed quote")]),
        ('1,"a"",b\n2,c\n', {3: "c"}, [(2, OPEN)]),
        ('1,"a","b\n2,c\n', {3: "c"}, [(2, OPEN)]),
        ("1,a\0\n2,c\n", {3: "c"}, [(2, "has a NUL byte")]),
        ("1,a\rb\n2,c\r\n", {2: "a\rb", 3: "c"}, []),
        ("\n1,a\n\n\n2,c\n,\n , \n\n", {3: "a", 6: "c"}, []),
        ('1,"a\n', {}, [(2, OPEN)]),
        ('1,"a', {}, [(2, OPEN)]),
    ],
)
def test_a_quote_costs_no_more_than_its_line(read, text, rows, faults):
    sheet, told = read("id,text\n" + text)
    assert by_line(sheet, "text") == rows
    assert [line for line, _ in told] == [line for line, _ in faults]
    assert all(why.startswith(want) for (_, why), (_, want) in zip(told, faults, strict=True))


def test_a_cell_may_have_many_lines_but_not_all_the_rest_of_a_file(read):
    text = "\n".join(f"line {i}" for i in range(90))
    sheet, faults = read(f'id,text\n1,"{text}"\n2,x\n')
    assert (by_line(sheet, "text"), faults) == ({2: text, 92: "x"}, [])
    _, faults = read('id,text\n1,"' + "two words\n" * 200 + 'end"\n')
    assert faults[0] == (2, OPEN)


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("a;b\n1;2\n", ("a", "b")),
        ("a\tb\n1\t2\n", ("a", "b")),
        ('"a;b",c\n1,2\n', ("a;b", "c")),
        ('"a\nb",c\n1,2\n', ("a\nb", "c")),
        ("\n\na,b\n1,2\n", ("a", "b")),
        ("a,b\r1,2\r", ("a", "b")),
    ],
)
def test_the_head_says_what_separates(read, text, head):
    sheet, faults = read(text, "a.txt")
    assert (sheet.head, [c.to_pylist() for c in sheet.columns], faults) == (
        *(head, [["1"], ["2"]], []),
    )


@pytest.mark.parametrize(
    ("content", "asked", "note"),
    [
        ("id,内容\n1,噪声\n".encode(), "", "encoding utf-8 (detected)"),
        ("id,内容\n1,噪声\n".encode("utf-8-sig"), "", "encoding utf-8-sig (detected)"),
        ("id,内容\n1,噪声\n".encode("utf-8-sig"), "utf-8", "encoding utf-8 (declared)"),
        ("id,内容\n1,噪声\n".encode("utf-16"), "", "encoding utf-16 (detected)"),
        ("id,内容\n1,噪声\n".encode("gbk"), "", "encoding gb18030 (detected)"),
        ("id,内容\n1,噪声\n".encode("gbk"), "GBK", "encoding GBK (declared)"),
    ],
)
def test_the_encoding_and_how_it_is_known_are_told(read, content, asked, note):
    sheet, _ = read(content, encoding=asked)
    assert (sheet.head, sheet.column("内容").to_pylist(), sheet.notes) == (
        *(("id", "内容"), ["噪声"], (note,)),
    )


def test_one_wrong_byte_in_utf_8_is_not_read_as_another_encoding(read):
    text = ("id,内容\n" + "1,噪声扰民\n" * 50).encode()
    with pytest.raises(DataError, match=r"a\.csv, line 52: a byte there is not utf-8, while"):
        read(text + b"2,\xe5\x99\n3,x\n")


def test_utf_16_without_a_mark_is_not_taken_for_text(read):
    with pytest.raises(DataError, match=r"a\.csv is UTF-16 without a mark, or no text at all"):
        read("id,text\n1,x\n".encode("utf-16-le"))


CELL = st.text(st.sampled_from('ab,;"\n\r\t 二'), max_size=6)


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n))))
@example([["\n", "a"], ['"', "b\r\n"], ["x,", ","]])
def test_whatever_a_careful_program_writes_is_read_again(tmp_path, rows):
    width = len(rows[0]) if rows else 2
    told = io.StringIO()
    csv.writer(told, quoting=csv.QUOTE_ALL).writerows([["h"] * width, *rows])
    path = tmp_path / "law.csv"
    path.write_bytes(told.getvalue().encode())
    sheet, faults = read_sheet(path)
    kept = [[cell.strip() or None for cell in row] for row in rows]
    found = [list(row) for row in zip(*(c.to_pylist() for c in sheet.columns), strict=True)]
    assert (found, faults) == ([row for row in kept if any(row)], [])


@given(st.text(st.sampled_from('ab,"\n\r 二\0'), max_size=60))
def test_every_line_of_any_text_is_a_row_or_a_fault_once(tmp_path, text):
    path = tmp_path / "law.csv"
    path.write_bytes(("id,text\n" + text).encode())
    sheet, faults = read_sheet(path, "utf-8")
    lines = [*sheet.lines.tolist(), *(line for line, _ in faults)]
    assert len(set(lines)) == len(lines)
    assert all(2 <= line <= text.count("\n") + 2 for line in lines)
