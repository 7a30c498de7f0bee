"""Files in, pages out, with the way back from every character to its source.

In: what a user names: files, folders, globs, `-`. Out: `Source`s, and the `Page`s in each. A source that cannot be read
raises `InputError` when it is read, never earlier, so that the other inputs go on. Pages of a PDF and
lines of JSON Lines that cannot be read do not cost the others: `LeftOutError`, which names them, comes last.

- `inputs.py`: what the user named, as sources, in a fixed order.
- `archives.py`: the files in zip, tar and gzip archives, unpacked in memory within bounds.
- `reading.py`: which reader takes a source, by its first bytes, then by its suffix.
- `text.py`: plain text in any encoding a Chinese office produces.
- `html/`: articles of e-paper systems and portals, by the names in `html/rules.tsv`.
- `pdf.py`: PDF, by the positions of its characters (extra `pdf`).
- `scan.py`: PNG and JPEG, and PDF pages without text, by recognition (extra `ocr`).
- `docx.py`: Word files (extra `docx`).
- `layout.py`: reading order from positions, for PDF and scans.
- `lines.py`: JSON Lines `{"id", "text"}`, one page a line.
"""

from pipeline.sources.archives import expand
from pipeline.sources.inputs import LeftOutError, Source
from pipeline.sources.reading import read_pages

__all__ = ["LeftOutError", "Source", "expand", "read_pages"]
