"""How a connection begins, begins again and ends, with time passed."""

import asyncio

import pytest

from sfu import peer as peers
from sfu.control import PeerConnected
from sfu.errors import OfferError
from sfu.negotiation import read_offer
from sfu.peer import ARRIVAL_US, RESTART_OVERLAP_US, SILENCE_US
from tests.sfu.people import NoHandshake, Person, S


async def test_silence_is_a_loss_after_five_seconds(conference):
    anna = await conference.joins("anna")
    assert anna.peer.lost_for(conference.now + SILENCE_US) is None
    assert anna.peer.lost_for(conference.now + SILENCE_US + 1) == "silence"
    conference.now += 4 * S
    anna.shows()
    assert anna.peer.lost_for(conference.now + SILENCE_US) is None


async def test_who_never_connects_is_lost_after_twenty_seconds(conference):
    late = Person(conference, "late")
    assert late.peer.lost_for(conference.now + ARRIVAL_US) is None
    assert late.peer.lost_for(conference.now + ARRIVAL_US + 1) == "handshake"


async def test_who_leaves_while_shaking_hands_is_gone(conference, monkeypatch):
    shaken = asyncio.Event()

    class Slow(NoHandshake):
        async def run(self, fingerprints):
            await shaken.wait()

    monkeypatch.setattr(peers, "Handshake", Slow)
    early = Person(conference, "early")
    early.peer.addresses.append(early.address)
    early.peer.moved(early.address, conference.now)
    await asyncio.sleep(0)
    shaken.set()
    early.goes()
    for _ in range(5):
        await asyncio.sleep(0)
    assert conference.told(PeerConnected) == []
    assert not early.peer.connected
    assert all(channel.slots == {} for channel in conference.room.voices.channels)


async def test_a_restart_is_good_under_both_names_for_a_while(conference):
    anna = await conference.joins("anna")
    before = anna.peer.ufrag
    anna.connection.renew_credentials()
    anna.peer.renew(read_offer(anna.connection.offer, anna.peer.sections), conference.now)
    after = anna.peer.ufrag
    assert set(conference.port.expected) == {before, after}
    anna.peer.measure(conference.now + RESTART_OVERLAP_US + 1)
    assert set(conference.port.expected) == {after}
    anna.goes()
    assert conference.port.expected == {}


async def test_the_same_offer_again_restarts_nothing(conference):
    anna = await conference.joins("anna")
    before = anna.peer.ufrag
    anna.peer.renew(read_offer(anna.connection.offer, anna.peer.sections), conference.now)
    assert anna.peer.ufrag == before


async def test_an_offer_of_another_connection_is_refused(conference):
    anna, other = await conference.joins("anna"), await conference.joins("other")
    with pytest.raises(OfferError, match="another connection"):
        anna.peer.renew(other.offer, conference.now)


async def test_an_offer_without_a_section_of_before_is_refused(conference):
    """Else each offer could name new slots, without end."""
    viewer = await conference.joins("viewer", publish=())
    strange = viewer.connection.offer.replace("a=mid:", "a=mid:x").replace("BUNDLE ", "BUNDLE x")
    with pytest.raises(OfferError, match="is missing"):
        viewer.peer.renew(read_offer(strange, viewer.peer.sections), conference.now)
    assert len(viewer.peer.pictures) == len(viewer.connection.picture_mids)


async def test_more_tiles_are_offered_on_the_same_connection(conference):
    viewer, anna = await conference.joins("viewer", picture_slots=1), await conference.joins("anna")
    viewer.connection.picture_mids.append("40")
    viewer.peer.renew(read_offer(viewer.connection.offer, viewer.peer.sections), conference.now)
    anna.shows()
    viewer.watches((1, "anna:camera", "f"))
    assert len(viewer.sees(1)) == 1


async def test_a_restart_while_its_address_is_anothers(conference):
    """A new connection behind the same address takes it over; the old one may still be asked about."""
    anna = await conference.joins("anna")
    anna.peer.addresses.clear()
    anna.connection.renew_credentials()
    anna.peer.renew(read_offer(anna.connection.offer, anna.peer.sections), conference.now)
    anna.peer.report(conference.now)
    assert anna.peer.connected


async def test_tiles_offered_while_its_address_is_anothers_hinder_nobody(conference):
    """The fan-out sends to all who watch at once: an outlet without keys would fail them all."""
    viewer, anna = await conference.joins("viewer", picture_slots=1), await conference.joins("anna")
    viewer.peer.addresses.clear()
    viewer.connection.picture_mids.append("40")
    viewer.peer.renew(read_offer(viewer.connection.offer, viewer.peer.sections), conference.now)
    conference.room.connected(viewer.peer, conference.now)
    anna.shows()
    viewer.watches((1, "anna:camera", "f"))
    assert len(viewer.sees(1)) == 1
    assert viewer.slot(1).outlet.context is viewer.peer.outbound
    viewer.peer.addresses.append(("elsewhere", 2))
    viewer.peer.moved(("elsewhere", 2), conference.now)
    assert viewer.slot(1).outlet.address == ("elsewhere", 2)


async def test_closing_twice(conference):
    anna = await conference.joins("anna")
    anna.goes()
    await anna.peer.close()
    await anna.peer.close()
    assert anna.peer.addresses == []
