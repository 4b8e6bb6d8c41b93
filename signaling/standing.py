"""What of a meeting decides who may send what, kept up to date by its events.

The rows say the same; this copy answers at once, for 300 people, without asking the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from meeting_app.events import Event
from meeting_app.floor import publishing_rights
from meeting_app.states import DOORS_OPEN, INTERRUPTED, OVER
from meeting_app.views import MeetingView, ShownView
from signaling.messages import SourceKind

NOTHING: frozenset[SourceKind] = frozenset()


@dataclass(frozen=True)
class Standing:
    """A meeting's state, floor and people after an event. Immutable; `after` gives the next one."""

    state: str
    mode: str
    holder: str | None
    roles: dict[str, str] = field(hash=False)
    muted: frozenset[str]
    present: frozenset[str]
    in_person: frozenset[str]  # of them, in the hall
    shown: ShownView | None  # the page that all are shown
    sites: dict[str, str] = field(hash=False)  # participants at a site, and the site's own screen

    @property
    def doors_open(self) -> bool:
        return self.state in DOORS_OPEN

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def held_voices(self) -> tuple[str, ...]:
        """Whose voices come before others, the one that belongs to the stage first."""
        chairs = sorted(one for one, role in self.roles.items() if role == "chair" and one != self.holder)
        first = self.speaks_for_holder or self.holder
        return (first, *chairs) if first else tuple(chairs)

    @property
    def speaks_for_holder(self) -> str | None:
        """The screen of the site where who has the floor sits: they speak through it. None: they have their own."""
        site = self.sites.get(self.holder) if self.holder in self.in_person else None
        if site is None:
            return None
        screens = (one for one, at in self.sites.items() if at == site and self.roles.get(one) == "site_operator")
        return next(screens, None)

    def rights(self, participant: str) -> frozenset[SourceKind]:
        role = self.roles.get(participant)
        if role is None or not self.doors_open:
            return NOTHING
        if participant == self.speaks_for_holder:
            return publishing_rights(role, False, self.mode, True)
        return publishing_rights(role, participant in self.muted, self.mode, self.holder == participant)

    def after(self, event: Event) -> Standing:
        """The standing once this event has happened."""
        whose = event.data.get("participant")
        match event.name:
            case "state_changed":
                ends = event.data["to"] in INTERRUPTED
                return replace(
                    self,
                    state=event.data["to"],
                    holder=None if ends else self.holder,
                    present=frozenset() if ends else self.present,
                    in_person=frozenset() if ends else self.in_person,
                    shown=None if ends else self.shown,
                )
            case "rescheduled":
                return replace(self, state=event.data["to"])
            case "participant_added":
                return replace(self, roles=self.roles | {whose["id"]: whose["role"]}, sites=self._placed(whose))
            case "site_added":
                screen = event.data["operator"]
                return replace(self, roles=self.roles | {screen["id"]: screen["role"]}, sites=self._placed(screen))
            case "site_removed":
                screen = event.data["operator"]
                return replace(
                    self,
                    roles={one: role for one, role in self.roles.items() if one != screen},
                    muted=self.muted - {screen},
                    holder=None if self.holder == screen else self.holder,
                    sites={one: at for one, at in self.sites.items() if at != event.data["site"]},
                )
            case "placed":
                return replace(self, sites=self._at(event.data["participants"], event.data["site"]))
            case "participant_removed":
                return replace(
                    self,
                    roles={one: role for one, role in self.roles.items() if one != whose},
                    muted=self.muted - {whose},
                    present=self.present - {whose},
                    in_person=self.in_person - {whose},
                    sites=self._at([whose], None),
                    holder=None if self.holder == whose else self.holder,
                )
            case "participant_replaced":
                substitute = event.data["substitute"]
                roles = {one: role for one, role in self.roles.items() if one != whose}
                return replace(
                    self,
                    roles=roles | {substitute["id"]: substitute["role"]},
                    sites={one: at for one, at in self._placed(substitute).items() if one != whose},
                    muted=self.muted - {whose},
                    holder=None if self.holder == whose else self.holder,
                )
            case "checked_in":
                if event.data["how"] == "remote":
                    return replace(self, present=self.present | {whose})
                return replace(
                    self,
                    present=self.present | {whose},
                    in_person=self.in_person | {whose},
                    sites=self._at([whose], event.data["site"]),
                )
            case "left":
                return replace(self, present=self.present - {whose}, in_person=self.in_person - {whose})
            case "floor_given":
                return replace(self, holder=whose, muted=self.muted - {whose})
            case "floor_taken":
                return replace(self, holder=None)
            case "floor_mode_changed":
                return replace(self, mode=event.data["mode"])
            case "muted":
                return replace(self, muted=self.muted | {whose})
            case "unmuted":
                return replace(self, muted=self.muted - {whose})
            case "page_shown":
                return replace(self, shown=ShownView(**event.data["shown"]))
            case "showing_ended":
                return replace(self, shown=None)
            case "readers_changed" if event.data["shown"] is not None:
                return replace(self, shown=ShownView(**event.data["shown"]))
            case "document_recalled":
                is_shown = self.shown is not None and self.shown.document == event.data["document"]
                return replace(self, shown=None) if is_shown else self
            case "all_muted":
                return replace(self, mode="chaired", holder=None)
        return self

    def _placed(self, person: dict[str, Any]) -> dict[str, str]:
        return self._at([person["id"]], person["site"])

    def _at(self, people: Iterable[str], site: str | None) -> dict[str, str]:
        """The sites once these people are to sit at one of them, or nowhere in particular."""
        moved = set(people)
        others = {one: at for one, at in self.sites.items() if one not in moved}
        return others if site is None else others | dict.fromkeys(moved, site)


def of(meeting: MeetingView) -> Standing:
    """The standing that a snapshot shows."""
    people = meeting.participants
    return Standing(
        state=meeting.state,
        mode=meeting.floor.mode,
        holder=meeting.floor.holder,
        roles={person.id: person.role for person in people},
        muted=frozenset(person.id for person in people if person.muted),
        present=frozenset(person.id for person in people if person.present),
        in_person=frozenset(person.id for person in people if person.how == "in_person"),
        shown=meeting.shown,
        sites={person.id: person.site for person in people if person.site is not None},
    )
