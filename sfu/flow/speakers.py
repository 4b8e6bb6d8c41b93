"""Whose voices fill the audio slots of a room.

The levels that senders claim (RFC 6464) nominate. A talker enters a free slot at once, so that no first
syllable is lost, and leaves after 1.5 s of silence. When no slot is free, the loudest talker outside replaces
the quietest inside, but only one that has had its 1.5 s and is clearly quieter: nobody is cut off for a tie.
Held peers, whoever has the floor and the chairs, enter with their first packet, silent or not, and stay while they
send: one whose microphone is off has nothing to lose, and is back with the next packet. They are ranked: first the
first named, then those who talk, then the silent, as named. The silent keep all slots but one at most; what they have
beyond that they give to whoever talks. Held peers who talk give way only to those before them.
A peer keeps its position while it is in, because each position is a stream with numbers of its own.

Deliberately simple: levels are taken as claimed. Someone who shouts wins, which is the chair's to settle.
"""

from collections.abc import Callable, Sequence

HANGOVER_US = 1_500_000
SMOOTHING_US = 300_000
CLEARLY_QUIETER_DB = 6
# Senders differ in how they set the voice bit: most only above noise, some never.
VOICE_DBOV = -60
LOUD_DBOV = -40
SILENCE_DBOV = -127


class _Voice:
    __slots__ = ("entered_at", "heard_at", "level", "talked_at")

    def __init__(self, now: int) -> None:
        self.level = float(SILENCE_DBOV)  # smoothed
        self.heard_at = now
        self.talked_at: int | None = None  # None before the first talk
        self.entered_at = now


class Speakers:
    """Peers (any hashable name) in `slots`, and those of them who are `speaking` now, loudest first."""

    __slots__ = ("_held", "_ranked_at", "_voices", "slots", "speaking")

    def __init__(self, count: int = 3) -> None:
        self.slots: tuple[str | None, ...] = (None,) * count
        self.speaking: tuple[str, ...] = ()
        self._held: dict[str, int] = {}  # as named
        self._voices: dict[str, _Voice] = {}
        self._ranked_at: int | None = None  # None before the first tick

    def hold(self, peers: Sequence[str]) -> None:
        """From now on these are held and no others, the first before all."""
        self._held = {peer: place for place, peer in enumerate(peers)}

    def heard(self, peer: str, level_dbov: int, voice: bool, now: int) -> bool:
        """A packet of `peer` came: whether `slots` changed."""
        state = self._voices.get(peer)
        if state is None:
            state = self._voices[peer] = _Voice(now)
        weight = min(1.0, (now - state.heard_at) / SMOOTHING_US)
        state.level += weight * (level_dbov - state.level)
        state.heard_at = now
        if level_dbov >= (VOICE_DBOV if voice else LOUD_DBOV):
            if state.talked_at is None or now - state.talked_at > HANGOVER_US:
                state.level = level_dbov  # a new utterance has no past
            state.talked_at = now
        elif peer not in self._held:
            return False
        if peer in self.slots:
            return False
        if None in self.slots:
            return self._enter(peer, self.slots.index(None), now)
        yielding = self._yielding(peer, now)
        return yielding is not None and self._enter(peer, self.slots.index(yielding), now)

    def tick(self, now: int) -> bool:
        """Let the silent go and the loudest in: whether `slots` or `speaking` changed."""
        before = self.slots, self.speaking
        self.slots = tuple(None if peer is not None and self._is_over(peer, now) else peer for peer in self.slots)
        outside = [p for p in self._voices if p not in self.slots and self._talks(p, now)]
        for peer in sorted(outside, key=self._level, reverse=True):
            if None in self.slots:
                self._enter(peer, self.slots.index(None), now)
                continue
            quietest = self._quietest(lambda p: now - self._voices[p].entered_at >= HANGOVER_US)
            if quietest is None or self._level(quietest) + CLEARLY_QUIETER_DB > self._level(peer):
                break
            self._enter(peer, self.slots.index(quietest), now)
        if self._ranked_at is None or now - self._ranked_at >= SMOOTHING_US or before[0] != self.slots:
            self._ranked_at = now
            talking = [p for p in self.slots if p is not None and self._talks(p, now)]
            self.speaking = tuple(sorted(talking, key=self._level, reverse=True))
        return before != (self.slots, self.speaking)

    def remove(self, peer: str) -> bool:
        """`peer` is gone or may no longer be heard: whether it had a slot."""
        self._voices.pop(peer, None)
        self.speaking = tuple(p for p in self.speaking if p != peer)
        if peer not in self.slots:
            return False
        self.slots = tuple(None if p == peer else p for p in self.slots)
        return True

    def _enter(self, peer: str, position: int, now: int) -> bool:
        self.slots = (*self.slots[:position], peer, *self.slots[position + 1 :])
        self._voices[peer].entered_at = now
        return True

    def _yielding(self, peer: str, now: int) -> str | None:
        """Who makes room for `peer` at once, if anybody."""
        ranked = self._ranked(peer, now)
        keep = [p for place, p in enumerate(ranked) if place < len(self.slots) - 1 or self._lasts(p, now)]
        if peer in self._held and peer not in keep:
            return None
        spare = [p for p in ranked if p in self.slots and p not in keep]
        if spare or peer not in self._held:
            return spare[-1] if spare else None
        last = ranked[-1]
        return self._quietest() or (last if last != peer else None)

    def _ranked(self, peer: str, now: int) -> list[str]:
        """The held ones among those who sit and `peer`."""
        held = [p for p in {*self.slots, peer} if p in self._held]
        return sorted(held, key=lambda p: (self._held[p] > 0, not self._lasts(p, now), self._held[p]))

    def _quietest(self, may_go: Callable[[str], bool] = lambda _: True) -> str | None:
        """Of those who sit and are not held."""
        candidates = [p for p in self.slots if p is not None and p not in self._held and may_go(p)]
        return min(candidates, key=self._level, default=None)

    def _level(self, peer: str) -> float:
        return self._voices[peer].level

    def _talks(self, peer: str, now: int) -> bool:
        talked_at = self._voices[peer].talked_at
        return talked_at is not None and now - talked_at < SMOOTHING_US

    def _lasts(self, peer: str, now: int) -> bool:
        """Whether the talk goes on, be it in a pause for breath."""
        talked_at = self._voices[peer].talked_at
        return talked_at is not None and now - talked_at < HANGOVER_US

    def _is_over(self, peer: str, now: int) -> bool:
        if peer in self._held:
            return now - self._voices[peer].heard_at >= HANGOVER_US
        return not self._lasts(peer, now)
