"""Runs merged into one run directory."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from pipeline.engines.run import Manifest, database_errors, write_files
from pipeline.errors import InputError
from pipeline.graph.merge import absorb
from pipeline.graph.store import Store


def merge(folders: Sequence[Path], out: Path) -> Manifest:
    """Merge the runs in `folders` into `out`, which appears when it is whole.

    Raises InputError when a folder holds no run, or when `out` is there and not empty.
    """
    started = time.monotonic()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out}: is there already; choose another --out folder")
    manifests = [_manifest(folder) for folder in folders]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as scratch:
            whole = Path(scratch) / "run"
            whole.mkdir()
            with database_errors(out), Store(whole / "guanxi.db") as store:
                for folder in folders:
                    absorb(store, folder / "guanxi.db")
                merged = _merged(manifests, store, started)
                write_files(store, whole, merged)
            whole.replace(out)
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror}); choose another --out folder") from error
    return merged


def _manifest(folder: Path) -> Manifest:
    try:
        return Manifest.model_validate_json((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder}: holds no run; give folders that guanxi run wrote") from error


def _merged(manifests: Sequence[Manifest], store: Store, started: float) -> Manifest:
    """What all runs have in common, told once; where they differ, nothing is told."""
    first = manifests[0]
    return Manifest(
        version=version("guanxi"),
        model=first.model if all(one.model == first.model for one in manifests) else {},
        told={key: value for key, value in first.told.items() if all(one.told.get(key) == value for one in manifests)},
        inputs=store.sources(),
        counts=store.counts(),
        seconds=round(time.monotonic() - started, 2),
        failures=sorted((f for one in manifests for f in one.failures), key=lambda failure: failure.source),
    )
