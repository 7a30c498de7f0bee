"""What a Word file says of its paragraphs is not read as their text."""

import io

import pytest

pytest.importorskip("docx")
import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from pipeline.sources import Source, read_pages


def saved(document):
    document.save(file := io.BytesIO())
    (page,) = read_pages(Source("page.docx", content=file.getvalue()))
    return page


def test_tab_stops_are_no_tabs():
    document = docx.Document()
    paragraph = document.add_paragraph("区委\t召开会议")
    for centimetres in (2, 4, 6):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(28 * centimetres))
    assert saved(document).text == "区委\t召开会议\n"


@pytest.mark.parametrize(("run", "size"), [(16, 16.0), (None, None)])
def test_the_size_of_the_paragraph_mark_is_not_that_of_its_text(run, size):
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("区委召开会议").font.size = run and Pt(run)
    mark = OxmlElement("w:rPr")
    mark.append(size_of_mark := OxmlElement("w:sz"))
    size_of_mark.set(qn("w:val"), "88")
    paragraph._p.get_or_add_pPr().append(mark)
    assert [block.size for block in saved(document).blocks] == ([size] if size else [])
