"""Every publisher's wall clock against this machine's.

Publishers' clocks differ by seconds and more; sender reports carry them (RFC 3550 6.4.1). Told unchanged, two
people in slots that a browser keeps in step would be set apart by the difference of their clocks. So each report is
told on this machine's clock, by an offset that is the same for a person's voice and picture: the smallest distance
seen, which is the clocks' difference plus the shortest way here.
"""

from sfu.wire.rtcp import ntp_from_us, us_from_ntp

STEP_US = 5_000_000  # a clock that jumps further than this was set anew


class Clocks:
    """The offset of each peer's clock."""

    __slots__ = ("_offsets_us",)

    def __init__(self) -> None:
        self._offsets_us: dict[str, int] = {}

    def here(self, peer: str, ntp: int, unix_us: int) -> int:
        """The NTP time on this machine of a report that says `ntp` and arrives at `unix_us` (µs)."""
        distance_us = unix_us - us_from_ntp(ntp)
        known = self._offsets_us.get(peer)
        if known is None or distance_us < known or distance_us > known + STEP_US:
            self._offsets_us[peer] = known = distance_us
        return ntp_from_us(us_from_ntp(ntp) + known)

    def forget(self, peer: str) -> None:
        self._offsets_us.pop(peer, None)
