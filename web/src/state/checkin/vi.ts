/** The texts of checking in, in Vietnamese. */
import type { CheckInMethod } from '../../gen/protocol'
import { inVi } from '../numbers'

export const vi = {
  title: 'Điểm danh',
  open: 'Điểm danh tại hội trường',
  loading: 'Đang tải bảng điểm danh…',
  summary: (present: number, convened: number, needed: number) =>
    `Có mặt ${inVi(present)}/${inVi(convened)} đại biểu được triệu tập; cần ít nhất ${inVi(needed)}.`,
  code: 'Mã điểm danh',
  codeLead: 'Đại biểu dùng máy ảnh của điện thoại quét mã này. Mã đổi sau mỗi 30 giây.',
  codeFor: (site: string) => `Mã điểm danh · ${site}`,
  codeLate: 'Chưa lấy được mã mới. Trang đang thử lại.',
  codeAlt: 'Mã QR để điểm danh',
  where: 'Điểm cầu',
  mainHall: 'Hội trường chính',
  everywhere: 'Tất cả',
  scan: 'Quét mã trên giấy mời',
  scanHint: 'Dùng máy quét, hoặc dán liên kết trong giấy mời của đại biểu.',
  scanDo: 'Điểm danh',
  scanned: (name: string) => `Đã điểm danh ${name}.`,
  search: 'Tìm theo tên hoặc đơn vị',
  none: 'Không có đại biểu phù hợp.',
  here: 'Có mặt',
  come: 'Điểm danh',
  comeHere: 'Ghi tại hội trường',
  comeHereLong: (name: string) => `Ghi tại hội trường: ${name}`,
  comeLong: (name: string) => `Điểm danh ${name} có mặt tại hội trường`,
  left: 'Ghi đã về',
  leftLong: (name: string) => `Ghi đã về: ${name}`,
  way: {
    remote: 'Trực tuyến',
    qr: 'Trực tiếp, quét mã QR',
    on_behalf: 'Trực tiếp, ghi nhận tại bàn điểm danh',
  } as Record<CheckInMethod, string>,
  gone: 'Đã về',
  excused: 'Vắng có lý do',
  unexcused: 'Chưa đồng ý cho vắng',
  asked: 'Xin vắng, chờ ý kiến',
  absent: 'Chưa có mặt',
  since: (time: string) => `từ ${time}`,
  counts: 'Số lượng',
  bySite: 'Theo điểm cầu',
  byUnit: 'Theo đơn vị',
  nowhere: 'Chưa xếp điểm cầu',
  noUnit: 'Không ghi đơn vị',
  column: {
    name: 'Nơi',
    all: 'Tổng',
    in_person: 'Trực tiếp',
    remote: 'Trực tuyến',
    excused: 'Vắng có lý do',
  },
  excel: 'Tải bảng điểm danh (Excel)',
  // The page that a scanned code opens
  checking: 'Đang ghi nhận điểm danh…',
  done: 'Đã điểm danh',
  doneLead: (name: string, time: string) => `Đồng\u00a0chí ${name} có mặt từ ${time}.`,
  again: 'Đồng chí đã điểm danh trước đó',
  againLead: (name: string, time: string) =>
    `Đồng\u00a0chí ${name} đã có mặt từ ${time}. Chỉ tính một lần, không cần làm gì thêm.`,
  at: (site: string) => `Tại ${site}`,
  follow: 'Theo dõi họp trên điện thoại này',
  followLead:
    'Xem tài liệu, biểu quyết, đăng ký phát biểu. Không bật tiếng và hình để không vang trong hội trường.',
  failed: 'Chưa điểm danh được',
  retry: 'Thử lại',
}

export type CheckInText = typeof vi
