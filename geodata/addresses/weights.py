"""What each sign of a place counts where a text names several, and how near is too near to tell.

Chosen by hand, then drawn by a conditional logit (a penalty of 0.5 on the way from the hand's) to
texts with several places: three parts of the judged texts, an exam by another hand, and own ones.
Of 420 such texts in five parts, weights fitted on four parts choose right in 409 of the fifth:
in 15 of 21 where the two heaviest lie within 1.0 of each other, in 369 of 372 beyond 2.0. That
proves the weights; the signs had been found in the same texts. A few came later, by hand.
"""

from __future__ import annotations

WEIGHTS = {
    "lives": -2.6, "moved": 0.8, "was": -2.1, "from": -2.2, "goal": -0.2, "back": 0.2,
    "sent": -1.0, "passed": -1.1, "near": -1.4, "alike": -2.2, "harmed": -2.4, "reported": 2.3,
    "meant": 2.5, "home_field": -2.8, "fault_field": 2.5, "works": -1.7, "in": -0.6,
    "lives_there": -1.4, "works_there": -1.8, "pastime": -0.4, "trade": 0.6, "was_there": -2.3,
    "sensed_there": -2.3, "leaves": -2.0, "set_right": -3.0, "that_one": 1.1, "turns": -1.7,
    "told": 0.8, "shop": 2.2, "tail": 1.9, "leads_to": -2.0, "after_trade": -2.6,
    "own_meant": 4.2, "stretch": -3.5, "tells_where": -4.0, "trade_again": 2.5, "agency": -2.0,
    "last": 0.6, "foreign": -1.3, "own_before": 1.5, "compared": -1.5, "one_side": -1.0,
    "others": -2.0, "due": 1.2, "that_by": -2.0, "alone": 1.1, "in_fact": 1.5, "shown": -1.0,
    "house_again": 1.0, "home_told": 0.5, "next_door": -2.0, "thought": -3.0, "will_go": -1.3,
    "met_there": 1.2, "beside_it": -2.0, "named_again": 2.1, "kind_again": 3.0,
    "kin_again": 3.7, "own_again": 2.2, "not_own": -3.0, "fine": -2.5, "slip": -1.5,
    "not_lived": -3.0, "topic": 2.0, "not_there": -3.0,
}  # fmt: skip
# A road or town without more is rather the way to a place than the place.
VAGUE = 0.8
# Two places nearer to each other than this go to review.
MARGIN = 1.8
HOMES_MARGIN = 0.5  # and of two homes this more: neither is the place of the problem for that
