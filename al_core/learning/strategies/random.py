"""Random sampling: the baseline that every strategy has to beat."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from al_core.learning.querying.keywords import params
from al_core.learning.querying.strategy import Query, strategy


@strategy(
    "random",
    title="Picked at random",
    deterministic=False,
    paper="the baseline of every comparison; Settles 2010, Active Learning Literature Survey",
    needs_model=False,
    answers=("classes", "numbers", "tags"),
)
def random(query: Query) -> NDArray[np.float64]:
    """Every row is equally likely to be asked next.

    Formula: ``utility = uniform(0, 1)`` a row. Cost: n draws.

    >>> import numpy as np
    >>> query = Query(model=None, X_pool=np.zeros((3, 1)), rng=np.random.default_rng(0))
    >>> random(query).round(2)
    array([0.64, 0.27, 0.04])
    """
    params(query)
    return np.asarray(query.rng.random(query.X_pool.shape[0]))
