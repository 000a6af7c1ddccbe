"""``python -m geodata.addresses.ahead``: compile what reads addresses before anybody waits for it.

A fresh machine takes half a minute for that, once; the code is kept beside the source.
"""

from __future__ import annotations

from geodata.addresses.crf import Labeller
from geodata.addresses.gazetteer import Gazetteer

if __name__ == "__main__":
    text = "淄博市张店区柳泉路88号世纪花园3号楼"
    Gazetteer({}).read([text])
    labeller = Labeller.load()
    labeller.read([text], marginals=True)
    labeller.agreement(text, 0, 3)
