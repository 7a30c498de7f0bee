"""Libraries that only some inputs need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import InputError


@contextmanager
def extra(name: str, source: str) -> Iterator[None]:
    """Around the import of a library of the extra `name`: InputError that says how to install it when it is missing."""
    try:
        yield
    except ImportError as error:
        raise InputError(
            f"{source}: needs a library that is not installed; run pip install 'guanxi[{name}]'"
        ) from error
