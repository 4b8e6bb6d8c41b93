"""Files that people upload, as small as they can be, made when they are needed."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Dictionary, Name

FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def pdf(*texts: str, password: str = "", scripted: bool = False) -> bytes:
    """One page for each text, in plain letters."""
    made = pikepdf.new()
    for text in texts:
        page = made.add_blank_page(page_size=(595, 842))
        page.Contents = made.make_stream(f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode("ascii"))
        page.Resources = Dictionary(Font=Dictionary(F1=FONT))
    if scripted:
        made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        made.attachments["virus.exe"] = b"MZ"
        launch = Dictionary(S=Name.Launch, F="cmd.exe")
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch)
        chained = made.make_indirect(pikepdf.Array([made.make_indirect(launch), launch]))
        there = Dictionary(S=Name.GoTo, D=[made.pages[0].obj, Name.Fit], Next=chained)
        hidden = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=there)
        made.pages[0].Annots = pikepdf.Array([link, hidden])
        with made.open_outline() as outline:
            outline.root.extend([pikepdf.OutlineItem("Mot", 0), pikepdf.OutlineItem("Hai", 0)])
        made.Root.PieceInfo = Dictionary(Private=[launch])
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user=password, owner="owner") if password else False)
    return out.getvalue()
