"""Commands: what people do in a meeting."""

from __future__ import annotations

from signaling.messages.agenda import AddItem, ChangeItem, CloseItem, MoveItem, OpenItem, RemoveItem
from signaling.messages.votes import (
    CancelVote,
    CastBallot,
    CastSecretBallot,
    CloseVote,
    OpenVote,
    PublishVote,
)
from signaling.messages.words import (
    ChatText,
    Command,
    FloorMode,
    Id,
    MeetingState,
)


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


class SetState(Command, frozen=True, kw_only=True, tag="set_state"):
    """Approve, open the check-in, begin, pause, close and so on; only what the table of transitions allows."""

    state: MeetingState


class SubmitMeeting(Command, frozen=True, kw_only=True, tag="submit_meeting"):
    """Lay the draft before the chair."""


class Say(Command, frozen=True, kw_only=True, tag="say"):
    """Write to everybody's chat."""

    text: ChatText


AnyCommand = (
    RaiseHand | LowerHand | GiveFloor | TakeFloor | SetFloorMode | Mute | Unmute | MuteAll | RemoveParticipant
    | PinToStage | Admit | Refuse | OpenItem | CloseItem | SetState | SubmitMeeting | Say
    | AddItem | ChangeItem | MoveItem | RemoveItem
    | OpenVote | CastBallot | CastSecretBallot | CloseVote | CancelVote | PublishVote
)  # fmt: skip
