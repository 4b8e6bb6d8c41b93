"""When to ask a sender for a keyframe, however many viewers need one."""

SPACING_US = 500_000


class KeyframeRequests:
    """The requests for one layer: one per half second, repeated until a keyframe comes."""

    __slots__ = ("_quiet_until", "_wanted")

    def __init__(self) -> None:
        self._wanted = False
        self._quiet_until: int | None = None  # None before the first request or keyframe

    def ask(self, now: int) -> bool:
        """A viewer needs a keyframe: whether to send a request at once. If not, `due` will."""
        self._wanted = True
        return self.due(now)

    def due(self, now: int) -> bool:
        """Whether to send a request at `now` (µs); the caller does so when told."""
        if not self._wanted or (self._quiet_until is not None and now < self._quiet_until):
            return False
        self._quiet_until = now + SPACING_US
        return True

    def satisfied(self, now: int) -> None:
        """A keyframe has come; whoever asks from now on needs another, not sooner than half a second."""
        self._wanted = False
        self._quiet_until = now + SPACING_US
