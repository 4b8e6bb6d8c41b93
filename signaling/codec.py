"""JSON for Socket.IO: frozen messages go out as they are, plain values come in."""

from __future__ import annotations

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


class MessageJson:
    """What python-socketio asks of a JSON module."""

    JSONDecodeError = msgspec.DecodeError

    @staticmethod
    def dumps(value: Any, **_spelling: Any) -> str:
        return _encoder.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_hooks: Any) -> Any:
        try:
            return _decoder.decode(text)
        except RecursionError as error:
            raise msgspec.DecodeError("nested too deeply") from error
