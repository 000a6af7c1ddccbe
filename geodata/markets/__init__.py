"""Markets: tidal markets and night-economy areas, their sites and opening windows."""
