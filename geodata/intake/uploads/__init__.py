"""Files that somebody brings in a browser: kept for a day, and worked on in a process apart.

Everything about an upload lies in ``DATA/uploads/<id>/``: the file, and a folder for each step with
what was asked and what came of it. So any worker can answer for it, and a reload loses nothing.
"""
