"""Files in: read, mapped, checked row by row, and published in one step."""
