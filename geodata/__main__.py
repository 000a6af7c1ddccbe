"""The command line: ``python -m geodata COMMAND``; the work is done in ``geodata.commands``."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geodata import commands
from geodata.errors import DataError
from geodata.place import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = "data folder (default: $ONEMAP_DATA or var/data)"
GUIDE = "docs/how-to/bring-your-own-data.md"
MATCHED = f"""OUT has the columns of the file, then status (matched, review, none), address_id,
level, base, building, unit, room, lon, lat, grid, score, reason, elements (JSON) and
alternatives; a column of the file with such a name becomes given_NAME. A run that was stopped goes
on where it was if file, column and data are the same; an OUT that is complete is written anew. See
{GUIDE}."""
KINDS = ("areas", "tickets", "addresses", "markets", "merchants", "roads", "places")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what a person must know goes to stdout, why nothing was done to stderr."""
    given = _parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return commands.NOTHING_DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geodata")
    add = parser.add_subparsers(required=True, metavar="COMMAND").add_parser
    made = [
        _demo(add("demo", help="make the demonstration district")),
        _import(add("import", help="bring a file in")),
        _map(add("map", help="propose a mapping for a file")),
        _match(add("match", help="find the standard address of every text of a file")),
        _plain(add("check", help="prove topology and integrity"), commands.check),
        _plain(add("batches", help="list what was brought in"), commands.batches),
        _undo(add("undo", help="take a batch back")),
        _token(add("token", help="give a sender a token, or take it away")),
        _compact(add("compact", help="fold the journal in, once or for ever")),
        _plain(add("replay", help="make the store anew from its log"), commands.replay),
        _backup(add("backup", help="save a data folder")),
        _restore(add("restore", help="put a backup into a new data folder")),
    ]
    for command in made:
        command.add_argument("--data", type=Path, default=data_folder(), help=DATA)
    return parser


def _plain(parser: argparse.ArgumentParser, run: object) -> argparse.ArgumentParser:
    parser.set_defaults(run=run)
    return parser


def _demo(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--scale", choices=("tiny", "district", "city"), default="district")
    parser.add_argument("--seed", type=int, default=2023)
    parser.add_argument("--until", type=_date, help="last day of appeals (default: yesterday)")
    return _plain(parser, commands.demo)


def _import(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.epilog = f"What columns a kind has: {GUIDE}, under Mapping files."
    parser.add_argument("kind", choices=(*KINDS, "layer"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--mapping", type=Path, help="how its columns become ours (TOML)")
    parser.add_argument(
        "--crs", default="", help="EPSG:…, GCJ-02 or BD-09, where the file is wrong"
    )
    parser.add_argument("--reference", type=Path, help="lines or outlines to compare it with")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, do nothing")
    parser.add_argument("--rejects", type=Path, help="where to write the rows held back (CSV)")
    parser.add_argument("--id", default="", help="of a layer: its name in addresses")
    parser.add_argument("--title", default="", help="of a layer: its name on the screen")
    return _plain(parser, commands.bring)


def _map(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("file", type=Path)
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--out", type=Path, help="where to write it (default: FILE.mapping.toml)")
    return _plain(parser, commands.propose_mapping)


def _match(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.epilog = MATCHED
    parser.add_argument("file", type=Path, help="CSV, XLSX, Parquet: whatever `import` reads")
    parser.add_argument("--column", required=True, help="the column that holds the texts")
    parser.add_argument("--out", type=Path, required=True, help="where to write the answers (CSV)")
    return _plain(parser, commands.match)


def _undo(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("batch", type=int, help="its number, from `batches`")
    return _plain(parser, commands.undo)


def _token(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("name", nargs="?", help="of the sender; without it, all are listed")
    parser.add_argument("--revoke", action="store_true", help="take it away")
    return _plain(parser, commands.token)


def _compact(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--follow", action="store_true", help="go on until stopped")
    return _plain(parser, commands.compact)


def _backup(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("to", type=Path, help="a new or empty folder")
    return _plain(parser, commands.backup)


def _restore(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("source", type=Path, help="a folder that backup has written")
    return _plain(parser, commands.restore)


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-11-22") from error


if __name__ == "__main__":
    sys.exit(main())
