"""What the map stands on: roads and landmarks."""
