"""A proposed mapping as the text of a mapping file, every choice said in plain words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_DELETE = chr(127)  # the one character that JSON leaves as it is and TOML does not take


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What the file says beside its values: words for each line, by canonical or source column."""

    title: str
    crs: str
    columns: Mapping[str, str]  # canonical column: how it was found
    absent: Mapping[str, str]  # canonical column that has no source: what to write there
    unused: Mapping[str, str]  # source column that is not taken: why


def toml(values: Mapping[str, Any], remarks: Remarks) -> str:
    """The text of a mapping file; read back, it gives ``values``."""
    lines = [*_comment(remarks.title), f"kind = {quoted(values['kind'])}"]
    crs = f"crs = {quoted(values['crs'])}" if "crs" in values else "# crs = …"
    lines += [f"{crs}  # {remarks.crs}", "", "[columns]"]
    for name, source in values["columns"].items():
        lines.append(f"{name} = {_value(source)}  # {remarks.columns[name]}")
    lines += [f"# {name} = …  # {why}" for name, why in remarks.absent.items()]
    if remarks.unused:
        lines += ["", "# Columns of the file that are not used:"]
        lines += [f"# {quoted(name)}: {why}" for name, why in remarks.unused.items()]
    for table in ("formats", "values"):
        lines += _tables(table, values.get(table, {}))
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as TOML writes it, on one line."""
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")


def _tables(table: str, given: Mapping[str, Any]) -> list[str]:
    if not given:
        return []
    if table == "formats":
        rows = [f"{name} = {_value(forms)}" for name, forms in given.items()]
        return ["", "[formats]", *rows]
    lines: list[str] = []
    for name, recoding in given.items():
        rows = [f"{quoted(theirs)} = {quoted(ours)}" for theirs, ours in recoding.items()]
        lines += ["", f"[values.{name}]", *rows]
    return lines


def _value(given: Any) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, str):
        return quoted(given)
    if isinstance(given, list):
        return f"[{', '.join(map(_value, given))}]"
    return "{" + ", ".join(f"{key} = {_value(value)}" for key, value in given.items()) + "}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in text.splitlines()]
