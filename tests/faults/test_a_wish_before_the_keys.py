"""A browser has its keys before the worker has; what it wishes in between, it gets."""

import asyncio

from bench import media
from sfu import control
from sfu.client import Connection
from sfu.settings import Settings
from sfu.worker import Worker


async def test_a_wish_before_the_keys_is_met_after_them():
    worker = Worker(Settings(port=0), emit=lambda event: None)
    speaker = Connection(("camera",), layers=(), voice_slots=0, picture_slots=0)
    viewer = Connection((), layers=(), voice_slots=0, picture_slots=1)
    seen = asyncio.get_running_loop().create_future()
    viewer.on_rtp = lambda packet: seen.done() or seen.set_result(packet)
    try:
        reply = await worker.obey(control.Join(id=1, room="a", peer="speaker", offer=speaker.offer))
        await speaker.connect(reply.answer)
        sending = asyncio.create_task(send_keyframes(speaker))
        reply = await worker.obey(control.Join(id=2, room="a", peer="viewer", offer=viewer.offer, publish=()))
        wish = control.Wish(viewer.picture_mids[0], "speaker:camera")
        watched = await worker.obey(control.Watch(id=3, room="a", peer="viewer", wishes=(wish,)))
        assert watched.error is None
        await viewer.connect(reply.answer)
        packet = await asyncio.wait_for(seen, 5)
        assert media.made_ns(packet.payload) is not None
        sending.cancel()
    finally:
        for connection in (speaker, viewer):
            await connection.close()
        await worker.close()


async def send_keyframes(speaker: Connection) -> None:
    for number in range(1000):
        payload = media.picture_payload(number, 0, keyframe=True)
        speaker.send_rtp("camera", number, number * 3000, True, payload)
        await asyncio.sleep(0.02)
