"""Tickets: the appeals, their numbers, their places on the map and their stories."""
