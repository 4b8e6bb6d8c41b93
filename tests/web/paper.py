"""A made-up paper, as the service would give it to the gallery: upright pages, and a wide one at the end."""

from __future__ import annotations

import json
import re

_SIZES = [(595, 842)] * 11 + [(842, 595)]
_LINES = (
    (70, 90, 13, "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM"),
    (120, 110, 13, "TỈNH LAM SƠN"),
    (210, 160, 15, "BÁO CÁO"),
    (110, 182, 14, "Kết quả công tác Mặt trận 6 tháng đầu năm"),
    (85, 230, 14, "I. TÌNH HÌNH CÁC TẦNG LỚP NHÂN DÂN"),
    *(
        (85, 256 + 24 * line, 13, "Các tầng lớp Nhân dân trong tỉnh tin tưởng vào sự lãnh đạo của Đảng,")
        for line in range(20)
    ),
)

_STAYED = "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lam Sơn có"
_CHANGES = {
    "pieces": [
        {"kind": kind, "text": text, "page": page, "skipped": skipped}
        for kind, text, page, skipped in (
            ("same", _STAYED, 1, 212),
            ("removed", "380 đại biểu", 1, 0),
            ("added", "391 đại biểu chính thức và 14 khách mời", 1, 0),
            ("same", "dự hội nghị tại 23 điểm cầu trong toàn tỉnh.", 1, 0),
            ("same", "Giao Ban Thường trực", 3, 640),
            ("added", "chủ trì, phối hợp với các tổ chức thành viên", 3, 0),
            ("same", "triển khai thực hiện Nghị quyết này.", 3, 0),
            ("removed", "Nghị quyết có hiệu lực từ ngày ký.", 3, 0),
        )
    ],
    "added": 18,
    "removed": 11,
    "more": False,
}

_INK = [
    {"id": "stroke-0001", "tool": "marker", "points": [860, 2980, 3200, 0]},
    {"id": "stroke-0002", "tool": "pen", "points": [4300, 2900, 60, 90, 180, -260]},
    {"id": "stroke-0003", "tool": "pen", "points": [840, 3330, 900, 20, 900, -20]},
]


def answer(path: str) -> tuple[str, bytes] | None:
    """Type and body for an address of a paper; None for any other."""
    if path.startswith("/api/search?"):
        hit = {"version": "wp2", "before": "Các ", "match": "tầng lớp", "after": " Nhân dân trong tỉnh tin tưởng"}
        return "application/json", json.dumps({"hits": [{**hit, "page": n} for n in (2, 7)], "more": False}).encode()
    if path.startswith("/api/notes/"):
        return "application/json", json.dumps({"notes": [{"page": 7, "text": "Hỏi lại số liệu quý II"}]}).encode()
    if path.startswith("/api/ink/"):
        return "application/json", json.dumps({"strokes": _INK}).encode()
    if "/changes?" in path:
        return "application/json", json.dumps(_CHANGES).encode()
    found = re.match(r"/api/papers/\w+(?:/(pages|text)/(\d+))?", path)
    if found is None:
        return None
    if found[1] == "pages":
        return "image/svg+xml", _picture(*_SIZES[int(found[2]) - 1]).encode()
    if found[1] == "text":
        runs = [[text, left, top - 0.8 * size, 0.52 * size * len(text), size] for left, top, size, text in _LINES]
        return "application/json", json.dumps(runs).encode()
    sizes = {"pages": [{"width": width, "height": height} for width, height in _SIZES]}
    return "application/json", json.dumps(sizes).encode()


def _picture(width: int, height: int) -> str:
    lines = "".join(
        f'<text x="{left}" y="{top}" font-size="{size}" textLength="{0.52 * size * len(text)}">{text}</text>'
        for left, top, size, text in _LINES
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="serif">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{lines}</svg>'
    )
