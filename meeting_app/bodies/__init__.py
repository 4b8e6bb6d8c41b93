"""Bodies of the organisation that meet and decide: Ủy ban, Đoàn Chủ tịch, Ban Thường trực, hội đồng tư vấn.

A body has members for a term, and rules of its own for quorum and majority; `statutes` has those of its kind.
"""

from meeting_app.bodies.membership import bodies_within, count_members, day_of, members_of, people_of, shown
from meeting_app.bodies.writing import (
    Rules,
    add_body,
    add_member,
    add_members,
    change_body,
    close_body,
    end_membership,
    find_body,
    rules_of,
)

__all__ = [
    "Rules", "add_body", "add_member", "add_members", "bodies_within", "change_body", "close_body", "count_members",
    "day_of", "end_membership", "find_body", "members_of", "people_of", "rules_of", "shown",
]  # fmt: skip
