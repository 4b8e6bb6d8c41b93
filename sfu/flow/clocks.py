"""Every publisher's wall clock against this machine's.

Publishers' clocks differ by seconds and more; sender reports carry them (RFC 3550 6.4.1). Told unchanged, two
people in slots that a browser keeps in step would be set apart by the difference of their clocks. So each report is
told on this machine's clock, by an offset that is the same for a person's voice and picture: the smallest distance
seen of late, which is the clocks' difference plus the shortest way here. No two clocks are equally fast, so what was
seen long ago is let go by as much as any clock may have lost since.
"""

from sfu.wire.rtcp import ntp_from_us, us_from_ntp

STEP_US = 5_000_000  # a clock that jumps further than this was set anew
DRIFT = 100e-6  # of a quartz clock at most; RFC 5905 tolerates 15e-6


class Clocks:
    """The offset of each peer's clock."""

    __slots__ = ("_offsets_us",)

    def __init__(self) -> None:
        self._offsets_us: dict[str, tuple[int, int]] = {}  # and when it was reckoned

    def here(self, peer: str, ntp: int, unix_us: int) -> int:
        """The NTP time on this machine of a report that says `ntp` and arrives at `unix_us` (µs)."""
        distance_us = unix_us - us_from_ntp(ntp)
        offset_us, reckoned_us = self._offsets_us.get(peer, (distance_us, unix_us))
        offset_us += max(0, round((unix_us - reckoned_us) * DRIFT))
        if distance_us < offset_us or distance_us > offset_us + STEP_US:
            offset_us = distance_us
        self._offsets_us[peer] = offset_us, unix_us
        return ntp_from_us(us_from_ntp(ntp) + offset_us)

    def forget(self, peer: str) -> None:
        self._offsets_us.pop(peer, None)
