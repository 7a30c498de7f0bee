"""Whatever is given ends in pages or in one clear line."""

import io
import random
import tarfile
import zipfile

import pytest

from pipeline.errors import InputError
from pipeline.sources import Source, read_pages

NEWS = "本报讯（记者 张三）3月5日，沙市区区长秦军主持召开区政府常务会议，研究安全生产工作。\n" * 8
HTML = f"<html><body><h1>会议召开</h1><!--enpcontent--><p>{NEWS}</p><!--/enpcontent--></body></html>"


def outcome(name, data):
    """The text read, or the one line that says why not."""
    try:
        return [page.text for page in read_pages(Source(name, content=data))]
    except InputError as error:
        assert name in str(error)
        assert "\n" not in str(error)
        return str(error)


def zipped(name, data):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def tarred(name, data):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def wholes():
    """One sound input of each kind that is quick to read."""
    samples = {
        "a.txt": NEWS.encode("gb18030"),
        "b.txt": NEWS.encode("utf-16"),
        "a.htm": HTML.encode(),
        "a.jsonl": b'{"id": "1", "text": "text"}\n' * 20,
    }
    try:
        from printing import news, pdf, word

        samples["a.pdf"] = pdf(news(), 2)
        samples["a.docx"] = word(news())
    except ImportError:
        pass
    samples["a.zip"] = zipped("b.zip", zipped("a.htm", HTML))
    samples["a.tgz"] = tarred("a.txt", NEWS.encode())
    return samples


def damaged(data, chance):
    """Cut off, bytes shuffled, flipped or doubled, or another input's bytes put in."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice([1, 4, 64, 4096]))
        match chance.randrange(5):
            case 0:
                del data[at:]
            case 1:
                part = list(data[at:end])
                chance.shuffle(part)
                data[at:end] = bytes(part)
            case 2:
                data[at:end] = chance.randbytes(end - at)
            case 3:
                data[at:at] = data[at:end] * chance.randint(1, 50)
            case 4:
                del data[at:end]
    return bytes(data)


def batter(count):
    chance = random.Random(7)
    samples = wholes()
    for _ in range(count):
        name = chance.choice(list(samples))
        outcome(name, damaged(samples[name], chance))


def test_damaged_inputs():
    batter(300)


@pytest.mark.slow
def test_ten_thousand_damaged_inputs():
    batter(10_000)


@pytest.mark.parametrize("name", wholes())
def test_the_undamaged_are_read(name):
    assert isinstance(outcome(name, wholes()[name]), list)


def test_scripts_in_a_pdf_do_not_run():
    pytest.importorskip("reportlab")
    pytest.importorskip("pypdfium2")
    from printing import news, pdf

    data = pdf(news(), 2)
    script = b"/OpenAction << /S /JavaScript /JS (while (true) {}) >> /Type /Catalog"
    assert outcome("a.pdf", data.replace(b"/Type /Catalog", script)) == outcome("a.pdf", data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("line.txt", "区委".encode() * 1_000_000),
        ("million.htm", b"<html>" + b"<p>x" * 250_000 + b"</p>" * 250_000 + b"<b></b>" * 250_000),
        ("deep.htm", b"<html>" + b"<div><a>" * 100_000),
        ("quotes.htm", b"<html><a href='" * 100_000),
        ("entities.htm", b"<html>" + b"&amp" * 200_000),
        ("cdata.htm", b"<html>" + b"<![" * 100_000),
        ("declaration.htm", b"<html>" + b"<!x <?x " * 100_000),
        ("script.htm", b"<html>" + b"<script>" * 100_000),
        ("deep.jsonl", b"[" * 100_000),
        ("number.jsonl", b'{"id": ' + b"9" * 100_000 + b"}"),
        ("empty.pdf", b"%PDF-1.7\n%%EOF"),
    ],
)
def test_hostile_inputs_end(name, data):
    outcome(name, data)


@pytest.mark.slow
def test_a_long_text_is_read_within_bounds():
    assert outcome("long.txt", NEWS.encode() * (200 * 2**20 // len(NEWS.encode())))
    assert "larger than" in outcome("longer.txt", bytes(257 * 2**20))
