"""How the delegates look who are before a camera."""

from __future__ import annotations

from demo import cast
from demo.portrait import Portrait

FACES: dict[str, Portrait] = dict(
    zip(
        cast.ON_CAMERA,
        (
            Portrait(2, "PHƯỜNG BẾN TRÚC", "grey", "suit", glasses=True),
            Portrait(0, "XÃ VĨNH AN HẠ", "bun", "ao_dai"),
            Portrait(1, "XÃ NẬM LAU", "short", "brocade"),
            Portrait(3, "XÃ DIÊN HẢI", "long", "shirt"),
            Portrait(4, "XÃ KHE LĂNG", "short", "suit"),
            Portrait(5, "PHƯỜNG HOA SEN", "bun", "ao_dai", glasses=True),
            Portrait(6, "XÃ MƯỜNG SƠN", "long", "brocade"),
            Portrait(7, "XÃ PHÚC LỘC THƯỢNG", "short", "shirt", glasses=True),
        ),
        strict=True,
    )
)
