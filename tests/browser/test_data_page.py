"""The data page as a person uses it: a file dropped, a doubt answered, facts in, and out again."""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from geodata import tokens
from geodata.space import crs
from geodata.store.reader import Store
from tests.browser.conftest import PATIENCE, serving
from tests.geodata.intake.written import archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Screen, Served

pytestmark = pytest.mark.browser

ROWS, BAD = 300, {17: ("created_at", "昨天下午"), 30: ("id", "")}
HEAD = ["工单编号", "受理时间", "诉求类别", "联系电话", "经度", "纬度"]
DROP = """([name, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name));
    for (const what of ["dragenter", "dragover", "drop"]) {
        window.dispatchEvent(new DragEvent(what, {dataTransfer: data, cancelable: true}));
    }
}"""


@pytest.fixture(scope="module")
def office(tiny_folder, tmp_path_factory) -> Iterator[Served]:
    """A district of its own, because what is brought in stays."""
    folder = shutil.copytree(tiny_folder, tmp_path_factory.mktemp("office") / "data")
    with serving(folder) as served:
        yield served


def beside_roads(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Degrees of doors beside the roads of a place, as a map in GCJ-02 tells them."""
    found = Store(folder).reader().rows("SELECT geometry FROM roads")
    roads = shapely.get_parts(shapely.from_wkb([row["geometry"] for row in found]))
    chance = np.random.default_rng(1)
    roads = roads[chance.integers(0, len(roads), ROWS)]
    points = shapely.line_interpolate_point(roads, chance.random(ROWS), normalized=True)
    near = shapely.get_coordinates(points) + chance.normal(0, 0.0001, (ROWS, 2))
    return crs.wgs84_to_gcj02(near[:, 0], near[:, 1])


@pytest.fixture(scope="module")
def shifted(office) -> bytes:
    """Appeals in GCJ-02 that nobody has declared, and two rows that cannot land."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for i, (lon, lat) in enumerate(zip(*beside_roads(office.folder), strict=True)):
        ident = "" if i == 30 else f"D-{i:04d}"
        at = "昨天下午" if i == 17 else f"2024-06-{10 + i % 15} 09:30"
        writer.writerow([ident, at, "噪声/施工", "13800000000", f"{lon:.6f}", f"{lat:.6f}"])
    return text.getvalue().encode("utf-8-sig")


@pytest.fixture
def data_page(screen, office):
    def opened(path: str = "/plan/data", **more) -> Screen:
        return screen(served=office, **more).open(path)

    return opened


def drop(at: Screen, name: str, content: bytes) -> None:
    at.page.evaluate(DROP, [name, list(content)])


def shown(at: Screen, selector: str) -> None:
    at.page.wait_for_selector(f"{selector}:visible", timeout=PATIENCE)


def reaches(at: Screen, number: float) -> None:
    """Wait until a page nobody touches shows this many appeals."""
    at.page.wait_for_function(
        "n => +document.querySelector('[data-indicator=total]').dataset.value === n",
        arg=number,
        timeout=PATIENCE,
    )


def names_the_bad_rows(at: Screen) -> None:
    rejected = at.page.locator("#few-rejects li").all_inner_texts()
    for row, (i, (column, value)) in zip(rejected, BAD.items(), strict=True):
        assert f"第 {i + 2} 行" in row
        assert f"{column} {value}".strip() in row
    assert "不是可识别的时间" in rejected[0]
    assert "没有编号" in rejected[1]


def gives_the_bad_rows(at: Screen) -> None:
    with at.page.expect_download() as kept:
        at.page.click("#bring-rejects")
    assert kept.value.suggested_filename == "六月工单.rejects.csv"
    told = list(csv.DictReader(kept.value.path().read_text("utf-8-sig").splitlines()))
    assert [(int(row["line"]) - 2, row["column"]) for row in told] == [
        (i, column) for i, (column, _) in BAD.items()
    ]


def take_back(at: Screen) -> None:
    """Take the newest batch back: the button asks once."""
    undo = at.page.locator("#batches .batch-ways button").nth(1)
    undo.click()
    assert str(ROWS - len(BAD)) in undo.inner_text()
    undo.click()
    shown(at, "#batches .is-undone")


def test_a_shifted_file_is_doubted_corrected_brought_in_and_taken_back(data_page, screen, shifted):
    plan = data_page("/plan")
    before = plan.number("total")
    at = data_page()
    drop(at, "六月工单.csv", shifted)
    shown(at, "#question")
    assert "可用下方按钮改用 GCJ-02。" in at.text("#asked")
    assert "有意不取" in at.text("#doubts")
    assert at.text("#would") == str(ROWS - len(BAD))
    assert at.page.locator("#kind").input_value() == "tickets"
    assert at.page.locator("#bring").is_disabled()
    names_the_bad_rows(at)
    east = at.page.evaluate("onemap.map.getCenter().lng")

    at.page.click("#use")
    shown(at, "#bring:not([disabled])")
    at.ready()
    moved = (at.page.evaluate("onemap.map.getCenter().lng") - east) * 89_000
    assert -700 < moved < -300  # metres to the west, where they belong
    assert len(at.drawn("dots")) > ROWS / 2

    at.page.click("#bring")
    shown(at, "#brought")
    reaches(plan, before + ROWS - len(BAD))

    gives_the_bad_rows(at)

    at.page.reload()  # and nothing is lost
    shown(at, "#brought")
    take_back(at)
    reaches(plan, before)
    shown(at, "#bring")  # it can come in again


@pytest.mark.parametrize(
    ("search", "why"),
    [("?lang=en", "times its size; 100 are allowed"), ("", "倍；最多允许 100 倍。")],
)
def test_a_bomb_is_refused_with_its_reason_on_the_screen(data_page, search, why):
    at = data_page(f"/plan/data{search}")
    drop(at, "bomb.zip", archive({"a.shp": bytes(50 << 20)}))
    shown(at, "#look-fault")
    assert why in at.text("#look-fault")
    assert at.page.locator("#step-bring").get_attribute("data-state") == "idle"


def test_what_is_no_format_is_not_even_sent(data_page):
    at = data_page()
    sent = []
    at.page.on("request", lambda request: sent.append(request.method))
    drop(at, "notes.docx", b"x")
    assert "notes.docx" in at.text("#file-fault")
    assert "POST" not in sent
    assert at.page.locator("#drop").is_visible()


def test_a_file_can_be_brought_by_keyboard_alone_and_looked_at_again_by_an_edited_mapping(
    screen, office, tmp_path
):
    path = tmp_path / "gaps.csv"
    path.write_text("序列,事由,经度,纬度,时刻\n1,噪声,118.05,36.81,2024-06-20 08:00\n", "utf-8")
    at = screen(served=office, width=390, height=844)
    at.page.on("filechooser", lambda _: None)  # from now on choosers are ours, not the system's
    at.open("/plan/data").page.focus("#drop")
    with at.page.expect_file_chooser() as chooser:
        at.page.keyboard.press("Enter")
    chooser.value.set_files(path)
    shown(at, "#read-by")
    at.page.select_option("#kind", "tickets")
    shown(at, "#toml")
    mapping = "\n".join(
        [
            'kind = "tickets"',
            "[columns]",
            *('id = "序列"', 'category = "事由"', 'lon = "经度"', 'lat = "纬度"'),
            'created_at = "时刻"',
        ]
    )
    at.page.fill("#toml", mapping)
    at.page.click("#again")
    shown(at, "#found")
    assert at.text("#would") == "1"
    assert at.page.locator("#ten-rows tr").count() == 2


def test_a_browser_elsewhere_is_asked_for_a_token_and_works_with_one(data_page, office):
    # A request that a proxy has passed on comes from somebody else, and is told so.
    at = data_page(extra_http_headers={"X-Forwarded-For": "10.1.2.3"})
    shown(at, "#token")
    at.page.fill("#token-text", "wrong")
    at.page.keyboard.press("Enter")
    shown(at, "#token-wrong:not(:empty)")
    at.page.fill("#token-text", tokens.issue(office.folder, "browser"))
    at.page.keyboard.press("Enter")
    shown(at, "#batches li[data-batch]")
    assert not at.page.locator("#token").is_visible()
    drop(at, "a.csv", "id,created_at,category\nT1,2024-06-20 08:00,噪声\n".encode())
    shown(at, "#found")
    refused = [said for said in at.said if "401" in said]
    at.said[:] = [said for said in at.said if "401" not in said]
    assert len(refused) == 2  # the browser's own note of each refusal, and nothing else


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (390, 844)])
def test_the_page_fits_its_screen_and_carries_its_marks(data_page, size):
    at = data_page(width=size[0], height=size[1])
    assert at.text(".demo-mark") == "演示数据"
    assert "审图号" in at.text(".approval")
    box = at.page.locator("#drop").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]
