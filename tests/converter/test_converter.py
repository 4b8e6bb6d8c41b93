"""Any file a stranger may send: pages of it, or what is wrong with it, in a process that can do nothing else."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image

from converter import pages
from converter.control import ANSWER, CLEAN, UNCONFINED, Answer, Converted, Failed, Run
from tests.converter.files import pdf


def convert(content: bytes, folder: Path) -> Answer:
    source, made = folder / "file", folder / "pages"
    source.write_bytes(content)
    made.mkdir()
    subprocess.run([sys.executable, "-m", "converter", UNCONFINED, str(source), str(made)], check=True, timeout=100)
    return msgspec.json.decode((made / ANSWER).read_bytes(), type=Answer)


def test_a_pdf_becomes_pages_with_their_text(tmp_path: Path):
    answer = convert(pdf("Bao cao", "Phu luc"), tmp_path)
    assert isinstance(answer, Converted) and answer.kind == "pdf" and answer.removed == 0
    assert [(page.width, page.height) for page in answer.pages] == [(595, 842)] * 2
    for number, text in ((1, "Bao cao"), (2, "Phu luc")):
        with Image.open(tmp_path / "pages" / f"{number}.webp") as image:
            assert image.format == "WEBP" and image.width == 1080
        with Image.open(tmp_path / "pages" / f"{number}.small.webp") as image:
            assert image.width == 180
        (run,) = msgspec.json.decode((tmp_path / "pages" / f"{number}.json").read_bytes(), type=list[Run])
        assert run.text == text
        # The text begins an inch from the left, its base line 700 points above the lower edge.
        assert abs(run.left - 72) < 4 and 842 - 700 - 26 < run.top < 842 - 700


def test_a_turned_page_has_its_text_where_it_is_seen(tmp_path: Path):
    turned = pikepdf.open(io.BytesIO(pdf("Bao cao")))
    turned.pages[0].Rotate = 90
    out = io.BytesIO()
    turned.save(out)
    answer = convert(out.getvalue(), tmp_path)
    assert (answer.pages[0].width, answer.pages[0].height) == (842, 595)
    (run,) = msgspec.json.decode((tmp_path / "pages" / "1.json").read_bytes(), type=list[Run])
    assert run.height > run.width and abs(run.top - 72) < 4


def test_what_a_pdf_would_do_is_taken_out(tmp_path: Path):
    answer = convert(pdf("Bao cao", scripted=True), tmp_path)
    assert isinstance(answer, Converted) and answer.removed >= 3
    with pikepdf.open(tmp_path / "pages" / CLEAN) as clean:
        with clean.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Mot", "Hai"]
        left = b"".join(each.unparse(resolved=True) for each in clean.objects)
    for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/JS"):
        assert word not in left


def test_a_picture_is_one_page_as_wide_as_paper(tmp_path: Path):
    out = io.BytesIO()
    Image.new("RGBA", (800, 600), (200, 30, 30, 128)).save(out, "PNG")
    answer = convert(out.getvalue(), tmp_path)
    assert isinstance(answer, Converted) and answer.kind == "picture"
    assert (round(answer.pages[0].width), round(answer.pages[0].height)) == (595, 446)


def tiff(*frames: Image.Image) -> bytes:
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def test_each_frame_of_a_scan_is_a_page(tmp_path: Path):
    """As fax machines and copiers write them: in black and white, in grey, in colour, upright and lying."""
    fax = Image.new("1", (1728, 1000), 1)
    fax.paste(0, (0, 0, 1728, 500))
    frames = [fax, Image.new("L", (800, 600), 90), Image.new("RGB", (300, 600), (200, 30, 30))]
    answer = convert(tiff(*frames), tmp_path)
    assert isinstance(answer, Converted)
    assert [(round(page.width), round(page.height)) for page in answer.pages] == [(595, 344), (595, 446), (595, 1190)]
    shown = []
    for number in (1, 2, 3):
        with Image.open(tmp_path / "pages" / f"{number}.webp") as image:
            shown.append((image.getpixel((540, 20)), image.getpixel((540, image.height - 20))))
    black, white, grey, red = (0, 0, 0), (255, 255, 255), (90, 90, 90), (200, 30, 30)
    for seen, meant in zip(shown, ((black, white), (grey, grey), (red, red)), strict=True):
        assert all(abs(a - b) < 12 for of, to in zip(seen, meant, strict=True) for a, b in zip(of, to, strict=True))


def test_a_large_frame_behind_a_small_one_is_found(tmp_path: Path):
    answer = convert(tiff(Image.new("1", (10, 10)), Image.new("1", (20_000, 6_000))), tmp_path)
    assert answer == Failed("too_large_picture")


def test_of_many_frames_one_is_in_memory(tmp_path: Path):
    script = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from converter import pictures\n"
        "pictures.to_pdf(Path(sys.argv[1]), Path(sys.argv[1] + '.pdf'), 1000)\n"
        "print(re.search('VmHWM:\\\\s+(\\\\d+)', Path('/proc/self/status').read_text())[1])\n"
    )
    peaks = []
    for count in (2, 30):
        source = tmp_path / f"{count}.tiff"
        frames = [Image.new("RGB", (1200, 1600), (number, 90, 90)) for number in range(count)]  # 5.8 MB each
        frames[0].save(source, save_all=True, append_images=frames[1:], compression="tiff_lzw")
        told = subprocess.run([sys.executable, "-c", script, str(source)], capture_output=True, check=True, timeout=60)
        peaks.append(int(told.stdout) * 1024)
    assert peaks[1] - peaks[0] < 30e6  # kept together they would be 160 MB more


def scanned(size: tuple[int, int], mode: str) -> Image.Image:
    """Paper as a scanner sees it: no two points quite alike."""
    return Image.effect_noise(size, 12).point(lambda value: min(255, value + 110)).convert(mode)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_scan_is_not_tried_without_loss(mode: str, monkeypatch: pytest.MonkeyPatch):
    tried: list[bool] = []
    encoded = pages._encoded

    def note(image: Image.Image, **how: object) -> bytes:
        tried.append(bool(how.get("lossless")))
        return encoded(image, **how)

    monkeypatch.setattr(pages, "_encoded", note)
    pages.compressed(scanned((300, 400), mode).convert("RGB"))
    assert tried == [False]
    drawn = Image.new("RGB", (300, 400), "white")
    drawn.paste((20, 40, 200), (40, 40, 200, 90))
    with Image.open(io.BytesIO(pages.compressed(drawn))) as image:
        assert image.convert("RGB").tobytes() == drawn.tobytes()


def many_pages() -> bytes:
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(1001):
        made.add_blank_page()
    made.save(out)
    return out.getvalue()


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


def cut_mimetype() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    content = bytearray(out.getvalue())
    content[38:48] = b"\xff" * 10  # no such block of DEFLATE, after the header of 30 bytes and the name
    return bytes(content)


def huge_picture() -> bytes:
    out = io.BytesIO()
    Image.new("1", (20_000, 6_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"MZ\x90\0" * 100, "unknown_kind"),
        (b"Xin ch\xc3\xa0o", "unknown_kind"),
        (zipped("notes.txt"), "unknown_kind"),
        (cut_mimetype(), "corrupt"),
        (b"PK\x03\x04 cut off", "corrupt"),
        (b"%PDF-1.7 and nothing more", "corrupt"),
        (pdf("Bao cao")[:300], "corrupt"),
        (pdf("Bao cao", password="secret"), "encrypted"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xff\xd8\xff\xe0 no picture", "corrupt"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, problem: str):
    assert convert(content, tmp_path) == Failed(problem)


@pytest.mark.parametrize(("make", "problem"), [(many_pages, "too_many_pages"), (huge_picture, "too_large_picture")])
def test_a_file_that_is_too_much_says_so(tmp_path: Path, make, problem: str):
    assert convert(make(), tmp_path) == Failed(problem)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice (apt install libreoffice-writer-nogui)")
def test_a_word_file_becomes_pages_whatever_it_is_called(tmp_path: Path):
    answer = convert(word("Báo cáo công tác Mặt trận"), tmp_path)
    assert isinstance(answer, Converted) and answer.kind == "word" and len(answer.pages) == 1
    runs = msgspec.json.decode((tmp_path / "pages" / "1.json").read_bytes(), type=list[Run])
    assert [run.text for run in runs] == ["Báo cáo công tác Mặt trận"]


def word(text: str) -> bytes:
    """The least that Word calls a document."""
    office = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        f"<w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return out.getvalue()
