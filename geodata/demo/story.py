"""What becomes of an appeal: the moments of its steps, and its state at a given moment.

A story is told to its end whatever the moment; ``as_of`` then hides what lies in the future. So the
past of two demonstrations that end on different days is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.demo.calendar import DAY, END_OF_DUTY, on_duty
from geodata.demo.departments import due, is_urgent
from geodata.demo.plane import Ints

STEPS = ("dispatched_at", "signed_at", "contacted_at", "handled_at", "visited_at", "closed_at")
STATES = (
    "accepted", "dispatched", "signed", "handling", "submitted", "verified", "callback", "closed",
    "archived", "returned", "rework", "suspended",
)  # fmt: skip
RETURNED, REWORK, SUSPENDED = 9, 10, 11
LATE = 0.11  # of the appeals are closed after they were due
LONG = 0.004  # are put off for months
ARCHIVED_AFTER = 30 * DAY
SHARES = ((0.004, 0.05), (0.06, 0.13), (0.14, 0.25), (0.45, 0.78), (0.82, 0.97))  # of the whole
SATISFIED = np.array([[0.34, 0.78, 0.92], [0.10, 0.42, 0.72]])  # cumulative; on time, late


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Stories of n appeals, in seconds of local time.

    ``steps`` (n, 6) in the order of ``STEPS``; ``due`` (n,); ``sent_back`` and ``done_again`` tell
    which were returned by the first department or had to be handled twice; ``long`` which were put
    off; ``satisfaction`` counts from very satisfied, -1 where the caller was not reached.
    """

    created: Ints
    steps: Ints
    due: Ints
    sent_back: Any
    done_again: Any
    long: Any
    satisfaction: Ints

    def happened(self, now: int) -> Any:
        """Which steps (n, 6) lie in the past."""
        return self.steps <= now

    def state(self, now: int) -> Ints:
        """Place in ``STATES`` of the state at a moment."""
        past = self.happened(now).sum(axis=1)
        signed, handled, visited = self.steps[:, 1], self.steps[:, 3], self.steps[:, 4]
        verified = handled + (visited - handled) // 2
        state = np.where(past >= 5, past + 1, past)
        state = np.where((past == 4) & (verified <= now), 5, state)
        state = np.where((past == 6) & (self.steps[:, 5] + ARCHIVED_AFTER <= now), 8, state)
        back = self.steps[:, 0] + (signed - self.steps[:, 0]) // 5
        state = np.where((past == 1) & self.sent_back & (back <= now), RETURNED, state)
        state = np.where((past == 5) & self.done_again, REWORK, state)
        return np.where((past == 3) & self.long, SUSPENDED, state)


def stories(category: Ints, created: Ints, rng: np.random.Generator) -> Story:
    """Tell the stories of appeals."""
    n = len(created)
    urgent, limit = is_urgent(category), due(category, created)
    late, long = rng.random(n) < LATE, rng.random(n) < LONG
    closed = _closed(created, limit, urgent, late, rng)
    put_off = created + (rng.uniform(45, 400, n) * DAY).astype(np.int64)
    put_off += (rng.random(n) < 0.02) * 700 * DAY
    closed = np.where(long, on_duty(put_off), closed)
    steps = _steps(created, closed, urgent, long, rng)
    satisfaction = (SATISFIED[late.astype(int)] < rng.random((n, 1))).sum(axis=1)
    again = (satisfaction == 3) & (rng.random(n) < 0.6)
    return Story(
        created=created,
        steps=steps,
        due=np.where(long, (closed // DAY + 4) * DAY + END_OF_DUTY, limit),
        sent_back=rng.random(n) < 0.05,
        done_again=again,
        long=long,
        satisfaction=np.where((rng.random(n) < 0.1) & ~again, -1, satisfaction),
    )


def _closed(created: Ints, limit: Ints, urgent: Any, late: Any, rng: np.random.Generator) -> Ints:
    """Before it is due, as a rule; the late ones some days after."""
    share = rng.beta(2.4, 1.3, len(created)) * 0.97
    in_time = created + ((limit - created) * share).astype(np.int64)
    in_time = np.where(urgent, in_time, np.minimum(on_duty(in_time), limit))
    behind = rng.exponential(np.where(urgent, 4.5, 9.0)) * DAY
    return np.where(late, on_duty(limit + behind.astype(np.int64)), in_time)


def _steps(created: Ints, closed: Ints, urgent: Any, long: Any, rng: np.random.Generator) -> Ints:
    """Moments of the steps, in order; the long ones stop early and wait."""
    whole = closed - created
    share = np.stack([rng.uniform(*when, len(created)) for when in SHARES], axis=1)
    share[long, :3] /= 40
    share[long, 3:] = 0.97 + share[long, 3:] * 0.03
    steps = created[:, None] + (whole[:, None] * share).astype(np.int64)
    steps = np.where(urgent[:, None] & ~long[:, None], steps, on_duty(steps))
    return np.concatenate([np.minimum(steps, closed[:, None]), closed[:, None]], axis=1)
