"""Who may do what: one table, role by action.

"any" reaches everybody's things, "own" only one's own: hand, floor, ballot, task, attendance; for an officer what lies
at or below the officer's unit, the opinion of the very unit they belong to, and the signature that is asked of them by
name. An action that concerns nobody in particular is "any". No entry means no.
"""

from __future__ import annotations

from typing import Literal

Reach = Literal["own", "any"]

MEETING_ROLES = ("chair", "secretary", "delegate", "guest", "site_operator", "big_screen")
# Seats of a room, not of a person: neither invited to answer nor counted as present.
UNCOUNTED = frozenset({"site_operator", "big_screen"})
OFFICER_ROLES = ("system_admin", "unit_admin", "clerk")
SYSTEM = "system"  # the installation itself: set-up, the demonstration, a timer

# Whoever prepares meetings does so for the units in their reach.
PREPARERS: dict[str, Reach] = {"system_admin": "any", "unit_admin": "own", "clerk": "own"}

TABLE: dict[str, dict[str, Reach]] = {
    # in the hall
    "raise_hand": {"secretary": "own", "delegate": "own", "guest": "own"},
    "lower_hand": {"chair": "any", "secretary": "own", "delegate": "own", "guest": "own"},
    "give_floor": {"chair": "any"},
    "take_floor": {"chair": "any", "secretary": "own", "delegate": "own", "guest": "own"},
    "set_floor_mode": {"chair": "any"},
    "set_floor_rules": {"chair": "any", "secretary": "any"},
    "pause_speech": {"chair": "any", "secretary": "any"},
    "resume_speech": {"chair": "any", "secretary": "any"},
    "extend_speech": {"chair": "any"},
    "mute": {"chair": "any", "secretary": "any"},
    "unmute": {"chair": "any", "secretary": "any"},
    "mute_all": {"chair": "any"},
    "pin_to_stage": {"chair": "any", "secretary": "any"},
    "say": {"chair": "any", "secretary": "any", "delegate": "any", "guest": "any", "site_operator": "any"},
    "check_in": {"chair": "any", "secretary": "any", "delegate": "own", "guest": "own"},
    "leave": {"chair": "any", "secretary": "any", "delegate": "own", "guest": "own"},
    "check_in_at_hall": {"chair": "any", "secretary": "any", "site_operator": "any"},
    "note_leaving": {"chair": "any", "secretary": "any", "site_operator": "any"},
    # running the meeting
    "set_state": {"chair": "any"},
    "submit_meeting": {"chair": "any", "secretary": "any"},
    "open_item": {"chair": "any", "secretary": "any"},
    "close_item": {"chair": "any", "secretary": "any"},
    "show_on_wall": {"chair": "any", "secretary": "any"},
    "write_conclusion": {"chair": "any", "secretary": "any"},
    "remove_conclusion": {"chair": "any", "secretary": "any"},
    "set_progress": {"chair": "any", "secretary": "any", "delegate": "own", "guest": "own"},
    "open_vote": {"chair": "any", "secretary": "any"},
    "ask_opinions": {"chair": "any", "secretary": "any"},
    "close_vote": {"chair": "any", "secretary": "any"},
    "cancel_vote": {"chair": "any", "secretary": "any"},
    "publish_vote": {"chair": "any"},
    "cast_ballot": {"chair": "own", "delegate": "own"},
    "cast_secret_ballot": {"chair": "own", "delegate": "own"},
    "count_hands": {"chair": "own", "secretary": "own", "delegate": "own", "guest": "own"},
    "show_page": {"chair": "any", "secretary": "any", "delegate": "own", "guest": "own"},
    "keep_note": {"chair": "own", "secretary": "own", "delegate": "own", "guest": "own"},
    "stop_showing": {"chair": "any", "secretary": "any", "delegate": "own", "guest": "own"},
    "admit": {"chair": "any", "secretary": "any"},
    "refuse": {"chair": "any", "secretary": "any"},
    "remove_participant": {"chair": "any", **PREPARERS},
    # preparing it
    "add_participant": {"chair": "any", "secretary": "any", **PREPARERS},
    "write_letter": {"chair": "any", "secretary": "any"},
    "set_address": {"chair": "any", "secretary": "any", **PREPARERS},
    "invite": {"chair": "any", "secretary": "any"},
    "remind": {"chair": "any", "secretary": "any"},
    "set_reminders": {"chair": "any", "secretary": "any"},
    "resend": {"chair": "any", "secretary": "any", **PREPARERS},
    "reschedule": {"chair": "any", "secretary": "any", **PREPARERS},
    "answer_invitation": {"chair": "own", "secretary": "any", "delegate": "own", "guest": "own"},
    "decide_absence": {"chair": "any", "secretary": "any"},
    "name_substitute": {"secretary": "any", "delegate": "own", "guest": "own"},
    "issue_link": {"chair": "any", "secretary": "any", **PREPARERS},
    "change_sites": {"chair": "any", "secretary": "any", **PREPARERS},
    "add_item": {"chair": "any", "secretary": "any"},
    "change_item": {"chair": "any", "secretary": "any"},
    "move_item": {"chair": "any", "secretary": "any"},
    "remove_item": {"chair": "any", "secretary": "any"},
    "add_document": {"chair": "any", "secretary": "any"},
    "approve_version": {"chair": "any", "secretary": "any"},
    "change_readers": {"chair": "any", "secretary": "any"},
    "recall_document": {"chair": "any", "secretary": "any"},
    # the organisation
    "create_meeting": PREPARERS,
    "see_meeting": PREPARERS,
    "change_units": {"system_admin": "any", "unit_admin": "own"},
    "change_bodies": {"system_admin": "any", "unit_admin": "own"},
    "change_people": PREPARERS,
    "change_accounts": {"system_admin": "any", "unit_admin": "own"},
    # consulting units before something is signed
    "create_consultation": PREPARERS,
    "change_consultation": PREPARERS,
    "see_consultation": PREPARERS,
    "give_opinion": {"system_admin": "own", "unit_admin": "own", "clerk": "own"},
    "sign_consultation": {"system_admin": "own", "unit_admin": "own", "clerk": "own"},
    # surveys
    "change_survey": PREPARERS,
    "see_survey": PREPARERS,
    "enter_answers": PREPARERS,
}


def may(role: str, action: str, *, own: bool) -> bool:
    """Whether `role` may do `action`; `own` when it concerns only what is the actor's own."""
    reach = "any" if role == SYSTEM else TABLE[action].get(role)
    return reach == "any" or (reach == "own" and own)


def actions_of(role: str) -> tuple[str, ...]:
    """Every action the role has, with either reach."""
    return tuple(action for action, roles in TABLE.items() if role == SYSTEM or role in roles)
