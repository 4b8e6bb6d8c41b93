"""A clip is what it says: pictures of three sizes with keyframes where they are expected, and a modest voice."""

from itertools import pairwise

import av
import numpy as np
import pytest

from demo import media, voice
from demo.faces import FACES
from demo.media import FRAME_RATE, KEYFRAME_EVERY, LAYERS, Clip
from demo.portrait import HEIGHT, PERIOD_S, WIDTH, Portrait

PERSON = Portrait(1, "XÃ NẬM LAU", "short", "brocade")


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> Clip:
    return media.prepared(PERSON, tmp_path_factory.mktemp("clips"))


def decoded(frames: list[bytes]) -> list[av.VideoFrame]:
    decoder = av.CodecContext.create("vp8", "r")
    return [picture for frame in frames for picture in decoder.decode(av.Packet(frame))]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_frame_decodes_at_the_size_of_its_layer(clip, layer):
    divisor, bitrate = LAYERS[layer]
    for frames in (clip.listening[layer], clip.speaking[layer]):
        pictures = decoded(frames)
        assert len(pictures) == PERIOD_S * FRAME_RATE
        assert {(p.width, p.height) for p in pictures} == {(WIDTH // divisor, HEIGHT // divisor)}
        keyframes = [number for number, frame in enumerate(frames) if not frame[0] & 1]
        assert keyframes == list(range(0, len(frames), KEYFRAME_EVERY))
        assert sum(map(len, frames)) * 8 / PERIOD_S < 1.2 * bitrate


def test_a_loop_ends_where_it_begins():
    begin, end = (PERSON.frame(at_s, speaking=True).pixels for at_s in (0, PERIOD_S))
    assert np.abs(begin - end).max() < 1


def test_the_mouth_moves_only_in_speech(clip):
    def movement(frames: list[bytes]) -> float:
        mouths = [p.to_ndarray(format="gray")[285:320, 490:535].astype(int) for p in decoded(frames)]
        return float(np.mean([np.abs(a - b).mean() for a, b in pairwise(mouths)]))

    assert movement(clip.speaking["f"]) > 2 * movement(clip.listening["f"])


def test_the_voice_lasts_as_long_and_stays_modest(clip):
    decoder = av.CodecContext.create("libopus", "r")
    decoder.sample_rate, decoder.layout = voice.RATE, "mono"
    heard = [frame for packet in clip.voice for frame in decoder.decode(av.Packet(packet))]
    assert len(clip.voice) == round(voice.SECONDS / media.VOICE_FRAME_S)
    samples = np.concatenate([frame.to_ndarray().ravel() for frame in heard])
    samples = samples / 32768 if samples.dtype.kind == "i" else samples
    assert 0.05 < np.abs(samples).max() < 0.4


def test_the_levels_tell_speech_from_silence(clip):
    assert len(clip.levels) == len(clip.voice)
    assert clip.levels[0] == -127
    assert -35 < max(clip.levels) < -10


def test_two_people_sound_different():
    assert not np.array_equal(voice.babble(1), voice.babble(2))


def test_a_clip_is_made_once(tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(media, "encode", lambda person: made.append(person) or Clip({}, {}, [], []))
    assert media.prepared(PERSON, tmp_path) == media.prepared(PERSON, tmp_path)
    media.prepared(Portrait(2, "XÃ KHE LĂNG", "short", "suit"), tmp_path)
    assert len(made) == 2


def test_everybody_on_camera_can_be_drawn():
    for person in FACES.values():
        pixels = person.frame(0, speaking=False).rgb()
        assert pixels.shape == (HEIGHT, WIDTH, 3)
        assert pixels.std() > 20
