"""What can go wrong with a request to the worker, sorted by whose fault it is.

    SfuError
    ├── OfferError        bad_offer       the browser's: the SDP cannot be answered
    ├── NoSuchPeer        no_such_peer    the director's: it names a peer that is not here
    ├── RoomFull          room_full       nobody's: the room has all the peers it may have
    └── WorkerFull        worker_full     nobody's: this process has all the peers it may have

A malformed packet raises none of these: it is counted and dropped.
"""


class SfuError(Exception):
    code = "sfu_error"


class OfferError(SfuError):
    code = "bad_offer"


class NoSuchPeer(SfuError):
    code = "no_such_peer"


class RoomFull(SfuError):
    code = "room_full"


class WorkerFull(SfuError):
    code = "worker_full"
