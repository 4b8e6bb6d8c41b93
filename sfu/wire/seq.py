"""Arithmetic of sequence numbers that wrap around."""


def delta16(a: int, b: int) -> int:
    """How far `a` is ahead of `b`, from -32768 to 32767."""
    return ((a - b + 0x8000) & 0xFFFF) - 0x8000


class Unwrapper:
    """Turns numbers of `bits` bits into an index that does not wrap.

    The first number is its own index; each later one takes the index nearest to the last, so a packet that
    overtook the very first by a wrap gets a negative one.
    """

    __slots__ = ("_half", "_last", "_mask")

    def __init__(self, bits: int = 16) -> None:
        self._mask = (1 << bits) - 1
        self._half = 1 << (bits - 1)
        self._last: int | None = None  # None before the first number

    def unwrap(self, number: int) -> int:
        if self._last is None:
            self._last = number
        else:
            self._last += ((number - self._last + self._half) & self._mask) - self._half
        return self._last
