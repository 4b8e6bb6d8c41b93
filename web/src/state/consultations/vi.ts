/** The texts of consultations before signature in Vietnamese. */
import type { ConsultationState, OpinionChoice, ReplyOutcome, VersionState } from '../../gen/protocol'
import { inVi } from '../numbers'

export const vi = {
  title: 'Lấy ý kiến',
  none: 'Chưa có phiếu lấy ý kiến nào.',
  create: 'Lấy ý kiến mới',
  state: {
    draft: 'Đang soạn',
    open: 'Đang lấy ý kiến',
    signed: 'Đã ký',
    withdrawn: 'Đã rút',
  } as Record<ConsultationState, string>,
  answered: (answered: number, asked: number) => `${inVi(answered)}/${inVi(asked)} đơn vị đã trả lời`,
  until: (time: string) => `Hạn ${time}`,
  owes: 'Đơn vị cần trả lời',
  toSign: 'Chờ đồng chí ký',
  overdue: 'Đã quá hạn',

  fresh: {
    title: 'Lấy ý kiến trước khi ký',
    lead: 'Lập phiếu trước, tải dự thảo lên sau. Các đơn vị chỉ thấy khi đồng chí bấm gửi.',
    name: 'Tên văn bản',
    note: 'Nội dung xin ý kiến (không bắt buộc)',
    unit: 'Đơn vị chủ trì',
    deadline: 'Hạn trả lời (giờ Việt Nam)',
    signer: 'Người ký',
    noSigner: 'Chọn người ký',
    units: 'Đơn vị được lấy ý kiến',
    search: 'Tìm đơn vị',
    chosen: (count: number) => (count === 0 ? 'Chưa chọn đơn vị nào' : `Đã chọn ${inVi(count)} đơn vị`),
    email: (unit: string) => `Thư điện tử nhận nhắc việc của ${unit} (không bắt buộc)`,
    send: 'Lập phiếu',
    fault: {
      title: 'Hãy ghi tên văn bản.',
      unit: 'Hãy chọn đơn vị chủ trì.',
      deadline: 'Hãy chọn ngày và giờ, sau thời điểm hiện tại.',
      signer: 'Hãy chọn người ký.',
      units: 'Hãy chọn ít nhất một đơn vị.',
      email: 'Địa chỉ thư này chưa đúng.',
    },
  },

  leader: 'Đơn vị chủ trì',
  deadline: 'Hạn trả lời',
  signer: 'Người ký',
  note: 'Nội dung xin ý kiến',

  drafts: {
    title: 'Dự thảo',
    none: 'Chưa có tệp dự thảo. Nhận PDF, ảnh, Word, Excel, PowerPoint.',
    add: 'Tải dự thảo lên',
    addAnother: 'Tải bản mới',
    version: (number: number) => `Bản ${number}`,
    pages: (count: number) => `${inVi(count)} trang`,
    read: 'Đọc dự thảo',
    hide: 'Đóng dự thảo',
    page: (page: number, count: number) => `Trang ${page}/${count}`,
    download: 'Tải PDF',
    state: { converting: 'Đang chuyển đổi', ready: 'Đọc được', failed: 'Không đọc được' } as Record<
      VersionState,
      string
    >,
    problem: {
      unknown_kind: 'Không phải tài liệu hoặc ảnh. Hãy chọn tệp PDF, Word, Excel, PowerPoint hoặc ảnh.',
      encrypted: 'Tệp có mật khẩu. Hãy bỏ mật khẩu rồi tải lại.',
      corrupt: 'Tệp bị hỏng. Hãy mở và lưu lại, rồi tải lên lần nữa.',
      empty: 'Tệp không có nội dung. Hãy chọn tệp khác.',
      too_many_pages: 'Tệp có quá 1.000 trang. Hãy tách thành nhiều phần.',
      too_large_picture: 'Ảnh quá lớn. Hãy giảm kích thước rồi tải lại.',
      no_office: 'Máy chủ chưa có LibreOffice để đọc tệp này. Hãy lưu thành PDF rồi tải lên.',
      unconfined:
        'Máy chủ chưa cô lập được việc mở tệp lạ nên không nhận dự thảo. Đề nghị báo quản trị hệ thống.',
      missing: 'Máy chủ không còn giữ tệp này. Hãy tải lên lại.',
      too_hard: 'Tệp quá phức tạp. Hãy lưu thành PDF đơn giản hơn rồi tải lên.',
    } as Record<string, string>,
    key: 'Mã SHA-256 của tệp',
  },

  ask: 'Gửi các đơn vị',
  askLead: (count: number) => `${inVi(count)} đơn vị sẽ thấy dự thảo và trả lời trước khi hết hạn.`,
  move: 'Đổi hạn trả lời',
  withdraw: 'Rút phiếu',
  withdrawLead: 'Phiếu đã rút không ký được nữa. Ý kiến đã có vẫn được giữ.',
  reason: 'Lý do',
  reasonMissing: 'Hãy ghi lý do.',
  again: 'Tải lại',

  matrix: {
    title: 'Bảng ý kiến',
    own: 'Ý kiến của đơn vị',
    unit: 'Đơn vị',
    opinion: 'Ý kiến',
    reply: 'Tiếp thu, giải trình',
    opened: 'Người ký đã mở',
    silent: 'Chưa trả lời',
    overdue: 'Quá hạn, chưa trả lời',
    waived: (reason: string) => `Ký khi đơn vị chưa trả lời. Lý do: ${reason}`,
    about: (number: number) => `về bản ${number}`,
    late: 'sau thời hạn',
    replaced: 'đã thay bằng ý kiến sau',
    open: 'Mở ý kiến',
    openOf: (unit: string) => `Mở ý kiến của ${unit}`,
    unopened: 'Chưa mở',
    noReply: 'Chưa giải trình',
    needless: 'Không cần giải trình',
    write: 'Giải trình',
    writeTo: (unit: string) => `Giải trình ý kiến của ${unit}`,
    change: 'Sửa giải trình',
    changeTo: (unit: string) => `Sửa giải trình ý kiến của ${unit}`,
    signature: 'Mã ký nhận',
  },

  choice: { agree: 'Đồng ý', disagree: 'Không đồng ý', other: 'Phương án khác' } as Record<
    OpinionChoice,
    string
  >,
  outcome: { accepted: 'Tiếp thu', partly: 'Tiếp thu một phần', rejected: 'Không tiếp thu' } as Record<
    ReplyOutcome,
    string
  >,

  opinion: {
    title: 'Trả lời của đơn vị',
    again: 'Trả lời lại',
    againLead: 'Trả lời sau thay trả lời trước; cả hai đều được lưu.',
    choice: 'Ý kiến',
    text: 'Nội dung ý kiến',
    textOptional: 'Góp ý thêm (không bắt buộc)',
    signed: (name: string) =>
      `Bấm gửi là ký nhận bằng tài khoản của ${name}, kèm thời điểm và mã của nội dung.`,
    send: 'Ký nhận và gửi',
    given: 'Đã ghi nhận ý kiến của đơn vị.',
    fault: { choice: 'Hãy chọn một phương án.', text: 'Hãy ghi nội dung ý kiến.' },
  },

  reply: {
    outcome: 'Kết quả',
    text: 'Nội dung giải trình',
    send: 'Lưu giải trình',
    fault: { outcome: 'Hãy chọn kết quả.', text: 'Hãy ghi vì sao không tiếp thu hết.' },
  },

  gate: {
    title: 'Điều kiện ký',
    open: 'Đã đủ điều kiện ký.',
    silent: 'Chưa trả lời',
    unanswered: 'Chưa giải trình',
    unopened: 'Người ký chưa mở',
    done: 'Xong',
    wait: 'Khi quá hạn, người ký có thể ghi lý do để ký mà không chờ đơn vị chưa trả lời.',
    waive: (unit: string) => `Vì sao ký khi ${unit} chưa trả lời`,
    waiveMissing: 'Hãy ghi lý do cho đơn vị này.',
    byWhom: (name: string) => `Người ký: ${name}`,
    sign: 'Ký',
    signing: 'Đang lập bản ký…',
    loaded: 'Nội dung mới đã được tải lên màn hình này.',
    sure: 'Ký văn bản này?',
    sureLead:
      'Dự thảo và bảng ý kiến được đóng thành một tệp PDF, không sửa được nữa. Việc ký được ghi vào nhật ký.',
  },
  signed: {
    title: (name: string, time: string) => `${name} đã ký lúc ${time}`,
    download: 'Tải bản đã ký (PDF)',
    key: 'Mã SHA-256 của bản đã ký',
    head: 'Mã đầu chuỗi nhật ký',
  },
}

export type ConsultationText = typeof vi
