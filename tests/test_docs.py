"""What the documents name is there: files, commands, options, addresses."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import docs.generate
import layers
from api.settings import Settings
from app import create_app
from app import main as serve
from geodata.__main__ import main as geodata
from geodata.intake.mapping import mapping_of, read_mapping
from geodata.place import place_of
from geodata.store.schema import TABLES
from layers._view import from_search
from tests.conftest import NO_FILES
from tests.test_architecture import ROOT, tracked

READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
GUIDES = READMES + sorted((ROOT / "docs" / "how-to").glob("*.md"))
PAGES = GUIDES + sorted((ROOT / "docs").glob("*.md")) + sorted((ROOT / "docs" / "adr").glob("*.md"))


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(page: Path, language: str = "sh") -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text(page), re.DOTALL)


def spans(page: Path) -> list[str]:
    """What stands between backticks in a sentence."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text(page), flags=re.DOTALL))


def commands(page: Path) -> list[str]:
    """Every command of a page, without its comment and with single spaces."""
    lines = [line for block in blocks(page) for line in block.splitlines()]
    told = [*lines, *spans(page)]
    plain = [re.sub(r"\s+#.*|\s*;\s*do$", "", line).strip().replace("\\|", "|") for line in told]
    starts = ("make ", "python ", "curl ")
    return [re.sub(r"\s+", " ", line) for line in plain if line.startswith(starts)]


# ---- generated and linked ----


def test_the_page_of_layers_is_what_the_catalogue_says(capsys):
    assert docs.generate.main(["--check"]) == 0, capsys.readouterr().err


def test_a_stale_page_of_layers_is_noticed(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(docs.generate, "PAGE", tmp_path / "layers.md")
    assert docs.generate.main(["--check"]) == 1
    assert "python -m docs.generate" in capsys.readouterr().err
    assert docs.generate.main([]) == 0
    assert docs.generate.main(["--check"]) == 0


@pytest.mark.parametrize("layer", layers.catalog())
def test_every_layer_has_its_section(layer):
    assert f"\n## `{layer}` · " in text(ROOT / "docs" / "layers.md")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file(page):
    links = {link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text(page))}
    files = {link for link in links if link and not urlsplit(link).scheme}
    missing = {link for link in files if not (page.parent / link).exists()}
    assert missing == set()


ROOMS = ("api", "assets", "callbacks", "components", "docs", "geodata", "layers", "tests", "tools")
# Files that a reader makes by following the page, so they are not there yet.
MADE = {"layers/bus_stops.py"}


@pytest.mark.parametrize("page", GUIDES, ids=named)
def test_every_path_of_ours_that_is_named_is_there(page):
    for span in spans(page):
        path = span.partition(":")[0]
        if path.startswith(tuple(f"{room}/" for room in ROOMS)) and path not in MADE:
            assert (ROOT / path).exists(), span


# ---- commands ----


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))


def test_the_contract_of_make_is_kept():
    assert {"run", "test", "check", "bench"} <= targets()
    phony = re.search(r"^\.PHONY: (.*)$", text(ROOT / "Makefile"), re.MULTILINE)
    assert phony
    assert targets() <= set(phony[1].split())


@pytest.mark.parametrize("page", GUIDES, ids=named)
def test_every_target_of_make_that_is_named_is_there(page):
    named_ = {command.split()[1] for command in commands(page) if command.startswith("make ")}
    assert named_ <= targets()


OURS = [
    (page, command)
    for page in GUIDES
    for command in commands(page)
    if command.startswith(("python app.py", "python -m geodata"))
]


@pytest.mark.parametrize(("page", "command"), OURS, ids=[f"{named(p)}: {c}" for p, c in OURS])
def test_every_command_that_is_named_is_there_with_its_options(page, command, capsys):
    words = shlex.split(re.sub(r"[][|]", " ", command))
    with pytest.raises(SystemExit) as ended:
        serve(["--help"]) if words[1] == "app.py" else geodata([words[3], "--help"])
    assert ended.value.code == 0
    known = capsys.readouterr().out
    for option in [word for word in words if word.startswith("--")]:
        assert re.search(rf"{option}\b", known), option


def test_both_readmes_name_the_same_commands():
    english, chinese = (commands(page) for page in READMES)
    assert english == chinese
    assert len(english) >= 10


def test_both_readmes_link_to_the_same_pages_and_name_the_same_keys():
    def of(page: Path) -> tuple[list[str], list[str]]:
        links = re.findall(r"\]\(([^)\s]+)\)", text(page))
        return [link for link in links if "README" not in link], sorted(set(spans(page)))

    assert of(READMES[0]) == of(READMES[1])


def test_the_parts_of_the_command_line_are_the_ones_the_contract_names(capsys):
    with pytest.raises(SystemExit):
        geodata(["--help"])
    known = capsys.readouterr().out
    for page in READMES:
        table = {line.split()[3] for line in commands(page) if line.startswith("python -m geodata")}
        assert table == set(re.findall(r"^    (\w+)", known, re.MULTILINE))


@pytest.mark.parametrize("module", ["geodata", "docs.generate", "app"])
def test_a_command_runs_from_the_root_of_the_project(module):
    command = ["app.py"] if module == "app" else ["-m", module]
    answer = subprocess.run(
        [sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "usage:" in answer.stdout


# ---- addresses ----


@pytest.fixture(scope="module")
def district(tiny_folder):
    """A client of the demonstration district, whose areas the pages name."""
    return create_app(Settings(data=tiny_folder, cache=NO_FILES)).server.test_client()


def asked(page: Path) -> list[str]:
    """Addresses of the server that a page asks for."""
    urls = [url for command in commands(page) for url in re.findall(r"https?://[^\s'\"]+", command)]
    return [url for url in urls if urlsplit(url).hostname == "127.0.0.1"]


@pytest.mark.parametrize("page", READMES, ids=named)
def test_every_address_that_is_asked_for_answers(district, page):
    assert len(asked(page)) >= 2
    for url in asked(page):
        parts = urlsplit(url)
        with district.get(parts.path, query_string=parts.query, buffered=True) as answer:
            assert answer.status_code == 200, url


@pytest.mark.parametrize("page", READMES, ids=named)
def test_every_page_that_is_named_is_served(district, page):
    rows = re.findall(r"^\| `(/\w*)` \|", text(page), re.MULTILINE)
    assert set(rows) == {"/", "/wall", "/plan"}
    for path in rows:
        assert district.get(path).mimetype == "text/html"


@pytest.mark.parametrize("page", READMES, ids=named)
def test_every_key_of_an_address_that_is_named_is_read(page):
    keys = ["area", "layers", "datetime", "hours", "at", "metric", "selected", "compare"]
    assert [span for span in spans(page) if span in keys] == keys
    good = {"area": "1", "layers": "grids", "datetime": "../..", "hours": "17/23", "lang": "en"}
    good |= {"at": "2026-05-01", "metric": "total", "selected": "grids:1", "compare": "../.."}
    for key in keys:
        assert from_search(f"?{key}={good[key]}", layers.catalog())[1] == ()


# ---- what a reader copies from the guide ----

BRING = ROOT / "docs" / "how-to" / "bring-your-own-data.md"


def test_the_place_of_the_guide_is_one_that_is_read():
    (told,) = [block for block in blocks(BRING, "toml") if block.startswith("title =")]
    place = place_of(tomllib.loads(told))
    assert (place.root, place.basemap.crs) == ("370303", "GCJ-02")
    assert place.grid_depth == len(place.levels) - 1


def test_the_mapping_of_the_guide_is_one_that_is_read(tmp_path):
    (told,) = [block for block in blocks(BRING, "toml") if block.startswith("kind =")]
    (tmp_path / "appeals.toml").write_text(told, "utf-8")
    found = read_mapping(tmp_path / "appeals.toml")
    assert (found.kind, found.crs, found.encoding) == ("tickets", "GCJ-02", "gb18030")


@pytest.mark.parametrize("kind", ["areas", "tickets", "addresses", "markets"])
def test_the_columns_of_the_guide_are_the_canonical_ones(kind):
    (row,) = re.findall(rf"^\| {kind} \| (.*?)(?: \(.*\))? \|$", text(BRING), re.MULTILINE)
    told = row.split(", ")
    assert set(told) <= set(TABLES[kind].names)
    assert mapping_of({"kind": kind, "columns": {name: f"{name}_x" for name in told}}, "all")


# ---- nothing of the desk it was written on ----

TEXTS = {".py", ".md", ".js", ".css", ".toml", ".txt", ".json", ".csv", ".sh", ""}
DESK = re.compile(r"(?<![\w.:])/(?:work|root|home|Users|mnt|opt)/\w|[A-Z]:\\Users")
REGISTRIES = re.compile(
    r"pypi\.org|pythonhosted|registry\.npmjs|npmmirror|artifactory|index-url|\"resolved\":"
)


@pytest.mark.parametrize("pattern", [DESK, REGISTRIES], ids=["paths", "registries"])
def test_no_file_names_a_place_of_the_machine_it_was_written_on(pattern):
    files = [f for f in tracked() if f.suffix in TEXTS and f != Path(__file__)]
    assert len(files) > 200
    found = [
        f"{named(file)}: {match[0]}"
        for file in files
        for match in pattern.finditer(file.read_text("utf-8", errors="replace"))
    ]
    assert found == []
