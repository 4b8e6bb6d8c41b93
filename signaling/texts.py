"""The sentence for each problem code, in Vietnamese and in English: what happened, then what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from signaling.messages import Problem

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

TEXTS: dict[str, tuple[str, str]] = {
    # Coming in
    "bad_link": (
        "Đường dẫn này không đúng hoặc đã bị thu hồi. "
        "Đề nghị mở lại đường dẫn trong giấy mời, hoặc liên hệ thư ký cuộc họp.",
        "This link is not valid or was withdrawn. Open the link in your invitation again, or ask the secretary.",
    ),
    "used_link": (
        "Đường dẫn này đã được dùng trên một thiết bị khác. Nếu đúng là đồng chí, bấm “Xin vào” để thư ký xác nhận.",
        "This link was already used on another device. "
        "If it is yours, press “Ask to enter” and the secretary will confirm.",
    ),
    "closed": (
        "Cuộc họp đã kết thúc nên không thể vào được nữa.",
        "The meeting has ended, so it can no longer be entered.",
    ),
    "no_meeting": (
        "Không tìm thấy cuộc họp này. Đề nghị kiểm tra lại địa chỉ.",
        "There is no such meeting. Please check the address.",
    ),
    "full": (
        "Phòng họp đã đủ {seats} người kết nối. Đề nghị báo thư ký và thử lại sau ít phút.",
        "The meeting is full: {seats} people are connected. Tell the secretary and try again in a few minutes.",
    ),
    "no_session": (
        "Phiên làm việc không còn hiệu lực. Đề nghị mở lại đường dẫn trong giấy mời.",
        "Your session is no longer valid. Open the link in your invitation again.",
    ),
    "name_needed": (
        "Đề nghị ghi họ và tên để thư ký biết ai xin vào.",
        "Please write your name, so that the secretary knows who asks to enter.",
    ),
    "already_waiting": (
        "Yêu cầu vào họp của đồng chí đã được gửi, đề nghị chờ thư ký xác nhận.",
        "You have already asked to enter; please wait for the secretary.",
    ),
    "lobby_full": (
        "Đang có quá nhiều người chờ vào họp. Đề nghị thử lại sau ít phút.",
        "Too many people are waiting to enter. Please try again in a few minutes.",
    ),
    # Messages
    "too_many": (
        "Thao tác quá nhanh. Đề nghị chờ vài giây rồi thử lại.",
        "Too many requests. Please wait a few seconds and try again.",
    ),
    "malformed": (
        "Máy chủ không hiểu yêu cầu này. Đề nghị tải lại trang.",
        "The server does not understand this request. Please reload the page.",
    ),
    "too_large": (
        "Nội dung gửi đi quá lớn. Đề nghị rút ngắn và gửi lại.",
        "What was sent is too large. Please shorten it and send it again.",
    ),
    "wrong_origin": (
        "Yêu cầu đến từ một địa chỉ khác. Đề nghị mở trang bằng địa chỉ trong giấy mời.",
        "The request comes from another address. Open the page by the address in your invitation.",
    ),
    "not_admitted": (
        "Đồng chí chưa được vào họp. Đề nghị chờ thư ký xác nhận.",
        "You have not been admitted yet. Please wait for the secretary.",
    ),
    "not_found": (
        "Không tìm thấy nội dung được yêu cầu.",
        "What was asked for does not exist.",
    ),
    "failed": (
        "Máy chủ gặp lỗi nên thao tác chưa được thực hiện. Đề nghị thử lại.",
        "The server had a fault, so this was not done. Please try again.",
    ),
    # The meeting's own rules
    "not_allowed": (
        "Đồng chí không có quyền thực hiện thao tác này trong cuộc họp.",
        "Your role in this meeting does not allow this.",
    ),
    "wrong_state": (
        "Chưa thể thực hiện thao tác này ở bước hiện tại của cuộc họp.",
        "This cannot be done at the present stage of the meeting.",
    ),
    "already_so": (
        "Việc này đã được thực hiện trước đó.",
        "This is so already.",
    ),
    "not_waiting": (
        "Yêu cầu này không còn trong danh sách chờ.",
        "This request is no longer waiting.",
    ),
    "nobody_speaking": (
        "Hiện không có đại biểu nào đang phát biểu.",
        "Nobody has the floor at the moment.",
    ),
    "key_reused": (
        "Thao tác này trùng mã với một thao tác khác. Đề nghị tải lại trang rồi thử lại.",
        "This request carries the mark of another one. Reload the page and try again.",
    ),
    "bad_input": (
        "Nội dung nhập chưa hợp lệ ({field}). Đề nghị kiểm tra lại.",
        "What was entered cannot be used ({field}). Please check it.",
    ),
    "sign_in_failed": (
        "Tên đăng nhập hoặc mật khẩu không đúng.",
        "The user name or the password is wrong.",
    ),
    "refused": (
        "Yêu cầu không được chấp nhận.",
        "The request was refused.",
    ),
    "not_recorded": (
        "Máy chủ chưa ghi nhận được thao tác này. Đề nghị thử lại.",
        "The server could not record this. Please try again.",
    ),
    # Media
    "media_not_ready": (
        "Máy chủ hình ảnh, âm thanh đang khởi động lại. Kết nối sẽ tự phục hồi.",
        "The media server is restarting. The connection will come back by itself.",
    ),
    "bad_offer": (
        "Trình duyệt gửi mô tả kết nối không dùng được. Đề nghị cập nhật trình duyệt hoặc tải lại trang.",
        "The browser's connection description cannot be used. Update the browser or reload the page.",
    ),
    "room_full": (
        "Phòng họp đã đủ số kết nối hình ảnh, âm thanh. Đồng chí vẫn theo dõi được chương trình và trao đổi.",
        "The meeting has all the media connections it can carry. You can still follow the agenda and chat.",
    ),
    "worker_full": (
        "Máy chủ hình ảnh, âm thanh đã đủ tải. Đề nghị thử lại sau ít phút.",
        "The media server is at its limit. Please try again in a few minutes.",
    ),
    "no_such_peer": (
        "Kết nối hình ảnh, âm thanh không còn. Trang sẽ tự kết nối lại.",
        "The media connection is gone. The page will connect again by itself.",
    ),
}  # fmt: skip


def problem(code: str, language: Language, values: Mapping[str, object] | None = None) -> Problem:
    """The problem as a person reads it."""
    return Problem(code=code, message=TEXTS[code][LANGUAGES.index(language)].format_map(values or {}))


def language_of(cookie: str | None, accept: str | None) -> Language:
    """The language somebody chose, else the first of ours that the browser names, else Vietnamese."""
    if cookie in LANGUAGES:
        return cookie
    for part in (accept or "").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return "vi"
