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
        "Liên kết này không đúng hoặc đã bị thu hồi. "
        "Hãy mở lại liên kết hoặc quét mã QR trong giấy mời; nếu vẫn không được, hãy liên hệ thư ký hội nghị.",
        "This link is not right or was withdrawn. "
        "Open the link or scan the QR code in your invitation again; if that fails, contact the secretary.",
    ),
    "used_link": (
        "Liên kết này đã được dùng trên một thiết bị khác. "
        "Nếu đó là đồng chí, hãy bấm “Xin vào bằng thiết bị này”; chủ trì hoặc thư ký sẽ xác nhận rồi cho vào.",
        "This link was already used on another device. "
        "If that was you, press “Ask to enter with this device”; the chair or the secretary will let you in.",
    ),
    "closed": (
        "Hội nghị đã kết thúc hoặc bị hủy nên không thể vào được nữa. "
        "Hội nghị đã họp thì tài liệu vẫn đọc được; nếu cần gì khác, hãy liên hệ thư ký hội nghị.",
        "The meeting is over or was called off, so it can no longer be entered. "
        "Papers of one that was held can still be read; for anything else contact the secretary.",
    ),
    "no_meeting": (
        "Không tìm thấy hội nghị này. Hãy kiểm tra lại địa chỉ.",
        "There is no such meeting. Please check the address.",
    ),
    "full": (
        "Phòng họp đã đủ {seats} người kết nối. Hãy báo thư ký; trang sẽ tự vào khi có chỗ.",
        "The meeting is full: {seats} people are connected. Tell the secretary; this page enters as soon as it can.",
    ),
    "no_session": (
        "Thiết bị này chưa vào hội nghị nào, hoặc phiên họp không còn hiệu lực. "
        "Hãy mở lại liên kết trong giấy mời.",
        "This device is not in a meeting, or its session is no longer valid. "
        "Open the link in your invitation again.",
    ),
    "other_session": (
        "Trình duyệt này vừa vào họp bằng một liên kết khác. Hãy mở lại liên kết của hội nghị muốn vào.",
        "This browser has just entered with another link. Open the link of the meeting that you want again.",
    ),
    "name_needed": (
        "Chưa có họ và tên. Hãy ghi để chủ trì và thư ký biết ai xin vào.",
        "The name is missing. Please write it, so that the chair and the secretary know who asks to enter.",
    ),
    "link_waits": (
        "Một thiết bị khác đang chờ vào họp bằng liên kết này. "
        "Nếu đó là thiết bị của đồng chí, hãy chờ tiếp ở đó, hoặc đóng trang ở đó rồi thử lại sau một phút; "
        "nếu không phải, hãy báo ngay thư ký hội nghị.",
        "Another device is waiting to enter with this link. "
        "If it is yours, go on waiting there, or close the page there and try again in a minute; "
        "if it is not, tell the secretary at once.",
    ),
    "lobby_full": (
        "Đang có quá nhiều người chờ vào họp. Hãy thử lại sau ít phút, hoặc liên hệ thư ký hội nghị.",
        "Too many people are waiting to enter. Try again in a few minutes, or contact the secretary.",
    ),
    # Messages
    "too_many": (
        "Có quá nhiều thao tác trong thời gian ngắn. Hãy chờ một phút rồi thử lại.",
        "Too many requests in a short time. Please wait a minute and try again.",
    ),
    "malformed": (
        "Máy chủ không hiểu yêu cầu này. Hãy tải lại trang.",
        "The server does not understand this request. Please reload the page.",
    ),
    "too_large": (
        "Nội dung gửi đi quá lớn. Hãy rút ngắn và gửi lại.",
        "What was sent is too large. Please shorten it and send it again.",
    ),
    "wrong_origin": (
        "Yêu cầu đến từ một địa chỉ khác. Hãy mở trang bằng địa chỉ trong giấy mời.",
        "The request comes from another address. Open the page by the address in your invitation.",
    ),
    "not_admitted": (
        "Đồng chí chưa được vào họp. Hãy chờ chủ trì hoặc thư ký xác nhận.",
        "You have not been admitted yet. Please wait for the chair or the secretary.",
    ),
    "not_found": (
        "Không tìm thấy nội dung được yêu cầu. Hãy tải lại trang để xem nội dung mới nhất.",
        "What was asked for does not exist. Reload the page to see what there is now.",
    ),
    "failed": (
        "Máy chủ gặp lỗi nên thao tác chưa được thực hiện. Hãy thử lại.",
        "The server had a fault, so this was not done. Please try again.",
    ),
    # The meeting's own rules
    "not_allowed": (
        "Đồng chí không có quyền thực hiện thao tác này trong hội nghị. Nếu cần, hãy báo chủ trì hoặc thư ký.",
        "Your role in this meeting does not allow this. If it is needed, tell the chair or the secretary.",
    ),
    "out_of_reach": (
        "Tài khoản của đồng chí không phụ trách đơn vị này hoặc không có quyền làm việc này. "
        "Nếu cần, hãy báo quản trị đơn vị hoặc quản trị hệ thống.",
        "Your account does not look after this unit, or may not do this. "
        "If it is needed, tell the administrator of the unit or of the system.",
    ),
    "wrong_state": (
        "Chưa thể thực hiện thao tác này ở bước hiện tại của hội nghị. Hãy chờ chủ trì chuyển bước.",
        "This cannot be done at the present stage of the meeting. Wait until the chair moves on.",
    ),
    "already_so": (
        "Việc này đã được thực hiện trước đó. Đồng chí không cần làm gì thêm.",
        "This is so already. There is nothing more to do.",
    ),
    "already_invited": (
        "Có người trong danh sách vừa chọn đã được mời, nên chưa ai được mời thêm. Hãy bỏ người đó ra rồi mời lại.",
        "Somebody you chose is invited already, so nobody was added. Take them off your choice and invite again.",
    ),
    "already_waiting": (
        "Đồng chí đã giơ tay và đang chờ đến lượt. Hãy chờ chủ trì mời.",
        "Your hand is raised already. Please wait until the chair gives you the floor.",
    ),
    "not_waiting": (
        "Yêu cầu này không còn trong danh sách chờ. Hãy xem lại danh sách.",
        "This request is no longer waiting. Look at the list again.",
    ),
    "nobody_speaking": (
        "Hiện không có đại biểu nào đang phát biểu. Hãy chọn một đại biểu để mời.",
        "Nobody has the floor at the moment. Choose somebody to give it to.",
    ),
    "outdated": (
        "Người khác vừa sửa nội dung này. Hãy xem bản của họ bên cạnh bản của đồng chí rồi lưu lại; "
        "chữ của đồng chí vẫn còn.",
        "Somebody else has just changed this. Look at their text beside yours, then save again; "
        "yours is still there.",
    ),
    "item_begun": (
        "Mục này, hoặc một mục con của nó, đã được đưa ra họp nên không bỏ khỏi chương trình được. "
        "Hãy kết thúc mục, hoặc sửa nội dung của mục.",
        "This item, or one below it, was opened before, so it stays on the agenda. Close it, or change its text.",
    ),
    "vote_running": (
        "Đang có một cuộc biểu quyết hoặc lấy ý kiến chưa xong. Hãy công bố kết quả hoặc hủy, rồi mới mở cuộc khác.",
        "A vote or an opinion form is still open. Announce its result or cancel it, before you open another.",
    ),
    "result_waits": (
        "Kết quả biểu quyết chưa được công bố. Hãy công bố hoặc hủy kết quả biểu quyết trước.",
        "The result of a vote is not announced yet. Announce it or cancel the vote first.",
    ),
    "vote_over": (
        "Cuộc biểu quyết hoặc lấy ý kiến này đã kết thúc hoặc bị hủy nên không nhận thêm phiếu. "
        "Phiếu đã được ghi nhận trước khi kết thúc vẫn được tính.",
        "This vote or opinion form was closed or cancelled and takes no more ballots. "
        "Ballots that were recorded before it closed are counted.",
    ),
    "vote_open": (
        "Cuộc biểu quyết hoặc lấy ý kiến chưa kết thúc. Hãy kết thúc rồi mới công bố kết quả.",
        "The vote is still open. Close it before you announce the result.",
    ),
    "no_quorum": (
        "Chưa đủ số đại biểu tối thiểu để biểu quyết: phải có mặt quá nửa số đại biểu được triệu tập, "
        "hoặc nhiều hơn nếu quy chế của tổ chức đòi hỏi. Hãy chờ thêm đại biểu vào họp.",
        "Too few are present to vote: it takes more than half of those convened, "
        "or more where the rules of the body ask for it. Wait until more delegates have come.",
    ),
    "weaker_rule": (
        "Quy chế của cơ quan đang họp đòi tỷ lệ tán thành cao hơn tỷ lệ vừa chọn. "
        "Hãy chọn đúng tỷ lệ của cơ quan, hoặc một tỷ lệ cao hơn.",
        "The rules of the body that meets ask for more votes than the majority you chose. "
        "Choose the body's own majority, or a larger one.",
    ),
    "member_then": (
        "Người này còn là thành viên của cơ quan vào ngày đó theo lần tham gia trước. "
        "Hãy chọn ngày tham gia sau ngày thôi tham gia của lần trước.",
        "This person was still a member on that day. Choose a first day after the last day of the membership before.",
    ),
    "too_few_voters": (
        "Bỏ phiếu kín cần ít nhất năm đại biểu có mặt; ít hơn thì kết quả để lộ ai chọn gì. "
        "Hãy chờ thêm đại biểu, hoặc chọn biểu quyết công khai.",
        "A secret vote needs at least five voters who are here; with fewer, the result would tell who chose what. "
        "Wait until more delegates have come, or choose an open vote.",
    ),
    "ballots_unreadable": (
        "Không đọc được các phiếu kín, vì khóa của cuộc bỏ phiếu không còn hoặc có phiếu bị thay đổi. "
        "Hãy hủy cuộc bỏ phiếu này, bỏ phiếu lại, và báo người quản trị hệ thống.",
        "The secret ballots cannot be read: the key of the vote is gone, or a ballot was changed. "
        "Cancel this vote, vote again, and tell the administrator.",
    ),
    "hands_uncounted": (
        "Hai người đếm chưa nhập đủ số đếm. Hãy chờ cả hai nhập xong rồi mới đóng biểu quyết.",
        "The two tellers have not both entered what they counted. Wait for both, then close the vote.",
    ),
    "counts_differ": (
        "Số đếm của hai người đếm khác nhau. Hãy đếm lại cho khớp rồi mới đóng biểu quyết.",
        "The two tellers counted different numbers. Have them count again until they agree, then close the vote.",
    ),
    "not_entitled": (
        "Đồng chí chưa có mặt khi mở biểu quyết nên không bỏ phiếu trong lần này. "
        "Nếu có nhầm lẫn, hãy báo chủ trì hoặc thư ký.",
        "You were not here when this vote was opened, so you cannot vote in it. "
        "If that is a mistake, tell the chair or the secretary.",
    ),
    "not_teller": (
        "Đồng chí không được phân công đếm trong lần biểu quyết này. Nếu có nhầm lẫn, hãy báo chủ trì hoặc thư ký.",
        "You were not asked to count the hands of this vote. If that is a mistake, tell the chair or the secretary.",
    ),
    "already_voted": (
        "Phiếu của đồng chí đã được ghi nhận trước đó. Mỗi đại biểu bỏ một phiếu và không sửa lại.",
        "Your ballot was recorded before. Everybody votes once and does not change it.",
    ),
    "not_ready": (
        "Tài liệu chưa chuyển đổi xong hoặc chưa được duyệt. Hãy chờ chuyển đổi xong, rồi duyệt trước khi trình chiếu.",
        "The paper is not converted or not approved yet. Wait for it, and approve it before you show it.",
    ),
    "recalled": (
        "Tài liệu này đã được thu hồi. Nếu vẫn cần, hãy tải lên thành tài liệu mới.",
        "This paper was recalled. If it is still needed, upload it as a new one.",
    ),
    "no_paper": (
        "Không mở được tài liệu này: tài liệu chưa được duyệt cho đồng chí hoặc đã được thu hồi. "
        "Nếu cần, hãy hỏi thư ký hội nghị.",
        "This paper cannot be opened: it is not approved for you, or it was recalled. "
        "If you need it, ask the secretary.",
    ),
    "file_too_large": (
        "Tệp lớn hơn {most} MB nên không tải lên được. Hãy nén hoặc chia nhỏ tệp.",
        "The file is larger than {most} MB and cannot be uploaded. Compress or split it.",
    ),
    "not_marked": (
        "Tài liệu hạn chế chỉ tải về được khi có tên người đọc trên mỗi trang, mà tệp này quá lớn hoặc quá phức tạp để "
        "ghi tên. Hãy đọc từng trang trên màn hình.",
        "A restricted paper is downloaded only with the name of the reader on each page, and this file is too large or "
        "too complex for that. Read it page by page on the screen.",
    ),
    "file_missing": (
        "Tệp của tài liệu này không còn trên máy chủ. Hãy báo thư ký tải lên lại và báo quản trị hệ thống.",
        "The file of this paper is gone from the server. Ask the secretary to upload it again, and tell the "
        "administrator.",
    ),
    "no_room": (
        "Không còn chỗ cho tệp này trên máy chủ, hoặc có quá nhiều tệp đang tải lên dở. "
        "Hãy chờ các tệp tải xong rồi thử lại, hoặc báo quản trị hệ thống.",
        "The server has no room for this file, or too many uploads are unfinished. "
        "Wait for them and try again, or tell the administrator.",
    ),
    "ink_full": (
        "Đồng chí đã vẽ quá nhiều nét trên trang này hoặc trong cả cuộc họp, nên nét mới không được lưu. "
        "Hãy tẩy bớt nét cũ rồi vẽ tiếp.",
        "You have drawn too many strokes on this page or in the whole meeting, so the new one is not kept. "
        "Erase some old ones and go on.",
    ),
    "wrong_offset": (
        "Tệp đang được tải lên từ chỗ khác. Trang sẽ tự tải tiếp.",
        "The upload stands elsewhere. The page goes on by itself.",
    ),
    "no_letter": (
        "Chưa soạn giấy mời nên chưa thể phát hành. Hãy soạn giấy mời trước.",
        "The invitation has not been written, so it cannot go out. Write it first.",
    ),
    "seat_taken": (
        "Đại biểu này đã điểm danh nên không thể cử người dự thay. Nếu cần, hãy báo thư ký hội nghị.",
        "This delegate has checked in and can no longer be replaced. If it is needed, tell the secretary.",
    ),
    "form_unanswered": (
        "Phiếu lấy ý kiến đang mở và đại biểu này chưa trả lời; người dự thay không trả lời thay thành viên được. "
        "Hãy trả lời phiếu trước, rồi cử người dự thay.",
        "An opinion form is open that this member has not answered, and a substitute cannot answer for a member. "
        "Answer the form first, then name the substitute.",
    ),
    "already_here": (
        "Đại biểu này đã được điểm danh tại hội trường trước đó và chỉ tính một lần. Không cần điểm danh lại.",
        "This delegate was checked in at the hall before, which counts once. There is nothing more to do.",
    ),
    "seat_given": (
        "Đại biểu này đã cử người dự thay. Hãy điểm danh người dự thay, bằng mã QR trên giấy mời của người đó.",
        "Somebody else comes in this delegate's place. Check that person in, by the code on their own invitation.",
    ),
    "seat_given_away": (
        "Đồng chí đã cử người dự thay nên không điểm danh được. Người dự thay điểm danh bằng liên kết của mình.",
        "Somebody else comes in your place, so you cannot check in. Your substitute does, with their own link.",
    ),
    "other_site": (
        "Đại biểu này được xếp ở điểm cầu khác. Nếu đại biểu dự tại đây, hãy báo thư ký hội nghị chuyển điểm cầu.",
        "This delegate belongs to another site. If they attend here, ask the secretary to place them at this one.",
    ),
    "site_known": (
        "Cuộc họp đã có điểm cầu mang tên này. Hãy ghi tên khác.",
        "The meeting has a site of this name already. Please choose another name.",
    ),
    "site_in_use": (
        "Điểm cầu này còn đại biểu có mặt nên chưa bỏ được. Hãy chuyển các đại biểu sang điểm cầu khác trước.",
        "Somebody sits at this site, so it cannot be taken off. Move its people to another site first.",
    ),
    "code_expired": (
        "Mã này đã hết hiệu lực: mã tại hội trường đổi sau mỗi 30 giây. Hãy quét lại mã đang hiện.",
        "This code is no longer good: the one at the hall changes every 30 seconds. Scan the one that is shown now.",
    ),
    "other_meeting": (
        "Mã này của một hội nghị khác. Hãy mở liên kết trong giấy mời của hội nghị này rồi quét lại.",
        "This code belongs to another meeting. Open the link in your invitation to this one, then scan again.",
    ),
    "check_in_closed": (
        "Hội nghị chưa mở điểm danh, hoặc đã kết thúc. Hãy chờ thông báo tại hội trường rồi quét lại mã.",
        "The check-in is not open yet, or the meeting is over. Wait for the announcement, then scan the code again.",
    ),
    "companion": (
        "Thiết bị này đang ở chế độ dự tại hội trường, không nối hình và tiếng. Hãy chuyển chế độ trong phần Cài đặt.",
        "This device follows in the room, without sound and picture. Change that in the settings.",
    ),
    "not_member": (
        "Đây là cuộc họp của một cơ quan: chỉ ủy viên của cơ quan đó có quyền biểu quyết. "
        "Hãy mời người này với tư cách khách mời, hoặc bổ sung vào danh sách ủy viên.",
        "A body meets here, and only its members vote. Invite this person as a guest, or add them to the members.",
    ),
    "key_reused": (
        "Thao tác này trùng mã với một thao tác khác. Hãy tải lại trang rồi thử lại.",
        "This request carries the mark of another one. Reload the page and try again.",
    ),
    "bad_input": (
        "Nội dung nhập chưa hợp lệ. Hãy kiểm tra lại rồi gửi lần nữa.",
        "What was entered cannot be used. Please check it and send it again.",
    ),
    # Surveys
    "survey_unknown": (
        "Không tìm thấy phiếu khảo sát này. Hãy quét lại mã QR hoặc mở lại liên kết đã nhận.",
        "There is no survey with this link. Scan the QR code or open the link you were given again.",
    ),
    "survey_closed": (
        "Khảo sát này chưa mở hoặc đã kết thúc. Nếu còn ý kiến, hãy liên hệ đơn vị tổ chức khảo sát.",
        "This survey is not open yet, or it is over. If there is more to say, contact the unit that holds it.",
    ),
    "survey_opened": (
        "Khảo sát đã mở nên câu hỏi không sửa được nữa. Nếu cần sửa, hãy đóng lại và lập khảo sát mới.",
        "The survey was opened, and its questions no longer change. If they must, close it and write a new one.",
    ),
    "survey_answered": (
        "Liên kết riêng này đã gửi một phiếu trả lời. Đồng chí không cần làm gì thêm.",
        "This personal link has sent its answer already. There is nothing more to do.",
    ),
    "answer_missing": (
        "Còn câu hỏi bắt buộc chưa trả lời. Hãy trả lời các câu được đánh dấu rồi gửi lại.",
        "A question that has to be answered was not. Answer those that are marked and send it again.",
    ),
    # Consultation before signature
    "not_of_unit": (
        "Chỉ người của chính đơn vị được hỏi mới trả lời thay đơn vị. Hãy đăng nhập bằng tài khoản của đơn vị đó.",
        "Only somebody of the unit itself answers for it. Sign in with an account of that unit.",
    ),
    "not_signer": (
        "Việc này dành cho người được giao ký. Hãy báo người ký có tên trong phiếu lấy ý kiến.",
        "This is for the person who was asked to sign. Tell the signer named in the consultation.",
    ),
    "consultation_over": (
        "Việc lấy ý kiến này đã ký hoặc đã rút. Nếu còn ý kiến, hãy báo đơn vị chủ trì.",
        "This consultation was signed or withdrawn. If there is more to say, tell the unit that led it.",
    ),
    "draft_not_ready": (
        "Chưa có dự thảo đọc được, hoặc bản mới đang được chuyển đổi. Hãy tải tệp lên và chờ chuyển đổi xong.",
        "There is no draft that can be read, or a new version is being converted. Upload the file and wait for it.",
    ),
    "deadline_past": (
        "Thời hạn đã qua. Hãy chọn một thời điểm sau lúc này.",
        "The deadline has passed already. Choose a moment after now.",
    ),
    "deadline_earlier": (
        "Các đơn vị đã được báo hạn trả lời nên không rút ngắn được. Hãy chọn một thời điểm sau hạn đó.",
        "The units were told their deadline, and it is not made earlier. Choose a moment after it.",
    ),
    "reason_missing": (
        "Chưa ghi nội dung hoặc lý do. Hãy ghi rõ rồi gửi lại.",
        "It is not said why. Write it down and send it again.",
    ),
    "file_empty": (
        "Tệp không có nội dung. Hãy chọn tệp khác.",
        "The file is empty. Choose another one.",
    ),
    "gate_shut": (
        "Chưa đủ điều kiện ký. Hãy xem mục Điều kiện ký.",
        "It cannot be signed yet. Look at what is still missing.",
    ),
    "units_silent": (
        "Chưa ký được: còn đơn vị chưa trả lời ({units}). "
        "Hãy chờ trả lời; nếu đã quá hạn, hãy ghi lý do ký cho từng đơn vị.",
        "It cannot be signed: units have not answered ({units}). "
        "Wait for them; once it is overdue, write for each why it is signed without its answer.",
    ),
    "opinions_unanswered": (
        "Chưa ký được: chưa giải trình ý kiến của {units}. Hãy để đơn vị chủ trì trả lời từng ý kiến.",
        "It cannot be signed: there is no reply to the opinions of {units}. The leading unit replies to each first.",
    ),
    "opinions_unopened": (
        "Chưa ký được: còn ý kiến chưa mở của {units}. Hãy mở từng ý kiến trước khi ký.",
        "It cannot be signed: opinions of {units} were not opened. Open each of them first.",
    ),
    "opinions_full": (
        "Đơn vị đã trả lời đủ số lần cho phép với phiếu này. Ý kiến cuối cùng được tính; nếu cần sửa, hãy báo đơn vị "
        "chủ trì.",
        "Your unit has answered this consultation as often as it may. Its last opinion counts; to change it, tell the "
        "unit that leads it.",
    ),
    "consultation_changed": (
        "Từ lúc màn hình được tải, phiếu lấy ý kiến đã có thay đổi (dự thảo, ý kiến hoặc giải trình) nên chưa ký. "
        "Hãy xem nội dung mới rồi ký lại.",
        "The consultation (its draft, opinions or replies) changed since the screen was loaded; nothing was signed. "
        "Look at what is new, then sign again.",
    ),
    "not_overdue": (
        "Chưa hết thời hạn trả lời. Hãy chờ đến khi quá hạn mới ký thiếu ý kiến của đơn vị.",
        "The units still have time to answer. Only once it is overdue can it be signed without them.",
    ),
    "sign_in_failed": (
        "Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại.",
        "The user name or the password is wrong. Please enter them again.",
    ),
    "not_signed_in": (
        "Đồng chí chưa đăng nhập, hoặc phiên đăng nhập đã hết hạn. Hãy đăng nhập lại.",
        "You are not signed in, or your session has ended. Please sign in again.",
    ),
    "unit_closed": (
        "Đơn vị này đã ngừng hoạt động. Hãy chọn một đơn vị khác.",
        "This unit is closed. Please choose another one.",
    ),
    "units_below": (
        "Đơn vị này còn đơn vị trực thuộc đang hoạt động. Hãy chuyển hoặc đóng các đơn vị đó trước.",
        "Units below this one are still open. Move or close them first.",
    ),
    "login_taken": (
        "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.",
        "This user name is taken. Please choose another one.",
    ),
    "password_short": (
        "Mật khẩu phải có ít nhất 12 ký tự. Hãy chọn một câu dài mà đồng chí dễ nhớ.",
        "A password has at least 12 characters. Choose a long sentence that you remember easily.",
    ),
    "oidc_failed": (
        "Hệ thống đăng nhập của đơn vị chưa xác nhận được. Hãy thử lại; nếu vẫn không được, hãy dùng mật khẩu.",
        "The organisation's sign-in did not confirm this. Try again; if that fails, use your password.",
    ),
    "oidc_unknown": (
        "Danh tính này chưa gắn với tài khoản nào. Hãy nhờ quản trị đơn vị tạo tài khoản với thư điện tử của đồng chí.",
        "This identity belongs to no account. Ask the administrator of your unit to open one with your e-mail address.",
    ),
    "sheet_unreadable": (
        "Không đọc được tệp này. Hãy dùng tệp Excel .xlsx không đặt mật khẩu; tệp .xls cần lưu lại thành .xlsx.",
        "This file cannot be read. Use an .xlsx file without a password; an .xls file has to be saved as .xlsx.",
    ),
    "sheet_columns": (
        "Tệp thiếu cột: {missing}. Các cột có trong tệp: {seen}. Hãy dùng tệp mẫu.",
        "The file lacks these columns: {missing}. It has: {seen}. Please use the template.",
    ),
    "sheet_too_long": (
        "Tệp quá lớn: mỗi lần nhập được nhiều nhất 5.000 dòng. Hãy chia thành nhiều tệp.",
        "The file is too large: at most 5,000 lines are taken at once. Please divide it.",
    ),
    "refused": (
        "Yêu cầu không được chấp nhận. Hãy tải lại trang rồi thử lại.",
        "The request was refused. Reload the page and try again.",
    ),
    "not_recorded": (
        "Máy chủ chưa ghi nhận được thao tác này. Hãy thử lại.",
        "The server could not record this. Please try again.",
    ),
    # Media
    "media_not_ready": (
        "Máy chủ hình ảnh, âm thanh đang khởi động lại. Kết nối sẽ tự phục hồi.",
        "The media server is restarting. The connection will come back by itself.",
    ),
    "bad_offer": (
        "Máy chủ không dùng được mô tả kết nối của trình duyệt. "
        "Hãy cập nhật trình duyệt hoặc dùng trình duyệt khác.",
        "The browser's connection description cannot be used. Update the browser or use another one.",
    ),
    "room_full": (
        "Phòng họp đã đủ số kết nối hình ảnh, âm thanh. "
        "Trang sẽ tự thử lại; đồng chí vẫn theo dõi được chương trình và trao đổi.",
        "The meeting has all the media connections it can carry. "
        "The page tries again by itself; you can still follow the agenda and chat.",
    ),
    "worker_full": (
        "Máy chủ hình ảnh, âm thanh đã đủ tải. Trang sẽ tự thử lại; nếu kéo dài, hãy báo thư ký hội nghị.",
        "The media server is at its limit. The page tries again by itself; if this lasts, tell the secretary.",
    ),
    "no_such_peer": (
        "Kết nối hình ảnh, âm thanh không còn. Trang sẽ tự kết nối lại.",
        "The media connection is gone. The page will connect again by itself.",
    ),
}  # fmt: skip


# Why a line of a sheet is not taken.
ROSTER_REASONS: dict[str, tuple[str, str]] = {
    "formula": ("Ô chứa công thức; hãy thay bằng giá trị", "A cell holds a formula; put its value there"),
    "name": ("Họ và tên trống, quá dài hoặc có ký tự lạ", "The name is empty, too long, or has odd characters"),
    "title": ("Chức vụ quá dài hoặc có ký tự lạ", "The position is too long or has odd characters"),
    "unit_missing": ("Đơn vị trống hoặc quá dài", "The unit is empty or too long"),
    "unit_unknown": ("Không có đơn vị tên này trong phạm vi quản lý", "There is no unit of this name in your reach"),
    "unit_ambiguous": ("Có nhiều đơn vị cùng tên này", "Several units have this name"),
    "twice": ("Trùng với một dòng phía trên", "The same as a line above"),
    "position": (
        "Chức danh trong cơ quan phải là Người đứng đầu, Cấp phó hoặc Ủy viên",
        "The position in the body must be head, deputy or member",
    ),
    "position_differs": (
        "Người này đang có chức danh khác trong cơ quan; muốn đổi, hãy thôi tư cách ủy viên rồi thêm lại",
        "They are a member in another position; to change it, end that membership and add them anew",
    ),
    "person_ambiguous": (
        "Đơn vị có nhiều người cùng tên; hãy thêm người này từ danh sách",
        "Several people of the unit have this name; add this one from the list",
    ),
    "site": ("Tên điểm cầu quá dài hoặc có ký tự lạ", "The name of the site is too long or has odd characters"),
    "site_unknown": ("Cuộc họp chưa có điểm cầu tên này", "The meeting has no site of this name"),
    "not_member": (
        "Người này không phải ủy viên của cơ quan họp, nên không là đại biểu",
        "They are no member of the body that meets, and so no delegate",
    ),
    "member_then": (
        "Vào ngày đó người này còn là ủy viên của lần trước",
        "An earlier membership of theirs had not ended on that day",
    ),
}


def problem(
    code: str, language: Language, values: Mapping[str, object] | None = None, field: str | None = None
) -> Problem:
    """The problem as a person reads it."""
    return Problem(code=code, message=TEXTS[code][LANGUAGES.index(language)].format_map(values or {}), field=field)


def language_of(cookie: str | None, accept: str | None) -> Language:
    """The language somebody chose, else the first of ours that the browser names, else Vietnamese."""
    if cookie in LANGUAGES:
        return cookie
    for part in (accept or "").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in LANGUAGES:
            return tag
    return "vi"
