/** The texts of being in the hall oneself, in Vietnamese. */
import { inVi } from './numbers'
export const here = {
  where: 'Cách tham dự',
  wheres: { online: 'Trực tuyến', hall: 'Tôi đang ngồi tại hội trường' },
  hallLead:
    'Điện thoại dùng để xem tài liệu, biểu quyết, đăng ký phát biểu và trao đổi. Không bật micrô, máy ảnh, tiếng và hình, để không vang trong hội trường.',
  hallEnter: 'Vào theo dõi tại hội trường',
  banner: 'Đang dự tại hội trường: thiết bị này không bật tiếng và hình.',
  switchOn: 'Bật tiếng và hình',
  /** Of the site whose microphone is used; empty when it has no name. */
  floorLead: (site: string) =>
    site
      ? `Mời đồng chí phát biểu bằng micrô của ${site}.`
      : 'Mời đồng chí phát biểu bằng micrô của hội trường.',
  understood: 'Đã rõ',
  through: (site: string) => `micrô của ${site}`,
  everywhere: (here: number, all: number) => `Tất cả · ${inVi(here)}/${inVi(all)}`,
  atSite: (site: string, here: number, all: number) => `${site} · ${inVi(here)}/${inVi(all)}`,
  site: 'Điểm cầu',
  checkIn: 'Điểm danh tại hội trường',
  wall: {
    title: 'Mời quý đại biểu điểm danh',
    titleAt: (site: string) => `Mời quý đại biểu điểm danh · ${site}`,
    code: 'Mã QR để điểm danh',
    steps: [
      'Mở liên kết trong giấy mời trên điện thoại',
      'Dùng máy ảnh của điện thoại quét mã này',
      'Chờ dòng chữ “Đã điểm danh”',
    ],
  },
}

export type HereText = typeof here
