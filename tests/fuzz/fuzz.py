"""Coverage-guided fuzzing with atheris (`pip install atheris`); what pytest runs is in `tests/engines/test_any_text.py`.

    python tests/fuzz/fuzz.py sources -max_total_time=600
    python tests/fuzz/fuzz.py pages -max_total_time=600 build/fuzz-corpus

The targets are the file readers, the reading of a page, the `.ann` mark-up and all converters. Whatever is given must end in
a result that keeps what is promised of it, or in one of the package's own errors; any other exception is a find, and atheris
writes the input beside the script. Further arguments are libFuzzer's.
"""

import logging
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from pipeline.errors import GuanxiError
    from pipeline.pages import article_text, read_articles
    from pipeline.sources import Source, read_pages
    from pipeline.sources.text import page_of
    from pipeline.training.formats import FORMATS, read_samples
    from pipeline.training.formats.notes import Notes

SEEDS = Path(__file__).parents[2] / "seeds"
SUFFIXES = [".txt", ".htm", ".jsonl", ".zip", ".tgz", ".gz", ".tar", ".docx", ".pdf"]
KINDS = {"jsonl": ".jsonl", "docbin": ".spacy", "doccano": ".jsonl", "label-studio": ".json", "bio": ".bio"}
scratch = Path(tempfile.mkdtemp(prefix="guanxi-fuzz-"))


def sources(data: bytes) -> None:
    """A file of each kind: its pages lead back to characters within the source."""
    if not data:
        return
    source = Source(f"fuzz{SUFFIXES[data[0] % len(SUFFIXES)]}", content=data[1:])
    with suppress(GuanxiError):
        for page in read_pages(source):
            assert all(0 <= piece.start <= piece.end <= len(page.text) for piece in page.pieces)


def pages(data: bytes) -> None:
    """A page of text: the spans of its articles slice the page to what the articles say."""
    text = data.decode("utf-8", "surrogateescape")  # bytes that are no UTF-8 become lone surrogates
    with suppress(GuanxiError):
        page = page_of("fuzz.txt", text)
        for article in read_articles(page).articles:
            assert all(0 <= start <= end <= len(article.body) for start, end, _ in article.spans)
            restored, spans = article_text(article)
            assert all(0 <= start <= end <= len(restored) for start, end, _ in spans)


def markup(data: bytes) -> None:
    """A file of `.ann` mark-up: every mention of a record is what its offsets slice."""
    _samples("ann", scratch / "fuzz.ann", data)


def converters(data: bytes) -> None:
    """A file in any other format that a converter reads, and its records written in another."""
    if data:
        kind, suffix = list(KINDS.items())[data[0] % len(KINDS)]
        _samples(kind, scratch / f"fuzz{suffix}", data[1:])


def _samples(kind: str, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with suppress(GuanxiError):
        records = read_samples(path, Notes(), kind)
        for record in records:
            assert all(record.text[m.start : m.end] == m.text for m in record.entities)
        for other in ("ann", "jsonl", "doccano", "label-studio", "bio", "docbin"):
            with suppress(GuanxiError):
                FORMATS[other].write(records, scratch / f"out-{other}", Notes())


TARGETS = {"sources": sources, "pages": pages, "markup": markup, "converters": converters}


def seed_corpus(name: str) -> Path:
    """A folder with sound inputs to begin with."""
    folder = scratch / name
    folder.mkdir()
    texts = sorted((SEEDS / "pages").glob("*.txt"))[:6]
    samples = (SEEDS / "annotated" / "dev" / "news-d.ann").read_text(encoding="utf-8")[:3000].encode()
    for number, path in enumerate(texts):
        page = path.read_text(encoding="utf-8")[:600].encode()
        prefix = bytes([number]) if name in {"sources", "converters"} else b""
        (folder / path.name).write_bytes(prefix + (samples if name == "markup" else page))
    if name in {"sources", "converters"}:
        (folder / "html").write_bytes(
            b"\x01<html><body><h1>t</h1><!--enpcontent--><p>x</p><!--/enpcontent--></body></html>"
        )
        (folder / "jsonl").write_bytes(b'\x00{"id": "a", "text": "ab", "entities": [{"id": "P1", "label": "PERSON", "start": 0, "end": 1, "text": "a"}]}\n')  # fmt: skip
        (folder / "lines").write_bytes(b'\x02{"id": "a", "text": "b"}\n')
        (folder / "label").write_bytes(b'\x03[{"id": 1, "data": {"text": "ab"}, "annotations": [{"result": [{"id": "a", "type": "labels", "from_name": "label", "to_name": "text", "value": {"start": 0, "end": 1, "text": "a", "labels": ["PERSON"]}}]}]}]')  # fmt: skip
        (folder / "bio").write_bytes("\x04张\tB-PERSON\n三\tI-PERSON\n\n".encode())
        (folder / "doccano").write_bytes(b'\x02{"id": 1, "text": "ab", "label": [[0, 1, "PERSON"]]}\n')
    return folder


def main() -> None:
    """Fuzz the target that the first argument names."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        raise SystemExit(f"{__doc__}\ntargets: {', '.join(TARGETS)}")
    logging.disable(logging.CRITICAL)
    name = sys.argv.pop(1)
    atheris.Setup([*sys.argv, str(seed_corpus(name))], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
