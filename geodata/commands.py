"""What each command does; heavy packages are imported by the command that needs them."""

from __future__ import annotations

import datetime as dt
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.progress import counted, step, steps

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geodata.intake.importer import Report
    from geodata.intake.rejects import Reject

DONE, BROKEN, NOTHING_DONE, SOME_REJECTED = 0, 1, 2, 3
SHOWN = 10  # rows of a preview, reasons of a summary
EXAMPLES = 3


def demo(given: argparse.Namespace) -> int:
    """Make the demonstration district."""
    from geodata.demo.build import build

    until = given.until or dt.datetime.now(
        dt.timezone(dt.timedelta(hours=8))
    ).date() - dt.timedelta(1)
    generation = build(given.data, given.scale, given.seed, until)
    _say(f"{given.data}: data version {generation.version}, until {until}")
    return DONE


def bring(given: argparse.Namespace) -> int:
    """Bring a file in; the last line says in which coordinate system it was read."""
    from geodata.intake.importer import Asked, import_file, rejects_text
    from geodata.intake.plain import Naming, import_layer

    with steps(4) as tell:
        asked = Asked(
            kind=given.kind,
            file=given.file,
            folder=given.data,
            mapping=given.mapping,
            crs=given.crs,
            reference=given.reference,
            dry_run=given.dry_run,
            tell=tell,
        )
        if given.kind == "layer":
            report = import_layer(asked, Naming(id=given.id, title=given.title))
        else:
            report = import_file(asked)
    if report.mapping and not given.mapping:
        _say(f"mapping: {report.mapping}")
    for note in report.notes:
        _say(note)
    _say(f"read {report.read}, accepted {report.accepted}, rejected {len(report.rejects)}")
    if report.rejects:
        path = given.rejects or Path(f"{given.file.stem}.rejects.csv")
        path.write_text(rejects_text(report.rejects), encoding="utf-8-sig", newline="")
        for line in summed(report.rejects):
            _say(f"held back: {line}")
        _say(f"rows held back: {path}")
    _end(report)
    return SOME_REJECTED if report.rejects else DONE


def summed(rejects: Sequence[Reject]) -> list[str]:
    """The reasons for which rows were held back, each with its count and its first lines."""
    groups: dict[str, list[int]] = {}
    for reject in rejects:
        groups.setdefault(f"{reject.column} {reject.reason}".strip(), []).append(reject.line)
    return [
        f"{len(lines)} times {reason} (line {', '.join(map(str, lines[:EXAMPLES]))})"
        for reason, lines in sorted(groups.items(), key=lambda group: -len(group[1]))
    ][:SHOWN]


def _end(report: Report) -> None:
    for doubt in report.warnings:
        _say(f"warning: {doubt.sentence}")
    if report.batch and not report.is_known:
        _say(f"batch {report.batch}; `python -m geodata undo {report.batch}` takes it back")
    _say(f"crs: {report.crs}")


def propose_mapping(given: argparse.Namespace) -> int:
    """Propose a mapping: write it, say what a person should check, show rows as they would land."""
    from geodata.intake.preview import preview, proposed

    proposal, sheet = proposed(given.kind, given.file)
    out = given.out or given.file.with_name(f"{given.file.stem}.mapping.toml")
    out.write_text(proposal.toml, encoding="utf-8")
    for doubt in proposal.doubts:
        _say(f"check: {doubt}")
    if not proposal.complete:
        _say(f"written, with gaps that only you can fill: {out}")
        return SOME_REJECTED
    for line in preview(proposal, sheet, given.data, SHOWN):
        _say(line)
    _say(f"written: {out}")
    return DONE


def check(given: argparse.Namespace) -> int:
    """Prove topology and integrity."""
    from geodata.check import faults
    from geodata.store.reader import Store

    found = faults(Store(given.data, compare=False).reader(), sys.stdout.write)
    for fault in found:
        _say(f"broken: {fault}")
    return BROKEN if found else DONE


def match(given: argparse.Namespace) -> int:
    """Find the standard address of every text of a file; an interrupted run goes on."""
    from geodata.matching import match_file

    with counted("地址匹配 · matching") as tell:
        matched = match_file(given.file, given.column, given.data, given.out, tell)
    for note in matched.notes:
        _say(note)
    if matched.resumed:
        _say(f"{matched.resumed} rows were done by an earlier run")
    counts = ", ".join(f"{status} {count}" for status, count in matched.counts.items())
    _say(f"read {sum(matched.counts.values())}: {counts}")
    _say(f"written: {given.out}")
    return DONE


def batches(given: argparse.Namespace) -> int:
    """List the batches of a data folder, the newest last."""
    from geodata.store.batches import Log

    for batch in Log(given.data).batches():
        counts = f"read {batch.read}, accepted {batch.accepted}, rejected {batch.rejected}"
        state = " (taken back)" if batch.undone else ""
        about = " ".join(filter(None, [batch.kind, batch.layer, batch.file]))
        sum_ = f" sha256 {batch.sha256[:12]}" if batch.sha256 else ""
        _say(f"{batch.number} {batch.at} {about}: {counts}{sum_}{state}")
    return DONE


def undo(given: argparse.Namespace) -> int:
    """Take a batch back."""
    from geodata.replay import undo as take_back

    with step("撤回 · taking back"):
        batch = take_back(given.data, given.batch)
    _say(f"batch {batch.number} ({batch.file or batch.kind}) is taken back")
    return DONE


def token(given: argparse.Namespace) -> int:
    """Give a sender a token, shown once; or take it away; or list the senders."""
    from geodata import tokens

    if not given.name:
        for sender in tokens.senders(given.data):
            _say(f"{sender.name} since {sender.issued_at}")
    elif given.revoke:
        tokens.revoke(given.data, given.name)
        _say(f"{given.name} can no longer write")
    else:
        _say(tokens.issue(given.data, given.name))
    return DONE


def compact(given: argparse.Namespace) -> int:
    """Fold what waits in the journal into a new generation, once or until told to stop."""
    from geodata.replay import remade
    from geodata.store import compactor

    if given.follow:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        compactor.run(given.data, stop, remade)
        return DONE
    with step("并入 · folding the journal in"):
        generation = compactor.compact(given.data, remade)
    _say(f"data version {generation.version}" if generation else "nothing waits in the journal")
    return DONE


def replay(given: argparse.Namespace) -> int:
    """Make the store anew from the log and the journal."""
    from geodata.replay import replay as again

    with step("重建 · making the store anew"):
        generation = again(given.data)
    _say(f"{given.data}: data version {generation.version}")
    return DONE


def backup(given: argparse.Namespace) -> int:
    """Save a data folder."""
    from geodata.backup import backup as save

    with step("备份 · saving"):
        count = save(given.data, given.to)
    _say(f"{count} files saved to {given.to}")
    return DONE


def restore(given: argparse.Namespace) -> int:
    """Put a backup into a new data folder, every file compared."""
    from geodata.backup import restore as put_back

    with step("恢复 · restoring"):
        count = put_back(given.source, given.data)
    _say(f"{count} files restored to {given.data}, sums compared")
    return DONE


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
