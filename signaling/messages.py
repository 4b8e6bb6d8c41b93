"""Every message between a browser and this service, in both directions; parsed once, here.

Socket.IO carries them as JSON. The browser emits `command` (changes the meeting; logged) and `media` (changes
what it sends and sees; not logged), each acknowledged with a `Result`. The service emits `push`.
All are tagged unions told apart by `type`; unknown fields are refused.
Times are ISO 8601 in UTC with a `Z`; durations are in seconds; ids are opaque strings of at most 64 characters.

`web/src/gen/protocol.ts` is generated from this module.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Key = Annotated[str, msgspec.Meta(min_length=8, max_length=64)]
Question = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
ChatText = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Sdp = Annotated[str, msgspec.Meta(max_length=60_000)]

Role = Literal["chair", "secretary", "delegate", "guest", "big_screen"]
MeetingState = Literal["draft", "check_in", "in_session", "paused", "closed", "cancelled"]
FloorMode = Literal["chaired", "open"]  # chaired: only the chair and who holds the floor are heard
ItemState = Literal["pending", "current", "done"]
Choice = Literal["for", "against", "other"]
Share = Literal["more_than_half", "two_thirds", "three_quarters"]
VoteBase = Literal["present", "convened"]  # whom the majority is counted of
VoteState = Literal["open", "closed", "published", "cancelled"]
Layer = Literal["q", "h", "f"]
SourceKind = Literal["microphone", "camera", "screen"]


class Message(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True):
    """A message of either direction."""


# Commands: what people do in a meeting --------------------------------------------------------------------


class Command(Message, frozen=True, kw_only=True):
    key: Key  # chosen by the browser; the same key again gets the first answer again


class RaiseHand(Command, frozen=True, kw_only=True, tag="raise_hand"):
    """Ask for the floor; one waiting request a person."""


class LowerHand(Command, frozen=True, kw_only=True, tag="lower_hand"):
    """Withdraw a request: one's own, or as chair anybody's."""

    participant: Id | None = None  # None: one's own


class GiveFloor(Command, frozen=True, kw_only=True, tag="give_floor"):
    """Give the floor; whoever held it loses it in the same moment."""

    participant: Id


class TakeFloor(Command, frozen=True, kw_only=True, tag="take_floor"):
    """End the speech of whoever has the floor; the holder may do so as well."""


class SetFloorMode(Command, frozen=True, kw_only=True, tag="set_floor_mode"):
    mode: FloorMode


class Mute(Command, frozen=True, kw_only=True, tag="mute"):
    """Silence one person until the chair allows them again or gives them the floor."""

    participant: Id


class Unmute(Command, frozen=True, kw_only=True, tag="unmute"):
    participant: Id


class MuteAll(Command, frozen=True, kw_only=True, tag="mute_all"):
    """Back to a chaired meeting with nobody holding the floor."""


class RemoveParticipant(Command, frozen=True, kw_only=True, tag="remove_participant"):
    participant: Id


class PinToStage(Command, frozen=True, kw_only=True, tag="pin_to_stage"):
    """Put a person on everybody's stage; None lets the stage follow the speaker."""

    participant: Id | None


class Admit(Command, frozen=True, kw_only=True, tag="admit"):
    """Let one knock into the meeting, or with None all that wait."""

    knock: Id | None


class Refuse(Command, frozen=True, kw_only=True, tag="refuse"):
    knock: Id


class OpenItem(Command, frozen=True, kw_only=True, tag="open_item"):
    """Make an agenda item the current one; the one before it is done."""

    item: Id


class CloseItem(Command, frozen=True, kw_only=True, tag="close_item"):
    """The current item is done and none follows yet."""


class SetState(Command, frozen=True, kw_only=True, tag="set_state"):
    """Open the check-in, begin, pause, go on, close; only what the table of transitions allows."""

    state: MeetingState


class OpenVote(Command, frozen=True, kw_only=True, tag="open_vote"):
    """Put a question to everybody who is here and may vote."""

    question: Question
    rule: Share = "more_than_half"
    base: VoteBase = "present"
    item: Id | None = None  # of the agenda


class CastBallot(Command, frozen=True, kw_only=True, tag="cast_ballot"):
    """Vote, for good; the answer comes when the ballot is safe on disk."""

    vote: Id
    choice: Choice


class CloseVote(Command, frozen=True, kw_only=True, tag="close_vote"):
    """No ballot comes in after this."""

    vote: Id


class CancelVote(Command, frozen=True, kw_only=True, tag="cancel_vote"):
    """End a vote without a result."""

    vote: Id


class PublishVote(Command, frozen=True, kw_only=True, tag="publish_vote"):
    """Tell everybody the result of a closed vote."""

    vote: Id


class Say(Command, frozen=True, kw_only=True, tag="say"):
    """Write to everybody's chat."""

    text: ChatText


AnyCommand = (
    RaiseHand | LowerHand | GiveFloor | TakeFloor | SetFloorMode | Mute | Unmute | MuteAll | RemoveParticipant
    | PinToStage | Admit | Refuse | OpenItem | CloseItem | SetState | OpenVote | CastBallot | CloseVote | CancelVote
    | PublishVote | Say
)  # fmt: skip


# Media: what a browser sends and sees -------------------------------------------------------------------


class MediaOffer(Message, frozen=True, kw_only=True, tag="offer"):
    """An SDP offer; `restart` when it belongs to a connection the worker already has."""

    sdp: Sdp
    restart: bool = False


class MediaWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slot: Annotated[str, msgspec.Meta(max_length=16)]  # mid
    source: Annotated[str, msgspec.Meta(max_length=80)] | None  # participant:kind
    layer: Layer = "f"


class MediaWatch(Message, frozen=True, kw_only=True, tag="watch"):
    """What fills the picture slots, the most important first."""

    wishes: Annotated[tuple[MediaWish, ...], msgspec.Meta(max_length=64)]


class MediaPublish(Message, frozen=True, kw_only=True, tag="publish"):
    """What this browser sends now, for the icons on others' screens."""

    microphone: bool
    camera: bool
    screen: bool


AnyMedia = MediaOffer | MediaWatch | MediaPublish


# Answers ------------------------------------------------------------------------------------------------


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why something was not done: `code` for programs; `message` for people, in the language of the session."""

    code: str
    message: str


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The acknowledgement of a command or a media message."""

    ok: bool
    problem: Problem | None = None
    seq: int | None = None  # of the event that a command caused
    answer: str | None = None  # SDP, to an offer
    slots: tuple[MediaSlot, ...] | None = None  # to an offer


class MediaSlot(msgspec.Struct, frozen=True):
    slot: str
    kind: Literal["voice", "picture"]


# What the browser is told -------------------------------------------------------------------------------


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str  # family name first, as Vietnamese names are written
    title: str  # position; may be empty
    unit: str  # name of the unit; may be empty
    role: Role
    muted: bool = False  # by the chair
    present: bool = False  # checked in, and not left


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    number: str  # "2", "2.1"
    title: str
    presenter: str  # may be empty
    budget_s: int  # 0: none
    state: ItemState
    opened_at: str | None = None  # while current
    spent_s: int = 0  # of earlier openings


class SpeechRequest(msgspec.Struct, frozen=True, kw_only=True):
    participant: str
    asked_at: str


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    mode: FloorMode
    holder: str | None = None  # participant
    since: str | None = None
    queue: tuple[SpeechRequest, ...] = ()


class VoteResult(msgspec.Struct, frozen=True, kw_only=True):
    counts: dict[str, int]  # by choice
    passed: bool
    ballots: dict[str, tuple[str, ...]]  # participants by choice


class Vote(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    kind: Literal["open"]  # each ballot bears its voter's name
    item: str | None  # of the agenda
    question: str
    options: tuple[Choice, ...]
    rule: Share
    base: VoteBase
    base_count: int
    needed: int  # votes for, of `base_count`
    quorum: Share
    quorum_needed: int  # of `convened`
    convened: int  # who may vote and was invited, here or not
    roster: tuple[str, ...]  # participants who may vote in this vote: those who were here when it opened
    voted: tuple[str, ...]  # participants
    state: VoteState
    opened_at: str
    published_at: str | None = None
    result: VoteResult | None = None  # once published


class OwnBallot(msgspec.Struct, frozen=True, kw_only=True):
    vote: str
    choice: Choice


class ChatLine(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    participant: str
    name: str
    text: str
    at: str


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    unit: str
    state: MeetingState
    starts_at: str
    floor: Floor
    stage: str | None  # participant pinned by the chair
    agenda: tuple[AgendaItem, ...]
    vote: Vote | None  # the one that runs, else the last one
    participants: tuple[Participant, ...]
    chat: tuple[ChatLine, ...]  # the last 200 lines


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Who is connected now and what they send; not logged, sent whole in `Welcome` and by change afterwards."""

    participant: str
    online: bool
    microphone: bool = False
    camera: bool = False
    screen: bool = False


class Knock(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    unit: str
    reason: Literal["guest", "used_link"]
    at: str


class IceServer(msgspec.Struct, frozen=True, kw_only=True):
    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


class Welcome(Message, frozen=True, kw_only=True, tag="welcome"):
    """First after each connection. `meeting` when the browser has nothing or too old a state, else `events`."""

    me: str  # participant
    role: Role
    may: tuple[str, ...]  # the commands this role has in the permission table
    seq: int  # of the last event that this message includes
    now: str
    demo: bool
    meeting: Meeting | None = None
    events: tuple[MeetingEvent, ...] = ()
    presence: tuple[Presence, ...]
    ballot: OwnBallot | None = None  # one's own in the last vote
    knocks: tuple[Knock, ...] = ()  # for those who may admit
    ice_servers: tuple[IceServer, ...] = ()
    media_known: bool = False  # the worker still has this browser's connection


class MeetingEvent(Message, frozen=True, kw_only=True, tag="event"):
    """One entry of the meeting's log; `name` and `data` as `docs/protocol.md` lists them."""

    seq: int
    name: str
    actor: str | None  # participant; None when the system did it
    at: str
    data: dict[str, Any]


class PresenceChanged(Message, frozen=True, kw_only=True, tag="presence"):
    changes: tuple[Presence, ...]


class KnocksChanged(Message, frozen=True, kw_only=True, tag="knocks"):
    knocks: tuple[Knock, ...]


class VoicesChanged(Message, frozen=True, kw_only=True, tag="voices"):
    """Who sits in the audio slots, in the order of the offer's voice slots, and who of them is loud."""

    slots: tuple[str | None, ...]  # participants
    speaking: tuple[str, ...]


class DemandChanged(Message, frozen=True, kw_only=True, tag="demand"):
    """Which layers of this browser's camera somebody watches, and whether somebody watches its screen."""

    camera: tuple[Layer, ...]
    screen: bool


class SlotShows(Message, frozen=True, kw_only=True, tag="slot"):
    """What one picture slot shows now."""

    slot: str
    source: str | None
    layer: Layer | None
    cause: Literal["as_wished", "downlink", "not_sent"]


class LineQuality(Message, frozen=True, kw_only=True, tag="quality"):
    level: Literal["good", "fair", "poor"]
    uplink_loss: int
    downlink_loss: int
    downlink_bps: int
    round_trip_ms: int | None = None


class MediaGone(Message, frozen=True, kw_only=True, tag="media_gone"):
    """The worker lost this browser's connection; offer anew when `ready`, at once, without a click."""

    ready: bool


class PermitChanged(Message, frozen=True, kw_only=True, tag="permit"):
    """What the worker lets through from this browser."""

    publish: tuple[SourceKind, ...]


class Waiting(Message, frozen=True, kw_only=True, tag="waiting"):
    """The browser is in the lobby."""

    title: str
    knock: str


class Ended(Message, frozen=True, kw_only=True, tag="ended"):
    """The service closes this connection for good; the page says why and does not come back by itself."""

    reason: Literal["removed", "refused", "closed", "replaced", "revoked", "lobby_full"]


AnyPush = (
    Welcome | MeetingEvent | PresenceChanged | KnocksChanged | VoicesChanged | DemandChanged | SlotShows
    | LineQuality | MediaGone | PermitChanged | Waiting | Ended
)  # fmt: skip


# HTTP bodies --------------------------------------------------------------------------------------------


class EnterRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """POST /api/enter: a personal link becomes a session cookie. Loading the link's page changes nothing."""

    token: Annotated[str, msgspec.Meta(max_length=200)]


class KnockRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """POST /api/knock: somebody without a usable personal link asks to be let in; also becomes a session."""

    meeting: Id | None = None  # from the meeting's open address
    token: Annotated[str, msgspec.Meta(max_length=200)] | None = None  # a link used on another device
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    unit: Annotated[str, msgspec.Meta(max_length=200)] = ""


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """Where the session leads: the hall, the lobby, or the wall."""

    place: Literal["hall", "lobby", "wall"]
    meeting: str
    title: str
    name: str
    role: Role | None = None  # None in the lobby


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/meetings/{meeting}: what a stranger at the open address may know."""

    title: str
    unit: str
    state: MeetingState


class DemoLink(msgspec.Struct, frozen=True, kw_only=True):
    role: Role
    name: str
    title: str
    url: str


class DemoLinks(msgspec.Struct, frozen=True, kw_only=True):
    """GET /api/demo, in demonstration mode only."""

    meeting: str
    title: str
    links: tuple[DemoLink, ...]
