"""Which layer of each wished picture fits a line.

One pass gives everybody its smallest layer in order of importance, a second raises each in the same order as
far as it goes. Before that, a full-size wish that comes first (the stage, a shared screen) is taken up to the
middle size: a speaker at a quarter with twenty small tiles around helps nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LAYERS = ("q", "h", "f")
FULL = LAYERS[-1]


@dataclass(frozen=True, slots=True)
class PricedWish:
    """A picture that one slot is to show, and what its layers cost."""

    source: str
    largest: str  # the largest layer of use, one of LAYERS
    bitrates_bps: Mapping[str, int]  # of each layer that can be had, measured or expected

    def layers(self) -> list[str]:
        """What comes into question, the smallest first; the smallest there is when all exceed the wish."""
        offered = [size for size in LAYERS if size in self.bitrates_bps]
        useful = [size for size in offered if LAYERS.index(size) <= LAYERS.index(self.largest)]
        return useful or offered[:1]


def allocate(wishes: Sequence[PricedWish], capacity_bps: int) -> tuple[str | None, ...]:
    """For each of `wishes`, the most important first, a layer or None."""
    chosen: list[str | None] = [None] * len(wishes)
    left = capacity_bps

    def take(index: int, layers: Sequence[str]) -> None:
        """The last of `layers` that fits instead of what was chosen."""
        nonlocal left
        bitrates_bps = wishes[index].bitrates_bps
        has = chosen[index]
        free = left + (bitrates_bps[has] if has else 0)
        fitting = [layer for layer in layers if bitrates_bps[layer] <= free]
        if fitting:
            chosen[index] = fitting[-1]
            left = free - bitrates_bps[fitting[-1]]

    if wishes and wishes[0].largest == FULL:
        first = wishes[0].layers()
        take(0, [layer for layer in first if layer != FULL] or first)
    for index, wish in enumerate(wishes):
        if chosen[index] is None:
            take(index, wish.layers()[:1])
    for index, wish in enumerate(wishes):
        if chosen[index] is not None:
            take(index, wish.layers()[wish.layers().index(chosen[index]) :])
    return tuple(chosen)


def cost_bps(wishes: Sequence[PricedWish], chosen: Sequence[str | None]) -> int:
    return sum(wish.bitrates_bps[layer] for wish, layer in zip(wishes, chosen, strict=True) if layer)
