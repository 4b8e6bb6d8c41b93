/** Texts of making meetings from an earlier one, in Vietnamese. */
import type { Rhythm } from './series'

export const vi = {
  open: 'Tạo cuộc họp tương tự',
  title: 'Tạo từ cuộc họp trước',
  lead: 'Lấy theo cuộc họp này: loại, đơn vị, chương trình và thời lượng, thành phần, vai trò, điểm cầu, cách nhắc. Không lấy theo: tài liệu, câu trả lời, liên kết, biểu quyết, kết luận.',
  name: 'Tên cuộc họp',
  time: 'Thời gian bắt đầu lần đầu (giờ Việt Nam)',
  place: 'Địa điểm (có thể để trống)',
  rhythmLabel: 'Lặp lại',
  rhythm: {
    once: 'Một lần',
    weekly: 'Hằng tuần',
    monthly_day: 'Hằng tháng, cùng ngày',
    monthly_weekday: 'Hằng tháng, cùng thứ trong tuần',
  } as Record<Rhythm, string>,
  count: 'Số cuộc họp (nhiều nhất 24)',
  days: 'Các ngày họp',
  daysLead: 'Bỏ chọn ngày không họp, ví dụ ngày nghỉ lễ. Mỗi ngày là một cuộc họp riêng, chưa gửi giấy mời.',
  dated: (title: string, day: string) => `${title}, ngày ${day}`,
  fault: {
    name: 'Hãy ghi tên cuộc họp.',
    time: 'Hãy chọn ngày và giờ bắt đầu.',
    past: 'Thời gian này đã qua. Hãy chọn ngày giờ sau lúc này.',
    count: 'Hãy ghi số cuộc họp từ 1 đến 24.',
    none: 'Hãy chọn ít nhất một ngày họp.',
  },
  send: (meetings: number) => (meetings === 1 ? 'Tạo cuộc họp' : `Tạo ${meetings} cuộc họp`),
  made: (made: number, all: number) => `Đã tạo ${made}/${all} cuộc họp`,
  stopped: 'Hãy bấm lại để tạo tiếp; cuộc họp đã tạo không bị tạo lần nữa.',
}

export type RepeatingText = typeof vi
