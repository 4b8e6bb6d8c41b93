"""What each kind of body asks of its meetings and decisions, until a body writes down rules of its own.

The wording of the statutes in force was not at hand when these were written, so `source` names where to look and says
that it has to be compared; a body that has compared names its article in `basis`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statute:
    quorum: str  # share of all members who must be present
    rule: str  # share of `base` that carries a question
    base: str
    source: str  # Vietnamese, as papers and screens name it


_CHARTER = "Theo Điều lệ Mặt trận Tổ quốc Việt Nam; cần đối chiếu nguyên văn khóa hiện hành"
_RULES = "Theo quy chế hoạt động của cơ quan; cần đối chiếu nguyên văn"

STATUTES = {
    "committee": Statute("two_thirds", "more_than_half", "all_members", _CHARTER),  # Ủy ban
    "presidium": Statute("two_thirds", "more_than_half", "all_members", _CHARTER),  # Đoàn Chủ tịch
    "standing": Statute("two_thirds", "more_than_half", "all_members", _CHARTER),  # Ban Thường trực
    "advisory": Statute("more_than_half", "more_than_half", "present", _RULES),  # hội đồng tư vấn
}
BODY_KINDS = tuple(STATUTES)
