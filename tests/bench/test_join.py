"""The offers that are handed in are a browser's, by the peer that then connects."""

from bench.join import CHROMIUM, PICTURE_SLOTS, as_chromium
from sfu.client import Connection
from sfu.negotiation import read_offer


async def test_an_offer_is_a_desktop_browsers_with_the_peers_own_credentials():
    connection = Connection(picture_slots=PICTURE_SLOTS)
    connection.socket.close()
    own, offer = read_offer(connection.offer), read_offer(made := as_chromium(connection.offer))
    assert (offer.ufrag, offer.fingerprints) == (own.ufrag, own.fingerprints)
    assert made.count(f"a=ice-pwd:{connection.password}\r\n") == len(offer.sent) + len(offer.slots) == 24
    assert len(made) > 0.95 * len(CHROMIUM) > 30_000
    # What was offered is what the peer takes the answer for.
    assert [(section.kind, section.mid) for section in offer.sent] == list(connection.mids.items())
    assert [slot.mid for slot in offer.slots] == connection.voice_mids + connection.picture_mids
    assert offer.sent[1].layers == ("q", "h", "f")
