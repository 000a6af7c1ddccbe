"""Where facts come from. Knows nothing of Dash, Flask or the screen."""
