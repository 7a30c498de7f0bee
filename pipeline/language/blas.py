"""One thread for numpy's small matrix products.

More threads gain nothing there, wait for each other while the encoder's threads have the cores, and round otherwise, so that
the last digits would depend on the number of cores.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController


@lru_cache(maxsize=1)
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Inside, numpy multiplies matrices on one thread."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit
