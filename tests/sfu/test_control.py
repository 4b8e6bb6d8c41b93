"""Every message of the control contract there and back, and what it refuses."""

import json

import msgspec
import pytest

from sfu import control

REQUESTS = [
    control.Join(id=1, room="r", peer="p", offer="v=0", publish=("microphone",)),
    control.Offer(id=2, room="r", peer="p", offer="v=0"),
    control.Leave(id=3, room="r", peer="p"),
    control.Permit(id=4, room="r", peer="p", publish=("camera", "screen")),
    control.Watch(id=5, room="r", peer="p", wishes=(control.Wish("7", "a:camera", "h"), control.Wish("8", None))),
    control.Hold(id=6, room="r", peers=("chair", "delegate")),
    control.CloseRoom(id=7, room="r"),
    control.Describe(id=8),
]
EVENTS = [
    control.Reply(id=1, answer="v=0", slots=(control.SlotOffer("3", "voice"), control.SlotOffer("4", "picture"))),
    control.Reply(id=2, error="no_such_peer", message="no peer p in room r"),
    control.Reply(id=3, rooms=(control.RoomState("r", ("p",), ("p:camera",)),)),
    control.Ready(worker="abc", udp_address="127.0.0.1", udp_port=50000),
    control.PeerConnected(room="r", peer="p"),
    control.PeerLost(room="r", peer="p", connection=1, reason="silence"),
    control.SourceChanged(room="r", source="p:camera", flows=True),
    control.Voices(room="r", slots=("p", None, None), speaking=("p",)),
    control.Demand(room="r", peer="p", camera=("q", "h"), screen=False),
    control.SlotChanged(room="r", peer="p", slot="7", source="a:camera", layer="q", cause="downlink"),
    control.Quality(room="r", peer="p", level="fair", uplink_loss=4, downlink_loss=0, downlink_bps=900_000),
]


def test_every_message_is_here():
    assert {type(m) for m in REQUESTS} == set(control.AnyRequest.__args__)
    assert {type(m) for m in EVENTS} == set(control.AnyEvent.__args__)


@pytest.mark.parametrize("message", REQUESTS, ids=lambda m: type(m).__name__)
def test_requests_survive_the_way(message):
    assert control.decode_request(control.encode(message)) == message


@pytest.mark.parametrize("message", EVENTS, ids=lambda m: type(m).__name__)
def test_replies_and_events_survive_the_way(message):
    assert control.decode_event(control.encode(message)) == message


def test_a_reply_says_only_what_it_has_to_say():
    assert json.loads(control.encode(control.Reply(id=1))) == {"type": "reply", "id": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"type": "join"}',
        '{"type": "dance", "id": 1}',
        '{"type": "leave", "id": "one", "room": "r", "peer": "p"}',
        '{"type": "leave", "id": 1, "room": "r", "peer": "p", "reason": "bored"}',
        '{"type": "permit", "id": 1, "room": "r", "peer": "p", "publish": ["smell"]}',
        '{"type": "reply", "id": 1}',
    ],
)
def test_what_the_contract_does_not_name_is_refused(text):
    with pytest.raises(msgspec.DecodeError):
        control.decode_request(text)


def test_a_source_is_named_by_peer_and_kind():
    assert control.source_name("p", "camera") == "p:camera"
