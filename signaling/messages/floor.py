"""Commands about the floor: to ask for it, to give it, and how long it lasts."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from signaling.messages.words import Command, FloorMode, Id

RequestKind = Literal["speech", "question"]  # to speak; to question somebody
TurnOrder = Literal["asked", "unit", "spoken"]
Limit = Annotated[int, msgspec.Meta(ge=0, le=14_400)]  # seconds; 0: none


class RaiseHand(Command, frozen=True, kw_only=True, tag="raise_hand"):
    """Ask for the floor; one waiting request a person and kind."""

    kind: RequestKind = "speech"


class LowerHand(Command, frozen=True, kw_only=True, tag="lower_hand"):
    """Withdraw a request: one's own, or as chair anybody's."""

    participant: Id | None = None  # None: one's own
    kind: RequestKind = "speech"


class GiveFloor(Command, frozen=True, kw_only=True, tag="give_floor"):
    """Give the floor; whoever held it loses it in the same moment."""

    participant: Id
    kind: RequestKind = "speech"


class TakeFloor(Command, frozen=True, kw_only=True, tag="take_floor"):
    """End the speech of whoever has the floor; the holder may do so as well."""


class SetFloorMode(Command, frozen=True, kw_only=True, tag="set_floor_mode"):
    mode: FloorMode


class SetFloorRules(Command, frozen=True, kw_only=True, tag="set_floor_rules"):
    """By which rule people are called, and for how long they speak."""

    turn_order: TurnOrder
    speech_limit_s: Limit
    question_limit_s: Limit
    unit_budget_s: Limit  # for all who speak for one unit together


class PauseSpeech(Command, frozen=True, kw_only=True, tag="pause_speech"):
    """Let the time of the speech stand still; the microphone stays as it is."""


class ResumeSpeech(Command, frozen=True, kw_only=True, tag="resume_speech"):
    """Let the time of the speech go on."""


class ExtendSpeech(Command, frozen=True, kw_only=True, tag="extend_speech"):
    """Give the speaker more time."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=3600)]
