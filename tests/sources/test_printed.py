"""The same news as PDF, scan, Word file and web page gives the articles of the plain text."""

import io
import json
import sys
import zipfile
from difflib import SequenceMatcher
from itertools import islice

import pytest

from pipeline.errors import InputError
from pipeline.pages import read_articles
from pipeline.sources import LeftOutError, Source, read_pages

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


@pytest.fixture
def issue(monkeypatch):
    """A PDF of two pages with text around one that is a picture, where nothing recognises pictures."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.save()
    document = pypdfium2.PdfDocument.new()
    for data in (pdf(NEWS[:1], 2), file.getvalue(), pdf(NEWS[1:], 2)):
        document.import_pages(pypdfium2.PdfDocument(data))
    document.save(file := io.BytesIO())
    return file.getvalue()


WITHOUT = r"without page 2 \(needs a library that is not installed; run pip install 'guanxi\[ocr\]'\)"


def test_a_page_that_cannot_be_read_does_not_cost_the_others(issue):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "ab":
            archive.writestr(f"{name}.pdf", issue)
    for name, data, files in (("a.pdf", issue, 1), ("packed", packed.getvalue(), 2)):
        pages = read_pages(Source(name, content=data))
        found = [page.source.rpartition("#")[2] for page in islice(pages, 2 * files)]
        assert found == ["page=1", "page=3"] * files
        with pytest.raises(LeftOutError, match="; ".join([rf"pdf: read {WITHOUT}"] * files).replace("; ", ".*; .*")):
            next(pages)


def test_characters_after_a_page_that_is_left_out_lead_to_theirs(issue):
    pages = read_pages(Source("a.pdf", content=issue))
    first, last = next(pages), next(pages)
    document = pypdfium2.PdfDocument(issue)
    before = sum(document[n].get_textpage().count_chars() for n in range(2))
    text = document[2].get_textpage()
    for piece in last.pieces:
        assert text.get_text_range(piece.source_start - before, 1) == last.text[piece.start : piece.end]
    assert max(piece.source_start for piece in first.pieces) < before


def test_a_run_keeps_the_pages_that_were_read_and_tells_which_was_not(issue, tmp_path, guanxi):
    (tmp_path / "a.pdf").write_bytes(issue)
    told = guanxi("run", tmp_path / "a.pdf", "--out", tmp_path / "out")
    assert told.exit_code == 1
    assert "a.pdf: read without page 2" in " ".join(told.stderr.split())
    lines = (tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["source"].rpartition("#")[2] for line in lines} == {"page=1", "page=3"}
    again = guanxi("run", tmp_path / "a.pdf", "--out", tmp_path / "out")
    assert again.exit_code == 0, "the source counts as read"
    assert (tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines() == lines


def test_a_file_of_pictures_alone_is_refused(issue):
    document = pypdfium2.PdfDocument(issue)
    for page in (2, 0):
        document.del_page(page)
    document.save(file := io.BytesIO())
    with pytest.raises(InputError, match=r"a\.pdf: needs a library .*guanxi\[ocr\]") as caught:
        list(read_pages(Source("a.pdf", content=file.getvalue())))
    assert not isinstance(caught.value, LeftOutError)
