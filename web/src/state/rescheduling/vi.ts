/** Texts of giving a meeting another time, in Vietnamese. */

export const vi = {
  title: 'Đổi thời gian họp',
  open: 'Đổi thời gian',
  postponed:
    'Cuộc họp đã hoãn. Hãy chọn thời gian mới; nếu giấy mời đã phát hành thì người được mời sẽ được báo.',
  time: 'Thời gian bắt đầu (giờ Việt Nam)',
  place: 'Địa điểm (có thể để trống)',
  told: 'Giấy mời đã phát hành: người được mời có địa chỉ thư điện tử nhận thư báo thời gian mới kèm lịch họp; mọi người được hỏi lại việc tham dự. Câu trả lời trước đây không còn được tính.',
  untold: 'Giấy mời chưa phát hành: chỉ thời gian trong hồ sơ cuộc họp thay đổi, không ai nhận thư.',
  agenda: 'Giờ dự kiến trong chương trình được dời theo.',
  fault: {
    none: 'Hãy chọn ngày và giờ bắt đầu.',
    past: 'Thời gian này đã qua. Hãy chọn ngày giờ sau lúc này.',
    same: 'Thời gian và địa điểm chưa thay đổi.',
  },
  send: 'Lưu thời gian mới',
  sendAndTell: 'Lưu và báo người được mời',
  sending: 'Đang lưu…',
  done: 'Đã đổi thời gian họp.',
}

export type ReschedulingText = typeof vi
