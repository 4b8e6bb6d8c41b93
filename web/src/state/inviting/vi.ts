/** Texts for those who invite: the letter, whom it reaches, what they answer; in Vietnamese. */
import type { Answer, Guest, LetterWords, SentMails } from '../../gen/protocol'

export const vi = {
  title: 'Giấy mời và phản hồi',
  loading: 'Đang tải danh sách…',
  letter: 'Giấy mời (mẫu 1.7)',
  words: {
    number: 'Số, ký hiệu',
    above: 'Cơ quan cấp trên',
    body: 'Cơ quan mời',
    town: 'Địa danh',
    dated: 'Ngày ký',
    note: 'Lưu ý',
    powers: 'Quyền hạn ký',
    signer_title: 'Chức vụ người ký',
    signer: 'Họ và tên người ký',
  } as Record<keyof LetterWords, string>,
  numberHint: 'Ví dụ: 05/GM-MTTQ-BTT. Để trống nếu ghi số bằng tay.',
  missing: (field: string) => `Hãy ghi ${field.toLocaleLowerCase('vi')}.`,
  save: 'Lưu giấy mời',
  saved: 'Đã lưu giấy mời.',
  goOut: 'Phát hành giấy mời',
  goOutLead: (mails: number) =>
    mails === 0
      ? 'Chưa có địa chỉ thư điện tử nào: hãy in giấy mời hoặc gửi tệp PDF cho từng đại biểu.'
      : `${mails} giấy mời được gửi bằng thư điện tử. Sau khi phát hành, nội dung giấy mời không sửa được.`,
  waitsForApproval: 'Giấy mời phát hành được khi hội nghị đã được duyệt.',
  noServer: 'Máy chủ chưa cấu hình gửi thư điện tử: thư sẽ chờ đến khi được cấu hình.',
  remind: 'Nhắc người chưa trả lời',
  reminded: 'Đã đưa thư nhắc vào hàng chờ gửi.',
  guests: (count: number) => `Khách mời · ${count}`,
  answer: {
    pending: 'Chưa trả lời',
    accepted: 'Tham dự',
    declined: 'Xin vắng',
    substituted: 'Cử người dự thay',
  } as Record<Answer, string>,
  mail: {
    waiting: 'Thư đang chờ gửi',
    sent: 'Đã gửi thư',
    refused: 'Thư không gửi được',
  } as Record<NonNullable<Guest['mail']>, string>,
  email: (name: string) => `Thư điện tử của ${name}`,
  emailShort: 'Thư điện tử',
  paper: 'Giấy mời PDF',
  paperLong: (name: string) => `Giấy mời PDF của ${name}`,
  comes: 'Ghi: tham dự',
  comesLong: (name: string) => `Ghi: tham dự (${name})`,
  absent: 'Ghi: vắng',
  absentLong: (name: string) => `Ghi: vắng (${name})`,
  onBehalf: 'Theo báo của đại biểu',
  reminders: {
    title: 'Nhắc tự động bằng thư điện tử',
    answer: 'Nhắc người chưa trả lời giấy mời',
    day: 'Nhắc họp trong vòng 24 giờ trước giờ bắt đầu',
    hour: 'Nhắc họp trong vòng một giờ trước giờ bắt đầu',
    task: 'Nhắc nhiệm vụ sắp đến hạn',
    never: 'Không nhắc',
    before: (days: number) => `Trước ${days} ngày`,
    lead: 'Mỗi người nhận mỗi loại một lần; người báo vắng không nhận nhắc họp.',
    save: 'Lưu cách nhắc',
    saved: 'Đã lưu cách nhắc.',
    sent: 'Thư đã gửi',
    none: 'Chưa gửi thư nào.',
    kind: {
      invitation: 'Giấy mời',
      reminder: 'Nhắc trả lời',
      tomorrow: 'Nhắc họp, trước một ngày',
      soon: 'Nhắc họp, trước một giờ',
      task: 'Nhắc nhiệm vụ',
      moved: 'Báo thời gian mới',
    } as Record<SentMails['kind'], string>,
    result: (mails: number, sent: number, refused: number) =>
      `${sent}/${mails} đã gửi${refused ? `, ${refused} không gửi được` : ''}`,
  },
}

export type InvitingText = typeof vi
