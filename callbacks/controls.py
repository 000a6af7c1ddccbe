"""Controls derived from the catalogue: a switch and an opacity a layer, a widget a filter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from callbacks.pages import control_id
from callbacks.words import word
from geodata.store.terms import words
from layers._answers import GOVERNOR
from layers._layer import Range, Text
from layers._metrics import METRICS

if TYPE_CHECKING:
    from geodata.store.reader import Reader
    from layers._layer import Category, Layer, Queryable
    from layers._view import Catalog

LAYERS = Text("图层", "Layers")
PAINT = Text("着色指标", "Paint by")
FILTERS = Text("筛选", "Filters")
HOURS = Text("时刻", "Hours")
PERIOD = Text("时段", "Period")
COMPARE = Text("对比时段", "Compare with")
OPACITY = Text("不透明度", "Opacity")
EXPORT = Text("带走所见", "Take away what is shown")
ALL = Text("全部", "All")
DAY = Text("年-月-日", "year-month-day")


def panel(reader: Reader, catalog: Catalog, lang: str) -> list[Any]:
    """Everything a planner can set, in the order a question is put together."""
    return [
        _group(PERIOD, _period(lang), lang),
        _group(PAINT, _metrics(lang), lang),
        _group(FILTERS, [_filter(o, q, reader, lang) for o, q in _queryables(catalog)], lang),
        _group(LAYERS, _layers(catalog, lang), lang),
        _group(EXPORT, [html.Div(id={"type": "panel", "name": "exports"})], lang),
    ]


def _group(title: Text, inside: list[Any], lang: str) -> Any:
    return html.Section([html.H2(title(lang)), *inside], className="control-group")


def _queryables(catalog: Catalog) -> list[tuple[Layer, Queryable]]:
    """Every filter; those that govern the numbers come first."""
    by_use = sorted(catalog.values(), key=lambda layer: layer.id != GOVERNOR)
    return [(layer, q) for layer in by_use for q in layer.queryables if not layer.filtered_by]


def _filter(layer: Layer, queryable: Queryable, reader: Reader, lang: str) -> Any:
    ident = control_id(f"{layer.id}.{queryable.name}")
    title = queryable.title(lang)
    if layer.id != GOVERNOR:
        title = f"{layer.title(lang)} · {title}"
    if isinstance(queryable, Range):
        slider = dmc.RangeSlider(
            id=ident,
            min=queryable.minimum,
            max=queryable.maximum,
            step=(queryable.maximum - queryable.minimum) / 100,
            updatemode="mouseup",
            size="sm",
        )
        return html.Div([html.Label(title), slider], className="control")
    return dmc.MultiSelect(
        id=ident,
        label=title,
        data=_options(queryable, reader, lang),
        value=[],
        searchable=True,
        clearable=True,
        placeholder=ALL(lang),
        size="xs",
        className="control",
    )


def _options(queryable: Category, reader: Reader, lang: str) -> list[Any]:
    """Values with their words; the branches of a tree are grouped by their first element."""
    english = words(reader, queryable.subject) if lang == "en" and queryable.subject else {}

    def told(value: str) -> str:
        parts = [english.get(part, part) for part in value.split("/")]
        return word(value, lang) if len(parts) == 1 and not english else " › ".join(parts[-2:])

    values = [str(v) for v in queryable.values]  # type: ignore[union-attr]
    if not any("/" in value for value in values):
        return [{"value": value, "label": told(value)} for value in values]
    groups: dict[str, list[Any]] = {}
    for value in values:
        major = value.partition("/")[0]
        groups.setdefault(major, []).append({"value": value, "label": told(value)})
    return [{"group": english.get(major, major), "items": items} for major, items in groups.items()]


def _metrics(lang: str) -> list[Any]:
    options = [{"value": m.id, "label": f"{m.title(lang)} · {m.unit(lang)}"} for m in METRICS]
    return [
        dmc.Select(
            id=control_id("metric"),
            data=options,
            value="total",
            allowDeselect=False,
            size="xs",
            **{"aria-label": PAINT(lang)},
        )
    ]


def _period(lang: str) -> list[Any]:
    first, last = Text("起", "From"), Text("止", "To")
    other = Text("对比:", "Compare: ")
    from_hour, to_hour = Text("时起", "From hour"), Text("时止", "To hour")
    return [
        html.Div(
            [_date("datetime.start", first, lang), _date("datetime.end", last, lang)],
            className="pair",
        ),
        html.Div(
            [_hour("hours.from", from_hour, lang), _hour("hours.to", to_hour, lang)],
            className="pair",
        ),
        html.Div(
            [
                _date("compare.start", Text(other.zh + first.zh, other.en + "from"), lang),
                _date("compare.end", Text(other.zh + last.zh, other.en + "to"), lang),
            ],
            className="pair",
        ),
    ]


def _date(key: str, title: Text, lang: str) -> Any:
    return dmc.DateInput(
        id=control_id(key),
        label=title(lang),
        value="",
        valueFormat="YYYY-MM-DD",
        placeholder=DAY(lang),
        size="xs",
        debounce=600,
    )


def _hour(key: str, title: Text, lang: str) -> Any:
    return dmc.NumberInput(
        id=control_id(key),
        label=title(lang),
        value="",
        min=0,
        max=24,
        allowDecimal=False,
        size="xs",
        debounce=400,
    )


def _layers(catalog: Catalog, lang: str) -> list[Any]:
    """Layers by group, the upper ones first, each with its opacity."""
    groups: dict[str, list[Any]] = {}
    for layer in reversed(list(catalog.values())):
        if not layer.is_base:
            groups.setdefault(layer.group(lang), []).append(_layer(layer, lang))
    inside = [html.Div([html.H3(name), *rows]) for name, rows in groups.items()]
    return [dmc.CheckboxGroup(html.Div(inside), id=control_id("layers"), value=[])]


def _layer(layer: Layer, lang: str) -> Any:
    return html.Div(
        [
            dmc.Checkbox(label=layer.title(lang), value=layer.id, size="xs"),
            dmc.Slider(
                id=control_id(f"opacity.{layer.id}"),
                min=10,
                max=100,
                step=10,
                value=100,
                size="xs",
                updatemode="mouseup",
                **{"aria-label": f"{layer.title(lang)} {OPACITY(lang)}"},
            ),
        ],
        className="layer-row",
        title=layer.description(lang),
        **{"data-layer": layer.id},
    )
