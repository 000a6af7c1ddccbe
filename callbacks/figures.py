"""Figures as officials read them: 1,466 · 1.2万 · 96.3% · +5.1%; never K or M in Chinese."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from layers._layer import Metric

NO_VALUE = "—"
WEEKDAYS = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}


def figure(value: float | None, decimals: int = 0, lang: str = "zh") -> str:
    """A number as it stands on the screen, with a true minus; a dash where there is none."""
    return NO_VALUE if value is None else _written(value, decimals, lang).replace("-", "−")


def _written(value: float, decimals: int, lang: str) -> str:
    if lang == "zh" and abs(_half_up(value / 10_000, 1)) >= 10_000:
        return f"{_half_up(value / 100_000_000, 2)}亿"
    if lang == "zh" and abs(_half_up(value, decimals)) >= 10_000:
        return f"{_half_up(value / 10_000, 1)}万"
    return f"{_half_up(value, decimals):,}"


def signed(value: float | None, decimals: int = 1) -> str:
    """A change with its sign and a true minus."""
    if value is None:
        return NO_VALUE
    rounded = _half_up(value, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):,}"


def of_metric(metric: Metric, value: float | None, lang: str) -> str:
    """A metric's value without its unit."""
    if metric.id == "change":
        return signed(value, metric.decimals)
    return figure(value, metric.decimals, lang)


def moment(value: dt.datetime, lang: str = "zh", *, year: bool = False) -> str:
    """A local moment: 12月14日 08:00."""
    if lang == "en":
        return value.strftime("%Y-%m-%d %H:%M" if year else "%d %b %H:%M")
    day = f"{value.year}年{value.month}月{value.day}日" if year else f"{value.month}月{value.day}日"
    return f"{day} {value:%H:%M}"


def day(value: dt.date, lang: str = "zh", *, year: bool = False) -> str:
    """A day: 12月14日."""
    if lang == "en":
        return value.strftime("%d %b %Y" if year else "%d %b")
    return (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"


def _half_up(value: float, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP) + 0  # and no minus zero
