"""Areas: the hierarchy from the district down to the grid, and the people who answer for it."""
