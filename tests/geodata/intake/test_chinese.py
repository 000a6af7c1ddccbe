"""Every sentence intake says of a file has a Chinese form for the page."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.chinese import TEMPLATES, in_chinese

INTAKE = Path(__file__).resolve().parents[3] / "geodata" / "intake"
SAMPLE = "7"  # stands in every hole
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[a-z]{2,} [a-z]{1,}")
SAYS = {"Held", "Reject", "Guess", "note", "refusal", "_fault", "_refuse", "refuse", "refuse_all"}
ERRORS = re.compile(r"\w*Error$")
NAMED = {"cure", "reason", "doubt", "note", "why", "said", "wanted"}  # names a sentence goes by
# Remarks in the TOML of a proposal, which is English.
ELSEWHERE = {"proposal/advice.py": {"found", "absent", "crs", "unused"}}
UNSEEN = {  # what the page does not show, or has in both languages
    *("declaration.py", "preview.py", "files/apart.py", "uploads/shown.py"),
    *("proposal/propose.py", "proposal/states.py", "proposal/synonyms.py", "proposal/writing.py"),
}
BEGUN = {"files/archives.py": f"{SAMPLE} {{}}."}  # what is said there follows the file's name
# Parts of longer sentences, which are examples below; and one whose hole is its other half.
PARTS = {
    f"No column was found for {SAMPLE}, which every row of {SAMPLE} needs",
    f" {SAMPLE} is different in every row looked at and could serve.",
    f"{SAMPLE} {SAMPLE}; {SAMPLE} is proposed for {SAMPLE}.",
    f"crs is {SAMPLE}; {SAMPLE}.",
}


def text_of(node: ast.AST) -> str | None:
    """A literal, or an f-string with its holes filled; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else SAMPLE for part in node.values
        )
    return None


def literals(node: ast.AST):
    """The outermost texts in an expression; those inside an f-string are its holes."""
    if (text := text_of(node)) is not None:
        yield node.lineno, text
    else:
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_said(node: ast.AST) -> bool:
    """Whether what stands in a node is said to a person."""
    if isinstance(node, ast.Call):
        return name_of(node) in SAYS or bool(ERRORS.search(name_of(node)))
    if isinstance(node, ast.Assign):
        return any(isinstance(t, ast.Name) and is_named(t.id) for t in node.targets)
    return isinstance(node, ast.Return | ast.Yield)


def is_named(name: str) -> bool:
    return name in NAMED or name.lstrip("_").isupper()


def walked(node: ast.AST, left_out: set[str]):
    """All nodes but those within some functions and calls that carry their own Chinese."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef) and child.name in left_out:
            continue
        if isinstance(child, ast.Call) and name_of(child) == "Doubt":
            continue
        yield child
        yield from walked(child, left_out)


def said():
    """Each sentence of the source: where it stands, and its text."""
    for path in sorted(INTAKE.rglob("*.py")):
        name = path.relative_to(INTAKE).as_posix()
        if name in UNSEEN or name.startswith("chinese/"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in walked(tree, ELSEWHERE.get(name, set())):
            if is_said(node) and not doubtful(node):
                for line, text in literals(node):
                    if SENTENCE.search(text) and not CHINESE.search(text) and text not in PARTS:
                        is_part = name in BEGUN and not text.startswith(SAMPLE)
                        yield f"{name}:{line}", BEGUN[name].format(text) if is_part else text


def doubtful(node: ast.AST) -> bool:
    """Whether a node only holds a warning, which has its Chinese with it."""
    return any(isinstance(n, ast.Call) and name_of(n) == "Doubt" for n in ast.walk(node))


SAID = dict(said())


def test_the_source_is_found_to_say_many_things():
    assert len(SAID) > 150


@pytest.mark.parametrize(("where", "sentence"), SAID.items(), ids=SAID)
def test_every_sentence_of_the_source_has_a_chinese_form(where, sentence):
    chinese = in_chinese(sentence)
    assert CHINESE.search(chinese), f"{where}: add {sentence!r} to geodata/intake/chinese"


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("is a placeholder, not a time", "是占位值，不是时间"),
        ("stands on line 12 already", "与第 12 行重复"),
        ("encoding gb18030 (detected)", "编码 gb18030（识别）"),
        ("has 2 columns; the head has 4", "有 2 列，表头为 4 列"),
        ("is not a Polygon as the others are", "不是面，与其他行不一致"),
        ("Give every market its windows.", "请给每个市场填写 windows。"),
        (
            "12 times closed_at was a placeholder such as 1900-01-01 and is left empty, "
            "e.g. line 3.",
            "12 次：closed_at 是占位值（如 1900-01-01），已留空，如第 3 行。",
        ),
        (
            "a.gpkg cannot be read: it takes too much time or memory.",
            "a.gpkg 无法读取：耗时或内存过多。",
        ),
        (
            "No column was found for id, which every row of tickets needs: write a column that "
            'names each row once. "名称" is different in every row looked at and could serve.',
            "没有找到 id 列，tickets 的每一行都需要它：请写每行不重复的列。"
            '"名称" 在所看的各行中都不同，可以用。',
        ),
        (
            '"日期" could as well be %d/%m/%Y: no value decides it; %m/%d/%Y is proposed for '
            "created_at.",
            '"日期" 的格式也可能是 %d/%m/%Y，内容无法判定；created_at 暂按 %m/%d/%Y 读取。',
        ),
        (
            "By their size the eastings are of 3° zone 39. The columns are swapped: the values of "
            "each fit only the other.",
            "按数值大小，东坐标属 3° 带第 39 带。两列颠倒：各自的值只适合另一列。",
        ),
        (
            "crs is 'x'; write EPSG:…, GCJ-02 or BD-09.",
            "crs 为 'x'；请写 EPSG:…、GCJ-02 或 BD-09。",
        ),
    ],
)
def test_a_sentence_keeps_its_names_and_values(english, chinese):
    assert in_chinese(english) == chinese


@given(st.text())
def test_what_is_not_known_comes_back_as_it_is(text):
    assert in_chinese(f"§ {text} §") == f"§ {text} §"


@pytest.mark.parametrize("english", TEMPLATES)
def test_a_chinese_form_shows_every_hole_of_its_template(english):
    holes = len(re.findall(r"\{~?\}", english))
    if holes:  # without, it is not filled and may hold braces of its own
        fields = [name for _, name, *_ in Formatter().parse(TEMPLATES[english]) if name is not None]
        assert len(set(fields)) == len(fields) or not any(fields)
        assert len(fields) == holes
