"""What the product costs, measured on the demonstration district. Figures are printed, not judged.

One room a table: ``build``, ``query``, ``page``, ``tiles``, ``wire``, ``memory``, ``screen``. Each
gives ``tables(ground)``. The method and the figures of one run stand in ``docs/benchmarks.md``.
"""
