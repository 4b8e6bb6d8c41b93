"""Which layer of each wished picture fits a line.

One pass gives everybody its smallest layer in order of importance, a second raises each in the same order as
far as it goes. Before that, a full-size wish that comes first (the stage, a shared screen) is taken up to the
middle size: a speaker at a quarter with twenty small tiles around helps nobody.
"""

from collections.abc import Mapping, Sequence

LAYERS = ("q", "h", "f")
FULL = LAYERS[-1]


class PricedWish:
    """A picture that a slot is to show, and what its layers cost. It never changes: all who wish the same share one.

    `layers` are those that come into question, the smallest first; the smallest there is when all exceed the wish.
    """

    __slots__ = ("bitrates_bps", "largest", "layers", "source")

    def __init__(self, source: str, largest: str, bitrates_bps: Mapping[str, int]) -> None:
        """`largest` is the largest layer of use; `bitrates_bps` of each that can be had, measured or expected."""
        self.source, self.largest, self.bitrates_bps = source, largest, bitrates_bps
        offered = tuple(size for size in LAYERS if size in bitrates_bps)
        useful = tuple(size for size in offered if LAYERS.index(size) <= LAYERS.index(largest))
        self.layers = useful or offered[:1]


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
        first = wishes[0].layers
        take(0, [layer for layer in first if layer != FULL] or first)
    for index, wish in enumerate(wishes):
        if chosen[index] is None:
            take(index, wish.layers[:1])
    for index, wish in enumerate(wishes):
        if chosen[index] is not None and chosen[index] != wish.layers[-1]:
            take(index, wish.layers[wish.layers.index(chosen[index]) :])
    return tuple(chosen)


def cost_bps(wishes: Sequence[PricedWish], chosen: Sequence[str | None]) -> int:
    return sum(wish.bitrates_bps[layer] for wish, layer in zip(wishes, chosen, strict=True) if layer)
