"""The model made better with the corrections: `guanxi train --from`, in the background, one at a time."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import Literal

from pydantic import BaseModel

from pipeline.records import Record
from pipeline.service.jobs import PROGRAM

NEEDED = ("torch", "transformers", "onnx")
FEW = 20_000
"""Characters of samples below which the settings of `guanxi train --from` would pass them by too seldom to learn from them."""
INTENSE = (
    "--training.epochs",
    "20",
    "--training.batch",
    "512",
    "--training.rate",
    "3e-4",
    "--training.head_rate",
    "1e-3",
)
STOPPED = "训练中断。"
RAW = 400
"""Articles that nobody corrected, which the old model labels for the new one, so that it does not forget them."""
State = Literal["none", "training", "trained", "failed"]


def missing() -> list[str]:
    """What the extra `train` would bring and is not installed."""
    return [name for name in NEEDED if find_spec(name) is None]


def options(records: Sequence[Record], raw: str) -> tuple[str, ...]:
    """Options of `guanxi train` for so many samples; `raw` is a file of other articles."""
    few = sum(len(record.text) for record in records) < FEW
    share = ("--paths.raw", json.dumps([raw], ensure_ascii=False), "--training.raw_share", "3.0" if few else "1.0")
    return (*share, *(INTENSE if few else ()))


def as_lines(rows: Iterable[BaseModel | Mapping[str, str]]) -> str:
    """JSON Lines of records or mappings."""
    plain = (
        row.model_dump_json(exclude_none=True) if isinstance(row, BaseModel) else json.dumps(row, ensure_ascii=False)
        for row in rows
    )
    return "".join(f"{line}\n" for line in plain)


@dataclass
class Training:
    """The latest training of a server: its state, the figures before and after, and the last lines that it logged."""

    folder: Path
    state: State = "none"
    reason: str = ""
    samples: int = 0
    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    log: deque[str] = field(default_factory=lambda: deque(maxlen=12))
    process: subprocess.Popen[str] | None = None
    stopped: bool = False
    since: float = field(default_factory=time.monotonic)

    @property
    def model(self) -> Path:
        """The folder of the trained model."""
        return self.folder / "model"

    def start(self, model: str, records: Sequence[Record], others: Iterable[Mapping[str, str]]) -> None:
        """Train `model` on with `records`, in a thread and a process of their own; `others` are articles without correction."""
        self.state, self.samples = "training", len(records)
        Thread(target=self._work, args=(model, records, others), daemon=True).start()

    def stop(self) -> None:
        """End a training that goes on."""
        self.stopped = True
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def _work(self, model: str, records: Sequence[Record], others: Iterable[Mapping[str, str]]) -> None:
        try:
            self.figures, self.reason = self._train(self._command(model, records, others))
        except Exception as error:  # whatever it is, the next training must be able to begin
            self.reason = str(error)
        self.state = "trained" if self.figures else "failed"

    def _command(self, model: str, records: Sequence[Record], others: Iterable[Mapping[str, str]]) -> list[str]:
        """The command of a training whose files are in the folder."""
        self.folder.mkdir(parents=True)
        samples, raw = self.folder / "corrections.jsonl", self.folder / "others.jsonl"
        samples.write_text(as_lines(records), encoding="utf-8")
        raw.write_text(as_lines(others), encoding="utf-8")
        arguments = ("train", "--from", model, str(samples), "--out", str(self.folder))
        return [*PROGRAM, *arguments, *options(records, str(raw))]

    def _train(self, command: list[str]) -> tuple[dict[str, dict[str, float]], str]:
        """The figures of a training, or none and the reason why it failed."""
        with TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
            self.process = subprocess.Popen(
                command, stdout=printed, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace"
            )
            if self.stopped:  # before there was a process to end
                self.process.terminate()
            assert self.process.stderr
            lines = [line.rstrip() for line in self._logged(self.process.stderr)]
            code = self.process.wait()
            printed.seek(0)
            figures = _figures(printed.read().splitlines()) if code == 0 else {}
        for part in ("start", "last", "best"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
        return figures, "" if figures else self._fault(lines)

    def _fault(self, lines: Sequence[str]) -> str:
        """Why there is no model, as the log tells it."""
        faults = [line.removeprefix("guanxi: ") for line in lines if line.startswith("guanxi: ")]
        return STOPPED if self.stopped else (faults or lines or [STOPPED])[-1]

    def _logged(self, stream: Iterable[str]) -> Iterator[str]:
        for line in stream:
            self.log.append(line.rstrip())
            yield line


def _figures(lines: Sequence[str]) -> dict[str, dict[str, float]]:
    """The figures that `guanxi train --from` prints last, as JSON over several lines."""
    begins = [number for number, line in enumerate(lines) if line == "{"]
    found: dict[str, dict[str, float]] = json.loads("\n".join(lines[begins[-1] :])) if begins else {}
    return found
