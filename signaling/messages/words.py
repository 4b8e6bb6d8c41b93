"""The words all messages are made of, and their base."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec

# What the database is asked for as it came. PostgreSQL knows no NUL: it refuses the statement rather than find nothing.
VISIBLE = r"^[!-~]*\Z"
WITHOUT_NUL = r"^[^\0]*\Z"

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=VISIBLE)]
Key = Annotated[str, msgspec.Meta(min_length=8, max_length=64, pattern=VISIBLE)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Question = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
VoteCode = Annotated[str, msgspec.Meta(pattern="^[2-9A-HJ-NP-Z]{16}$")]
ChatText = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Sdp = Annotated[str, msgspec.Meta(max_length=60_000)]

Role = Literal["chair", "secretary", "delegate", "guest", "site_operator", "big_screen"]
MeetingKind = Literal["conference", "standing_committee", "supervision", "critique", "consultation"]
MeetingState = Literal[
    "draft", "submitted", "approved", "invited", "check_in", "in_session", "paused", "closed", "cancelled", "postponed"
]
FloorMode = Literal["chaired", "open"]  # chaired: only the chair and who holds the floor are heard
BodyKind = Literal["committee", "presidium", "standing", "advisory"]
BodyBase = Literal["all_members", "present"]
Position = Literal["head", "deputy", "member"]  # in a body
ItemState = Literal["pending", "current", "done"]
Answer = Literal["pending", "accepted", "declined", "substituted"]  # to an invitation
CheckInMethod = Literal["remote", "qr", "on_behalf"]
MailState = Literal["waiting", "sent", "refused"]
MailFault = Literal["no_mailbox", "mailbox_full", "rejected", "unreachable", "not_made", "not_noted", "overtaken"]
Way = Literal["remote", "in_person"]  # of being here
Choice = Literal["for", "against", "other"]
Share = Literal["more_than_half", "two_thirds", "three_quarters"]
VoteRule = Literal["more_than_half", "two_thirds", "three_quarters", "plurality"]
VoteBase = Literal["present", "convened", "all_members", "returned", "valid"]  # whom or what the majority is counted of
# open: each ballot bears its voter's name; secret: none does; election: nor here.
# show_of_hands: two tellers count.
VoteKind = Literal["open", "secret", "show_of_hands", "election"]
VoteState = Literal["open", "closed", "published", "cancelled"]
Layer = Literal["q", "h", "f"]
SourceKind = Literal["microphone", "camera", "screen"]


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """A message of either direction."""


class Command(Message, frozen=True, kw_only=True):
    key: Key  # chosen by the browser; the same key again gets the first answer again
