"""What the Plotly charts share: ground, type, margins, and how they sit in a panel.

Sizes are for a root type of 16 px; the browser scales type and margins with its own root
(``assets/functions.js``), so that one figure serves a phone and a wall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from callbacks.theme import FIGURES

if TYPE_CHECKING:
    from callbacks.theme import Theme


def graph(name: str, figure: dict[str, Any], label: str) -> Any:
    """A chart in its panel; ``label`` tells those who cannot see it what it shows."""
    chart = dcc.Graph(
        id=f"{name}-chart",
        figure=figure,
        config={"displayModeBar": False, "responsive": True, "doubleClick": False},
        responsive=True,
    )
    return html.Div(
        chart, role="img", className=f"chart-box chart-box--{name}", **{"aria-label": label}
    )


def layout(theme: Theme, **more: Any) -> dict[str, Any]:
    """A layout without furniture."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"color": theme.color("muted")},
        "ticks": "",
    }
    given = {name: {**axis, **more.pop(name, {})} for name in ("xaxis", "yaxis")}
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FIGURES, "color": theme.color("muted"), "size": 12},
        "margin": {"l": 4, "r": 4, "t": 6, "b": 4},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": theme.color("raised"),
            "bordercolor": theme.color("line"),
            "font": {"family": FIGURES, "color": theme.color("text")},
        },
        "dragmode": False,
        "bargap": 0.25,
        "uirevision": "keep",
        **given,
        **more,
    }
