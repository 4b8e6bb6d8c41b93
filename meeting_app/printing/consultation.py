"""The matrix of a consultation as it is signed: every unit, what it said, what became of it, when it was read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from meeting_app.consultations.reading import OpinionView, UnitView
from meeting_app.consultations.signing import Sheet
from meeting_app.times import VIETNAM

CHOICES = {"agree": "Đồng ý", "disagree": "Không đồng ý", "other": "Phương án khác"}
OUTCOMES = {"accepted": "Tiếp thu", "partly": "Tiếp thu một phần", "rejected": "Không tiếp thu"}


def data_of(sheet: Sheet) -> dict[str, Any]:
    """What the template shows."""
    return {
        "unit": sheet.unit.upper(),
        "title": sheet.title,
        "deadline": clock(sheet.deadline),
        "draft": sheet.draft,
        "sha256": sheet.draft_sha256,
        "rows": [row for unit in sheet.units for row in _rows(unit, sheet.waivers.get(unit.id))],
        "counts": counts(sheet),
        "signer": sheet.signer,
        "signer_title": sheet.signer_title.upper(),
        "at": clock(sheet.at),
        "head": f"{sheet.head.seq}:{sheet.head.hash}",
    }


def counts(sheet: Sheet) -> str:
    """How many units said what, each counted once by its last answer."""
    last = [unit.opinions[-1].choice for unit in sheet.units if unit.opinions]
    said = [f"{word.lower()} {last.count(choice)}" for choice, word in CHOICES.items()]
    return f"Số đơn vị được lấy ý kiến: {len(sheet.units)}; {'; '.join(said)}; không trả lời {len(sheet.waivers)}."


def _rows(unit: UnitView, waiver: str | None) -> list[dict[str, str]]:
    if waiver is not None:
        return [{"unit": unit.name, "said": "Quá hạn, không trả lời", "text": "", "reply": f"Lý do ký: {waiver}"}]
    last = unit.opinions[-1]
    return [_row(unit, opinion, counts=opinion is last) for opinion in unit.opinions]


def _row(unit: UnitView, opinion: OpinionView, *, counts: bool) -> dict[str, str]:
    notes = [f"về bản {opinion.draft}", *(["sau thời hạn"] if opinion.is_late else [])]
    if not counts:
        notes.append("đã thay bằng ý kiến sau")
    by = ", ".join(filter(None, (opinion.name, opinion.title)))
    reply = opinion.reply
    return {
        "unit": unit.name,
        "said": f"{CHOICES[opinion.choice]} ({'; '.join(notes)})",
        "text": opinion.text,
        "by": f"{by}, {clock(datetime.fromisoformat(opinion.given_at))}",
        "signature": opinion.signature,
        "reply": "" if reply is None else ": ".join(filter(None, (OUTCOMES[reply.outcome], reply.text))),
        "opened": "" if opinion.opened_at is None else clock(datetime.fromisoformat(opinion.opened_at)),
    }


def clock(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M ngày %d/%m/%Y")
