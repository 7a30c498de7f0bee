"""The same news printed as PDF, scan, web page and Word file by the tools that offices use."""

import io
import json
from pathlib import Path

PAGE = Path(__file__).parents[2] / "seeds/pages/unseen-1.json"
FONT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"
NEVER_FIRST = "，。、；：？！”’）》"
FULL_WIDTH = dict.fromkeys(map(ord, "　 "), "")


def news():
    """(headline, paragraphs) of two articles, without spaces."""
    articles = json.loads(PAGE.read_text(encoding="utf-8"))["articles"][:2]
    strip = str.maketrans("", "", "　 ")
    return [(a["headline"].translate(strip), a["body"].translate(strip).split("\n")) for a in articles]


def plain(articles):
    """The news as text, a paragraph a line."""
    return "\n\n".join(headline + "\n" + "\n".join("　　" + p for p in body) for headline, body in articles)


def columns(articles, count, cells):
    """Lines of the articles in columns: for each article its headline and `count` lists of (indent, text)."""
    for headline, body in articles:
        lines = []
        for paragraph in body:
            rest, room, indent = paragraph, cells - 2, 2
            while rest:
                cut = room
                while rest[cut : cut + 1] and rest[cut] in NEVER_FIRST:
                    cut -= 1
                lines.append((indent, rest[:cut]))
                rest, room, indent = rest[cut:], cells, 0
        height = -(-len(lines) // count)
        yield headline, [lines[i : i + height] for i in range(0, len(lines), height)], height


def pdf(articles, count, *, shuffled=False, size=10.5):
    """A page with each article under its headline in `count` columns; `shuffled` draws the lines in no order."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("zh", FONT, subfontIndex=0))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    strings, top, width = [], 790.0, 515 / count
    cells = int((width - 1.4 * size) // size)
    for headline, lists, height in columns(articles, count, cells):
        middle = 40 + (515 - 2 * size * len(headline)) / 2
        strings.append((middle, top, 2 * size, headline))
        for k, column in enumerate(lists):
            for n, (indent, text) in enumerate(column):
                strings.append((40 + k * width + indent * size, top - 30 - n * 1.5 * size, size, text))
        top -= 30 + height * 1.5 * size + 30
    if shuffled:
        strings.sort(key=lambda s: s[3])
    for x, y, points, text in strings:
        canvas.setFont("zh", points)
        canvas.drawString(x, y, text)
    canvas.save()
    return file.getvalue()


def scan(data, dpi=200, kind="PNG"):
    """The first page of a PDF as a picture."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    file = io.BytesIO()
    document[0].render(scale=dpi / 72).to_pil().convert("L").save(file, kind, dpi=(dpi, dpi))
    return file.getvalue()


def pdf_of(picture):
    """A PDF whose page is a picture."""
    from PIL import Image

    file = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(file, "PDF", resolution=200)
    return file.getvalue()


def word(articles):
    import docx
    from docx.shared import Pt

    document = docx.Document()
    for headline, body in articles:
        document.add_paragraph().add_run(headline).font.size = Pt(22)
        for paragraph in body:
            document.add_paragraph().add_run(paragraph).font.size = Pt(12)
        document.add_paragraph()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
