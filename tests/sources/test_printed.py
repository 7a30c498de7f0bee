"""The same news as PDF, scan, Word file and web page gives the articles of the plain text."""

import io
import sys
from difflib import SequenceMatcher

import pytest

from pipeline.errors import InputError
from pipeline.pages import read_articles
from pipeline.sources import Source, read_pages

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")
import pypdfium2
from printing import FULL_WIDTH, news, pdf, pdf_of, plain, scan, word
from reportlab.pdfgen.canvas import Canvas

NEWS = news()


def read(name, data):
    (page,) = read_pages(Source(name, content=data))
    found = read_articles(page).articles
    return [(a.headline, a.body.split("\n"), [(c.role, c.name) for c in a.byline]) for a in found]


@pytest.fixture(scope="module")
def expected():
    articles = read("page.txt", plain(NEWS).encode())
    assert [(headline, body) for headline, body, _ in articles] == NEWS
    return articles


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("count", [2, 3, 4])
def test_columns_are_read_in_order(count, shuffled, expected):
    assert read("page.pdf", pdf(NEWS, count, shuffled=shuffled)) == expected


def test_word(expected):
    pytest.importorskip("docx")
    assert read("page.docx", word(NEWS)) == expected


def test_html(expected):
    headline, body = NEWS[0]
    html = f"<html><body><h1>{headline}</h1><div>{''.join(f'<p>　　{p}</p>' for p in body)}</div></body></html>"
    assert read("page.htm", html.encode()) == expected[:1]


def test_every_character_leads_to_its_box():
    data = pdf(NEWS, 2)
    (page,) = read_pages(Source("page.pdf", content=data))
    text = pypdfium2.PdfDocument(data)[0].get_textpage()
    for piece in page.pieces:
        index, x0, y0, x1, y1 = piece.box
        char = page.text[piece.start : piece.end]
        assert index == 0
        assert text.get_text_range(piece.source_start, 1) == char
        assert char in text.get_text_bounded(x0 - 1, 842 - y1 - 1, x1 + 1, 842 - y0 + 1)
    covered = {i for piece in page.pieces for i in range(piece.start, piece.end)}
    assert all(char.isspace() for i, char in enumerate(page.text) if i not in covered)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_the_same(turn):
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(600, 600))
    canvas.translate(300, 300)
    canvas.rotate(turn)
    for n in range(3):
        canvas.drawString(-200, 100 - 20 * n, f"line {n} of a page")
    canvas.save()
    document = pypdfium2.PdfDocument(file.getvalue())
    document[0].set_rotation(turn)
    document.save(file := io.BytesIO())
    (page,) = read_pages(Source("page.pdf", content=file.getvalue()))
    assert page.text == "".join(f"line {n} of a page\n" for n in range(3))
    _, x0, y0, _, y1 = page.pieces[0].box
    assert abs(x0 - 100) < 3
    assert y0 < 200 < y1 + 3


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [("scan.png", 2), ("scan.jpg", 2), ("scan.pdf", 4)])
def test_a_scan_is_read_within_two_percent(name, count):
    pytest.importorskip("rapidocr")
    picture = scan(pdf(NEWS, count), kind="JPEG" if name.endswith("jpg") else "PNG")
    found = read(name, pdf_of(picture) if name.endswith("pdf") else picture)
    assert len(found) == len(NEWS)
    for (headline, body), (seen, lines, _) in zip(NEWS, found, strict=True):
        assert seen.translate(FULL_WIDTH) == headline
        same = SequenceMatcher(None, "".join(body), "".join(lines).translate(FULL_WIDTH), autojunk=False)
        equal = sum(block.size for block in same.get_matching_blocks())
        assert equal >= 0.98 * len("".join(body))
        assert len("".join(lines)) <= 1.02 * len("".join(body))
        assert len(lines) == len(body)


@pytest.mark.parametrize(
    ("module", "extra", "name", "data"),
    [
        ("pypdfium2", "pdf", "page.pdf", b"%PDF-1.7"),
        ("docx", "docx", "page.docx", b"PK\3\4"),
        ("PIL", "ocr", "page.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_a_missing_library_is_named(module, extra, name, data, monkeypatch):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(InputError, match=rf"{name}.*pip install 'guanxi\[{extra}\]'"):
        list(read_pages(Source(name, content=data)))
