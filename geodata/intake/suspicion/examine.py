"""All of it together: a file's facts in, a verdict out."""

from __future__ import annotations

import numpy as np

from geodata.intake.suspicion import columns, place, units
from geodata.intake.suspicion.facts import Doubt, Facts, Reference, Verdict
from geodata.intake.suspicion.ground import Ground
from geodata.intake.suspicion.shift import Shift, systematic
from geodata.space import crs

WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
WINDS_ZH = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")


def examine(facts: Facts, reference: Reference | None) -> Verdict:
    """What a careful clerk would notice about a file.

    Faults of single rows hold these rows back; faults of the whole file are warned of and asked
    about, and drop no row. Certain repairs are made, and said. Without a reference, only what the
    file itself gives away is seen.
    """
    ground = Ground(reference) if reference is not None else None
    verdict = Verdict(
        crs=facts.declared_crs or crs.STORED, lon=facts.lon, lat=facts.lat, shapes=facts.shapes
    )
    verdict = columns.broken_shapes(facts, verdict)
    verdict = place.nowhere(facts, verdict)
    verdict = units.other_crs(facts, verdict, ground)
    if not verdict.asks:
        verdict = place.exchanged(facts, verdict, ground)
        verdict = place.impossible(facts, verdict)
        verdict = place.outside(facts, verdict, ground)
        verdict = _shifted(facts, verdict, ground)
    verdict = columns.placeholder_dates(facts, verdict)
    verdict = columns.repeated_ids(facts, verdict)
    return columns.cut_page(facts, verdict)


def _shifted(facts: Facts, verdict: Verdict, ground: Ground | None) -> Verdict:
    """Ask about a systematic shift against the reference."""
    lon, lat = place.positions(verdict)
    usable = place.on_earth(lon, lat)
    if not ground or not usable.any():
        return verdict
    shapes = None if verdict.shapes is None else verdict.shapes[usable]
    shift = systematic(
        lon[usable], lat[usable], shapes, ground, declared=facts.declared_crs, kind=facts.kind
    )
    if shift is None:
        return verdict
    doubt = _doubt(shift, int(usable.sum()))
    return verdict.noting(doubt, crs=f"{shift.crs} (suspected)" if shift.crs else verdict.crs)


def _doubt(shift: Shift, count: int) -> Doubt:
    wind = round(np.degrees(np.arctan2(shift.east, shift.north)) / 45) % 8
    where = f"about {shift.metres:.0f} m to the {WINDS[wind]}"
    against = {"roads": "道路", "outlines": "边界"}[shift.against]
    sentence = f"All {count:,} rows lie {where} of where they fit the {shift.against}"
    sentence_zh = (
        f"全部 {count:,} 行相对{against}整体向{WINDS_ZH[wind]}偏移约 {shift.metres:.0f} 米"
    )
    if shift.crs:
        sentence += f", as {shift.crs} read as another system does. If that is what they are, give "
        sentence += f"--crs {shift.crs}."
        sentence_zh += (
            f"，与 {shift.crs} 坐标被误读的情形相符。若确实如此，请用 --crs {shift.crs} 指明。"
        )
    else:
        sentence += "; no known system explains it. Ask the sender for the coordinate system."
        sentence_zh += "，不属于已知坐标系偏移，请向提供方核实坐标系。"
    return Doubt(kind="shift", count=count, sentence=sentence, sentence_zh=sentence_zh, asks=True)
