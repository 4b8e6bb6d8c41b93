"""What a file is, by its content; its name says nothing."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from converter.control import Kind
from converter.errors import Unusable

_PDF_WITHIN = 1024  # ISO 32000-1 H.3: readers accept a header within the first 1024 bytes
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # compound file: Office before 2007, and encrypted Office of any year
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
_OOXML: tuple[tuple[str, Kind], ...] = (("word/", "word"), ("xl/", "excel"), ("ppt/", "powerpoint"))
_ODF: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.text": "word",
    b"application/vnd.oasis.opendocument.spreadsheet": "excel",
    b"application/vnd.oasis.opendocument.presentation": "powerpoint",
}
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("WordDocument", "word"),
    ("Workbook", "excel"),
    ("Book", "excel"),
    ("PowerPoint Document", "powerpoint"),
)
_DIRECTORY_WITHIN = 64 * 1024 * 1024  # of an old Office file; its directory may lie anywhere


def kind_of(path: Path) -> Kind:
    """Raises `Unusable` for what is neither document nor picture, and for Office files under a password."""
    with path.open("rb") as file:
        head = file.read(_PDF_WITHIN)
    if not head:
        raise Unusable("empty")
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "picture"
    if head.startswith(_OLE):
        return _old_office(path)
    if head.startswith(b"PK\x03\x04"):
        return _zipped_office(path)
    raise Unusable("unknown_kind")


def _zipped_office(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = _ODF.get(archive.read("mimetype").strip())
                if kind is not None:
                    return kind
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise Unusable("corrupt", str(error)) from error
    if "[Content_Types].xml" in names:
        for folder, kind in _OOXML:
            if any(name.startswith(folder) for name in names):
                return kind
    raise Unusable("unknown_kind")


def _old_office(path: Path) -> Kind:
    with path.open("rb") as file:
        content = file.read(_DIRECTORY_WITHIN)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unusable("encrypted")
    for stream, kind in _STREAMS:
        if stream.encode("utf-16-le") in content:
            return kind
    raise Unusable("unknown_kind")
