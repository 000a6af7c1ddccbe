"""Geometry without subjects: projections, cells and tiles, topology, assignment to areas."""
