"""Keeps: immutable generations of all facts, and the one door to DuckDB."""
