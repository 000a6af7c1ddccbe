"""How well the methods do on public sets: ``python -m geodata.addresses.evaluate``.

Parsing, address pairs and places with two names; each learns from one file and is judged on
another. Nothing of this runs in the product.
"""
