"""The rules of the house that a reader of one file cannot see (DESIGN.md: rooms and bars)."""

from __future__ import annotations

import ast
import statistics
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

import layers

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("api", "callbacks", "components", "geodata", "layers")
CODE = (".py", ".js", ".css", ".html", ".sh")


def tracked(*under: str) -> list[Path]:
    """Files of the repository, the new ones too; what is ignored is not ours."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *under]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(ROOT / name for name in set(names.split("\0")) if (ROOT / name).is_file())


@dataclass(frozen=True)
class Module:
    """One file of Python, read."""

    file: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return ".".join(self.file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def __str__(self) -> str:
        return str(self.file.relative_to(ROOT))

    def functions(self) -> Iterator[ast.FunctionDef]:
        return (n for n in ast.walk(self.tree) if isinstance(n, ast.FunctionDef))

    @cached_property
    def imports(self) -> list[tuple[str, bool]]:
        """Names of what is imported, and whether for the type checker alone."""
        blocks = [n for n in ast.walk(self.tree) if isinstance(n, ast.If)]
        typed = [block for block in blocks if ast.unparse(block.test) == "TYPE_CHECKING"]
        for_types = {id(inner) for block in typed for inner in ast.walk(block)}
        found: list[tuple[str, bool]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not getattr(node, "level", 0), f"{self}:{node.lineno} imports relatively"
                above = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
                found += [(above + alias.name, id(node) in for_types) for alias in node.names]
        return found


@cache
def modules(*under: str) -> list[Module]:
    files = [file for file in tracked(*under) if file.suffix == ".py"]
    return [Module(file, ast.parse(file.read_text("utf-8"))) for file in files]


def product() -> list[Module]:
    return modules("app.py", *ROOMS)


def room(name: str, depth: int = 1) -> str:
    return ".".join(name.split(".")[:depth])


def imported(inside: str, depth: int = 1, *, types: bool) -> dict[str, set[str]]:
    """What the modules of a room import, as rooms, and which modules do."""
    found: dict[str, set[str]] = {}
    for module in product():
        if room(module.name, len(inside.split("."))) == inside:
            for name, for_types in module.imports:
                if types or not for_types:
                    found.setdefault(room(name, depth), set()).add(str(module))
    return found


# ---- imports point one way: app -> callbacks, api -> layers -> geodata ----

BELOW = {
    "app": {"api", "callbacks", "layers", "geodata"},
    "callbacks": {"components", "layers", "geodata"},
    "api": {"layers", "geodata"},
    "layers": {"geodata"},
    "components": set(),
    "geodata": set(),
}


@pytest.mark.parametrize("name", BELOW)
def test_a_room_imports_only_what_lies_below_it(name):
    ours = {"app", *ROOMS, "docs", "tests", "benchmarks", "tools"}
    above = {
        other: who
        for other, who in imported(name, types=False).items()
        if other in ours - BELOW[name] - {name}
    }
    assert above == {}


def test_even_types_are_named_only_from_below():
    # One exception: what a running product is told from outside is declared in api/settings.py.
    for name, below in BELOW.items():
        strange = {
            other
            for other in imported(name, 2, types=True)
            if other.split(".")[0] in {"app", *ROOMS} - below - {name}
        }
        assert strange <= ({"api.settings"} if name == "callbacks" else set())


SUBJECTS = {"addresses", "areas", "base", "markets", "tickets"}
SHARED = {"store", "space", "areas", "addresses"}
ROOMS_OF_GEODATA = {
    p.name for p in (ROOT / "geodata").iterdir() if p.is_dir() and (p / "__init__.py").is_file()
}


def test_every_package_of_geodata_is_a_subject_or_a_known_room():
    assert SUBJECTS | {"store", "space", "intake", "demo", "desk"} == ROOMS_OF_GEODATA


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_a_subject_knows_no_other_subject(subject):
    known = {
        name.removeprefix("geodata.") for name in imported(f"geodata.{subject}", 2, types=True)
    }
    assert known & ROOMS_OF_GEODATA <= SHARED | {subject}


STANDS_ON = {"space": set(), "store": {"space"}, "areas": {"store", "space"}}
STANDS_ON |= {"addresses": {"store", "space", "areas"}}
STANDS_ON |= {"demo": {"store", "space", "areas", "addresses"}}


@pytest.mark.parametrize("name", STANDS_ON)
def test_the_shared_rooms_of_geodata_stand_on_each_other(name):
    known = {other.removeprefix("geodata.") for other in imported(f"geodata.{name}", 2, types=True)}
    assert known & ROOMS_OF_GEODATA <= STANDS_ON[name] | {name}


# ---- who may know the screen, the net and the engine ----

SCREEN = {"dash", "dash_ag_grid", "dash_mantine_components", "plotly", "flask", "flask_caching"}
NET = {"flask", "werkzeug", "gunicorn", "socket", "socketserver", "http", "ssl", "asyncio"}
NET |= {"requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib", "xmlrpc"}


def of_the_net(name: str) -> dict[str, set[str]]:
    """What a room imports that could open a socket; urllib.parse only takes addresses apart."""
    found = imported(name, types=True) | imported(name, 2, types=True)
    return {other: who for other, who in found.items() if other in NET | {"urllib.request"}}


@pytest.mark.parametrize("name", ["geodata", "layers"])
def test_facts_and_layers_know_nothing_of_the_screen_and_open_no_socket(name):
    assert not set(imported(name, types=True)) & SCREEN
    assert of_the_net(name) == {}


def test_only_api_and_the_app_serve():
    assert of_the_net("components") == {}
    # What is drawn may ask which path it is drawn for, and no more.
    assert set(of_the_net("callbacks")) <= {"flask"}
    assert imported("callbacks", types=True).get("flask", set()) <= {"callbacks/document.py"}


def test_api_needs_of_dash_only_its_app_and_its_errors():
    names = {name for name in imported("api", 3, types=True) if room(name) in SCREEN - {"flask"}}
    assert names <= {"dash.Dash", "dash.exceptions.DependencyException"}
    assert not {n for n in imported("api", 3, types=False) if n == "dash.Dash"}


def test_there_is_one_door_to_duckdb():
    doors = {who for name in BELOW for who in imported(name, types=False).get("duckdb", ())}
    assert {str(Path(door).parent) for door in doors} == {"geodata/store"}


# ---- short enough to read at once ----


def lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def length(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    told = function.body[0]
    has_docstring = ast.get_docstring(function) is not None
    docstring = (told.end_lineno or 0) - told.lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def too_long(found: dict[str, int], most: int) -> dict[str, int]:
    return {name: n for name, n in found.items() if n > most}


def test_no_file_has_more_than_three_hundred_lines():
    files = {str(f.relative_to(ROOT)): lines(f) for f in tracked() if f.suffix in CODE}
    assert too_long(files, 300) == {}


def test_no_function_has_more_than_forty_lines():
    functions = {f"{m} {f.name}": length(f) for m in modules() for f in m.functions()}
    assert too_long(functions, 40) == {}


def test_a_file_of_a_layer_has_no_more_than_sixty_lines():
    files = list(layers.ROOM.glob("[!_]*.py"))
    assert files
    assert {f.name for f in files if lines(f) > 60} == set()


def test_functions_of_the_product_are_short():
    assert statistics.median(length(f) for m in product() for f in m.functions()) <= 10


# ---- documented, and the same at any time ----


def test_every_file_says_what_it_is_for():
    assert [str(m) for m in product() if not ast.get_docstring(m.tree)] == []


def public(within: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Public functions and classes, and the public methods of these."""
    for node in within.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            yield from public(node) if isinstance(node, ast.ClassDef) else ()


def test_every_public_function_and_class_says_what_it_is():
    silent = [
        f"{module} {node.name}"
        for module in product()
        for node in public(module.tree)
        if not ast.get_docstring(node) and ast.unparse(node.body[-1]) != "..."  # of a protocol
    ]
    assert silent == []


CHANGES = {"append", "add", "update", "pop", "popitem", "setdefault", "clear", "extend", "insert"}
CHANGES |= {"remove", "discard", "sort", "reverse", "appendleft", "__setitem__"}


def of_the_module(module: Module) -> set[str]:
    """Names that are bound when a file is imported."""
    targets: list[ast.expr] = []
    for node in module.tree.body:
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AnnAssign):
            targets.append(node.target)
    return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}


def changed(module: Module) -> Iterator[str]:
    """Places where a function changes what belongs to the whole file."""
    names = of_the_module(module)
    for function in module.functions():
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield f"{module}:{node.lineno} global"
            elif isinstance(node, ast.Subscript | ast.Attribute):
                kept = isinstance(node.ctx, ast.Load)
                if not kept and isinstance(node.value, ast.Name) and node.value.id in names:
                    yield f"{module}:{node.lineno} {ast.unparse(node)}"
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in names and node.func.attr in CHANGES:
                    yield f"{module}:{node.lineno} {ast.unparse(node.func)}"


def test_nothing_of_a_file_changes_after_it_is_imported():
    # Tables of constants may be plain dicts, so long as nobody writes to them. A test makes another
    # app, another catalogue or another store by calling for one; there is nothing to reset.
    assert [place for module in product() for place in changed(module)] == []


def test_no_test_waits_for_time_to_pass():
    strange = [
        f"{module}:{node.lineno}"
        for module in modules()
        if module.name.startswith("tests.") and not module.name.startswith("tests.browser")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("sleep")
    ]
    assert strange == []
