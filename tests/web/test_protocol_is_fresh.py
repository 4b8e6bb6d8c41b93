"""The browser's message types are those of the service."""

from web import generate_protocol


def test_the_committed_types_are_what_the_messages_say():
    written = generate_protocol.TARGET.read_text(encoding="utf-8")
    assert written == generate_protocol.typescript(), "run `python -m web.generate_protocol`"
