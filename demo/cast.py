"""Who is who in the made-up province of Lam Sơn, and what its conference is about."""

from __future__ import annotations

from dataclasses import dataclass

PROVINCE = "Ủy ban MTTQ Việt Nam tỉnh Lam Sơn"
BODIES = ("Ban Dân chủ - Giám sát - Phản biện xã hội", "Ban Tuyên giáo - Dân vận", "Văn phòng")
COMMUNES = (
    "Xã Vĩnh An Hạ",
    "Xã Nậm Lau Hoa",
    "Phường Bến Trúc",
    "Xã Diên Hải Vân",
    "Xã Khe Lăng",
    "Phường Hoa Sen",
    "Xã Mường Sơn",
    "Xã Phúc Lộc Thượng",
    "Phường Tân Lam",
    "Xã Đồng Vàng",
    "Xã Yên Trạch Mây",
    "Xã Cẩm Vân Lam",
)


@dataclass(frozen=True)
class Person:
    name: str  # family name first
    title: str
    unit: str  # as listed above


CHAIR = Person("Phạm Thu Hà", "Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", PROVINCE)
SECRETARY = Person("Vũ Minh Khôi", "Chánh Văn phòng", "Văn phòng")
ADMINISTRATOR = Person("Tạ Minh Tâm", "Chuyên viên", "Văn phòng")
ADMINISTRATOR_LOGIN = "quan-tri"
ADMINISTRATOR_PASSWORD = "hội trường mùa xuân"  # printed on the first page: nothing here is worth guarding
BIG_SCREEN = "Màn hình hội trường tỉnh"
SITE, SITE_UNIT, SITE_SEATS = "Điểm cầu xã Mường Sơn", "Xã Mường Sơn", 30

_HEAD = "Chủ tịch Ủy ban MTTQ xã"
_WARD_HEAD = "Chủ tịch Ủy ban MTTQ phường"
_DEPUTY = "Phó Chủ tịch Ủy ban MTTQ xã"
_WARD_DEPUTY = "Phó Chủ tịch Ủy ban MTTQ phường"
_VILLAGE = "Trưởng Ban Công tác Mặt trận thôn"
_STREET = "Trưởng Ban Công tác Mặt trận tổ dân phố"

DELEGATES = (
    Person("Trần Quốc Bảo", _WARD_HEAD, "Phường Bến Trúc"),
    Person("Hoàng Thị Lan", _HEAD, "Xã Vĩnh An Hạ"),
    Person("Lò Văn Mẩy", _HEAD, "Xã Nậm Lau Hoa"),
    Person("Nguyễn Đức Hạnh", "Trưởng ban", BODIES[0]),
    Person("Đặng Thị Ngọc Diệp", _HEAD, "Xã Diên Hải Vân"),
    Person("Bùi Xuân Trường", _HEAD, "Xã Khe Lăng"),
    Person("Lê Thị Hồng Nhung", _WARD_HEAD, "Phường Hoa Sen"),
    Person("Vi Thị Mai", _HEAD, "Xã Mường Sơn"),
    Person("Phan Văn Thịnh", _HEAD, "Xã Phúc Lộc Thượng"),
    Person("Ngô Thanh Tùng", _WARD_HEAD, "Phường Tân Lam"),
    Person("Đỗ Thị Kim Oanh", _HEAD, "Xã Đồng Vàng"),
    Person("Hồ Sỹ Lâm", _HEAD, "Xã Yên Trạch Mây"),
    Person("Mai Thị Phương", _HEAD, "Xã Cẩm Vân Lam"),
    Person("Cao Bá Thiện", "Phó Trưởng ban", BODIES[0]),
    Person("Trịnh Thị Thu Thủy", "Trưởng ban", BODIES[1]),
    Person("Dương Văn Khánh", "Phó Trưởng ban", BODIES[1]),
    Person("Lương Thị Ánh Tuyết", "Phó Chánh Văn phòng", BODIES[2]),
    Person("Nguyễn Hữu Phước", _DEPUTY, "Xã Vĩnh An Hạ"),
    Person("Lý Thị Sen", _DEPUTY, "Xã Nậm Lau Hoa"),
    Person("Tạ Quang Vinh", _WARD_DEPUTY, "Phường Bến Trúc"),
    Person("Chu Thị Hiền", _DEPUTY, "Xã Diên Hải Vân"),
    Person("Thái Bá Dũng", _DEPUTY, "Xã Khe Lăng"),
    Person("Đoàn Thị Bích Ngọc", _WARD_DEPUTY, "Phường Hoa Sen"),
    Person("Lộc Văn Pháy", _DEPUTY, "Xã Mường Sơn"),
    Person("Kiều Thị Hằng", _DEPUTY, "Xã Phúc Lộc Thượng"),
    Person("Âu Dương Tiến", _WARD_DEPUTY, "Phường Tân Lam"),
    Person("Quách Văn Sáng", _DEPUTY, "Xã Đồng Vàng"),
    Person("Tống Thị Lệ", _DEPUTY, "Xã Yên Trạch Mây"),
    Person("Ninh Văn Đạt", _DEPUTY, "Xã Cẩm Vân Lam"),
    Person("Phùng Thị Xuân", _VILLAGE, "Xã Vĩnh An Hạ"),
    Person("Lầu A Sử", _VILLAGE, "Xã Nậm Lau Hoa"),
    Person("Hà Trọng Nghĩa", _STREET, "Phường Bến Trúc"),
    Person("Nguyễn Thị Thoa", _VILLAGE, "Xã Diên Hải Vân"),
    Person("Trương Công Lợi", _VILLAGE, "Xã Khe Lăng"),
    Person("Đinh Thị Yến", _STREET, "Phường Hoa Sen"),
    Person("Lò Thị Ún", _VILLAGE, "Xã Mường Sơn"),
    Person("Võ Văn Hậu", _VILLAGE, "Xã Phúc Lộc Thượng"),
    Person("Nghiêm Thị Thảo", _STREET, "Phường Tân Lam"),
    Person("La Văn Bình", _VILLAGE, "Xã Đồng Vàng"),
    Person("Tô Thị Hợi", _VILLAGE, "Xã Cẩm Vân Lam"),
)

# Before a camera; the first has the floor when the demonstration begins.
ON_CAMERA = (
    "Trần Quốc Bảo",
    "Hoàng Thị Lan",
    "Lò Văn Mẩy",
    "Đặng Thị Ngọc Diệp",
    "Bùi Xuân Trường",
    "Lê Thị Hồng Nhung",
    "Vi Thị Mai",
    "Phan Văn Thịnh",
)
# Listed as delegates, and left for whoever opens the demonstration.
FOR_VISITORS = ("Nguyễn Đức Hạnh", "Mai Thị Phương", "Đỗ Thị Kim Oanh")
# Invited, and not come.
ABSENT = ("Thái Bá Dũng", "Tống Thị Lệ", "Lầu A Sử", "Trương Công Lợi", "Nghiêm Thị Thảo", "Tô Thị Hợi")
WAITING_TO_SPEAK = ("Hoàng Thị Lan", "Lò Văn Mẩy", "Phan Văn Thịnh")

MEETING_TITLE = "Hội nghị Ủy ban MTTQ Việt Nam tỉnh Lam Sơn lần thứ 7"
MEETING_PLACE = "Hội trường tầng 2, trụ sở Ủy ban MTTQ Việt Nam tỉnh, kết nối trực tuyến đến các điểm cầu"


@dataclass(frozen=True)
class Item:
    title: str
    presenter: str
    budget_min: int
    below: tuple[Item, ...] = ()


AGENDA = (
    Item("Khai mạc, kiểm tra tư cách đại biểu", "Vũ Minh Khôi", 15),
    Item("Báo cáo kết quả công tác 6 tháng đầu năm", "Trần Quốc Bảo", 30),
    Item(
        "Thảo luận tại các điểm cầu",
        "Phạm Thu Hà",
        60,
        below=(
            Item("Công tác giám sát và phản biện xã hội", "Hoàng Thị Lan", 25),
            Item("Cuộc vận động Vì người nghèo", "Lò Văn Mẩy", 20),
        ),
    ),
    Item("Biểu quyết thông qua Nghị quyết", "Phạm Thu Hà", 15),
    Item("Kết luận, bế mạc", "Phạm Thu Hà", 15),
)

CHAT = (
    ("Vũ Minh Khôi", "Kính mời các đồng chí kiểm tra micro và hình ảnh trước khi phát biểu."),
    ("Đặng Thị Ngọc Diệp", "Điểm cầu xã Diên Hải Vân nghe rõ, hình ảnh tốt."),
    ("Bùi Xuân Trường", "Xã Khe Lăng mưa to, nếu đường truyền yếu chúng tôi xin phép tắt hình."),
    ("Vũ Minh Khôi", "Xin cảm ơn. Đồng chí cứ tắt hình, tiếng vẫn được giữ."),
    ("Vi Thị Mai", "Xã Mường Sơn đề nghị bổ sung số liệu về quỹ Vì người nghèo vào báo cáo."),
)
