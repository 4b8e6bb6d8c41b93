/** Texts of the invitation that a personal link shows, in Vietnamese. */
import type { Answer } from '../../gen/protocol'

export const vi = {
  greeting: (name: string) => `Trân trọng kính mời đồng\u00a0chí ${name}`,
  when: 'Thời gian',
  where: 'Địa điểm',
  online: 'Họp trực tuyến',
  agenda: 'Chương trình',
  notYet: 'Hội nghị đang được chuẩn bị. Giấy mời chưa phát hành.',
  postponed: 'Hội nghị được hoãn. Thư ký sẽ báo thời gian mới.',
  answer: {
    pending: 'Đồng chí chưa trả lời giấy mời.',
    accepted: 'Đồng chí đã xác nhận tham dự.',
    declined: 'Đồng chí đã xin vắng.',
    substituted: 'Đồng chí đã cử người dự thay.',
  } as Record<Answer, string>,
  yourAnswer: 'Trả lời giấy mời',
  because: (reason: string) => `Lý do: ${reason}`,
  accept: 'Xác nhận tham dự',
  decline: 'Xin vắng',
  substitute: 'Cử người dự thay',
  reason: 'Lý do vắng mặt',
  reasonMissing: 'Hãy ghi lý do vắng mặt.',
  reasonSeen: 'Chỉ chủ trì và thư ký xem được lý do.',
  send: 'Gửi',
  sending: 'Đang gửi…',
  substituteLead:
    'Người dự thay nhận chỗ của đồng chí và có liên kết riêng; liên kết này không vào họp được nữa.',
  name: 'Họ và tên người dự thay',
  nameMissing: 'Hãy ghi họ và tên người dự thay.',
  position: 'Chức vụ',
  email: 'Thư điện tử',
  emailHint: 'Có địa chỉ thì giấy mời được gửi đến đó.',
  named: (name: string) => `${name} dự thay đồng chí.`,
  mailed: 'Giấy mời được gửi đến địa chỉ đã ghi. Đồng chí cũng có thể chuyển liên kết này:',
  handOn: 'Hãy chuyển liên kết này cho người dự thay. Liên kết chỉ dùng trên một thiết bị.',
  copy: 'Chép liên kết',
  copied: 'Đã chép liên kết.',
  letter: 'Tải giấy mời (PDF)',
  diary: 'Thêm vào lịch',
  enter: 'Vào hội trường',
  enterEarly: 'Xem hội trường và thử thiết bị',
  wasHere: 'Đồng chí đã điểm danh.',
}

export type InvitedText = typeof vi
