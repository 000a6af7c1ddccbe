"""Packages that only the evaluation needs, imported when it runs."""

from __future__ import annotations

from typing import Any

from geodata.errors import DataError

_CURE = "install what requirements-dev.txt names"


def rapidfuzz() -> Any:
    """Give rapidfuzz with its parts, or say how to get it."""
    try:
        import rapidfuzz
        import rapidfuzz.distance
        import rapidfuzz.fuzz
        import rapidfuzz.process
    except ImportError:
        raise DataError(f"Comparing names needs rapidfuzz: {_CURE}.") from None
    return rapidfuzz


def boosted(rows: Any, labels: Any, weights: Any, asked: Any) -> Any:
    """Learn labels of rows by gradient boosting with scikit-learn; give those of other rows.

    One thread: on a busy machine its threads wait for each other many times as long.
    """
    try:
        from sklearn.ensemble import HistGradientBoostingClassifier
        from threadpoolctl import threadpool_limits
    except ImportError:
        raise DataError(f"Judging pairs needs scikit-learn: {_CURE}.") from None
    learner = HistGradientBoostingClassifier(
        max_iter=200, learning_rate=0.06, max_leaf_nodes=15, l2_regularization=5.0, random_state=0
    )
    with threadpool_limits(1):
        return learner.fit(rows, labels, sample_weight=weights).predict(asked)
