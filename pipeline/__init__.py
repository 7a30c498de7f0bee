"""guanxi 官系: pages of Chinese local newspapers to a graph of officials, posts, bodies, districts and reported acts.

    files ─► Page ─► Article ─► Doc with mentions ─► relations ─► linked facts ─► graph ─► files, store, report
            sources   pages      language, entities    relations     linking        graph     graph, report

Each room is a folder whose docstring says what comes in, what goes out and where its knowledge came from. A room uses the
rooms before it, never those after it; `records.py` holds the words they share, `cli.py` is the door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.graph import load_graph, load_tables

__all__ = ["load_graph", "load_tables"]


def __getattr__(name: str) -> Any:
    """`load_graph` and `load_tables` of `pipeline.graph`, imported when they are asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline import graph

    return getattr(graph, name)
