"""Two ends of one SRTP line, as a handshake would have made them."""

from pylibsrtp import Policy, Session

from sfu.wire.srtp import CM_TAG, GCM_TAG, Buffer, Context

PROFILES = {
    GCM_TAG: (Policy.SRTP_PROFILE_AEAD_AES_128_GCM, 28),
    CM_TAG: (Policy.SRTP_PROFILE_AES128_CM_SHA1_80, 30),
}


def contexts(tag: int = GCM_TAG, secret: int = 1) -> tuple[Context, Context]:
    """Who sends and who receives; ends with the same `secret` understand each other."""
    profile, size = PROFILES[tag]
    ends = []
    for kind in (Policy.SSRC_ANY_OUTBOUND, Policy.SSRC_ANY_INBOUND):
        policy = Policy(key=bytes([secret]) * size, ssrc_type=kind, srtp_profile=profile)
        policy.allow_repeat_tx, policy.window_size = True, 1024
        ends.append(Context(Session(policy), tag))
    return ends[0], ends[1]


def opened(receiver: Context, datagram: bytes) -> bytes:
    """The RTP packet inside; fails the test when it is not authentic."""
    buffer = Buffer(2048)
    buffer.bytes[: len(datagram)] = datagram
    size = receiver.unprotect(buffer, len(datagram))
    assert size > 0, "not authentic"
    return bytes(buffer.bytes[:size])
