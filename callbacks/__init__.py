"""HOW it is shown: Dash and Plotly live here and only here."""
