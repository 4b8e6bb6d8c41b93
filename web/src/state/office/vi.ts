/** The texts of the office in Vietnamese. */
import type { LinkState, MeetingKind, OfficerRole, RosterReason, UnitLevel } from '../../gen/protocol'
import { inVi } from '../numbers'
import { bodies } from './bodies/vi'

export const vi = {
  bodies,
  name: 'Văn phòng',
  loading: 'Đang tải…',
  save: 'Lưu',
  saving: 'Đang lưu…',
  cancel: 'Hủy',
  back: 'Trở lại',
  more: 'Xem thêm',
  add: 'Thêm',
  noUnit: 'Chọn đơn vị',
  saved: 'Đã lưu.',
  theirs: 'Bản người khác vừa lưu:',

  officerRole: {
    system_admin: 'Quản trị hệ thống',
    unit_admin: 'Quản trị đơn vị',
    clerk: 'Văn thư',
  } as Record<OfficerRole, string>,

  kind: {
    conference: 'Hội nghị',
    standing_committee: 'Họp Ban Thường trực',
    supervision: 'Giám sát',
    critique: 'Phản biện xã hội',
    consultation: 'Hiệp thương',
  } as Record<MeetingKind, string>,

  nav: {
    label: 'Văn phòng',
    meetings: 'Cuộc họp',
    consultations: 'Lấy ý kiến',
    surveys: 'Khảo sát',
    people: 'Nhân sự',
    bodies: 'Cơ quan',
    units: 'Đơn vị',
    own: 'Tài khoản',
    more: 'Mục khác',
    signOut: 'Đăng xuất',
  },

  signIn: {
    title: 'Đăng nhập văn phòng',
    lead: 'Dành cho cán bộ chuẩn bị cuộc họp. Đại biểu vào họp bằng liên kết trong giấy mời, không cần tài khoản.',
    login: 'Tên đăng nhập',
    password: 'Mật khẩu',
    send: 'Đăng nhập',
    sending: 'Đang đăng nhập…',
    missing: 'Hãy nhập tên đăng nhập và mật khẩu.',
    with: (name: string) => `Đăng nhập bằng ${name}`,
    failed: {
      oidc_failed:
        'Hệ thống đăng nhập của đơn vị chưa xác nhận được. Hãy thử lại; nếu vẫn không được, hãy dùng mật khẩu.',
      oidc_unknown:
        'Danh tính này chưa gắn với tài khoản nào. Hãy nhờ quản trị đơn vị tạo tài khoản với thư điện tử của đồng chí.',
    } as Record<string, string>,
    forgotten: 'Quên mật khẩu? Hãy liên hệ quản trị đơn vị.',
  },

  meetings: {
    title: 'Cuộc họp',
    none: 'Chưa có cuộc họp nào. Hãy tạo cuộc họp đầu tiên.',
    create: 'Tạo cuộc họp',
    count: (people: number) => (people === 0 ? 'Chưa mời đại biểu' : `${inVi(people)} người được mời`),
  },

  newMeeting: {
    title: 'Tạo cuộc họp',
    lead: 'Cuộc họp được tạo ở trạng thái chưa mở. Sau đó mời chủ trì, thư ký và đại biểu.',
    name: 'Tên cuộc họp',
    unit: 'Đơn vị tổ chức',
    kind: 'Loại cuộc họp',
    place: 'Địa điểm (có thể để trống)',
    time: 'Thời gian bắt đầu (giờ Việt Nam)',
    fault: {
      title: 'Hãy ghi tên cuộc họp.',
      unit: 'Hãy chọn đơn vị tổ chức.',
      time: 'Hãy chọn ngày và giờ bắt đầu.',
    },
  },

  meeting: {
    starts: 'Bắt đầu',
    place: 'Địa điểm',
    unit: 'Đơn vị tổ chức',
    openAddress: 'Địa chỉ chung cho khách',
    invited: 'Thành phần tham dự',
    count: (people: number) => `${inVi(people)} người`,
    none: 'Chưa mời ai. Hãy mời chủ trì trước: chủ trì mở điểm danh và điều hành cuộc họp.',
    noChair: 'Chưa có chủ trì. Không có chủ trì thì không ai mở được cuộc họp.',
    invite: 'Mời từ danh sách nhân sự',
    issue: 'Phát hành liên kết',
    issueOne: (name: string) => `Phát hành lại liên kết cho ${name}`,
    issueOneShort: 'Cấp lại liên kết',
    issueAgain: 'Phát hành lại?',
    issueAgainLead: (name: string) =>
      `Liên kết hiện có của ${name} sẽ không dùng được nữa. Hãy gửi liên kết mới thay cho liên kết cũ.`,
    signOut: (name: string) => `Đăng xuất thiết bị của ${name}`,
    signOutShort: 'Đăng xuất thiết bị',
    signOutTitle: 'Đăng xuất thiết bị?',
    signOutLead: (name: string) =>
      `Thiết bị của ${name} rời cuộc họp ngay. Muốn vào lại cần liên kết mới hoặc được chủ trì cho vào.`,
    uninvite: (name: string) => `Rút ${name} khỏi danh sách mời`,
    uninviteShort: 'Rút khỏi danh sách',
    uninviteTitle: 'Rút khỏi danh sách mời?',
    uninviteLead: (name: string) => `${name} sẽ không vào họp được bằng liên kết đã nhận.`,
    link: { none: 'Chưa có liên kết', issued: 'Đã cấp liên kết', used: 'Đã vào họp' } as Record<
      LinkState,
      string
    >,
    allHaveLinks: 'Mọi người đều đã có liên kết',
  },

  sites: {
    title: 'Điểm cầu',
    lead: 'Mỗi điểm cầu có một kết nối (màn hình, máy ảnh, micrô) mang tên điểm cầu; đại biểu điểm danh tại chỗ. Kết nối của điểm cầu nằm trong thành phần tham dự: hãy phát hành liên kết cho từng điểm cầu.',
    add: 'Thêm điểm cầu',
    name: 'Tên điểm cầu',
    nameMissing: 'Hãy ghi tên điểm cầu.',
    unit: 'Đơn vị (có thể để trống)',
    capacity: 'Số chỗ ngồi (có thể để trống)',
    seats: (seats: number) => `${inVi(seats)} chỗ`,
    placed: (people: number) => `${inVi(people)} đại biểu`,
    chosenOf: (people: number, seats: number) => `${inVi(people)} đại biểu, phòng có ${inVi(seats)} chỗ`,
    byUnit: (people: number) => `Xếp theo đơn vị · ${inVi(people)}`,
    fill: 'Xếp đại biểu',
    fillLong: (site: string) => `Xếp đại biểu · ${site}`,
    changeLong: (site: string) => `Sửa ${site}`,
    remove: 'Bỏ điểm cầu',
    removeLong: (site: string) => `Bỏ ${site}`,
    removeLead: 'Kết nối của điểm cầu rời cuộc họp; đại biểu đã xếp tại đây trở về chưa xếp điểm cầu.',
    search: 'Tìm theo họ tên, chức vụ, đơn vị',
    save: 'Lưu',
  },

  pick: {
    title: 'Mời từ danh sách nhân sự',
    role: 'Vai trò trong cuộc họp',
    search: 'Tìm theo họ tên, chức vụ',
    none: 'Không tìm thấy ai phù hợp.',
    already: 'đã mời',
    chosen: (people: number) => (people === 0 ? 'Chưa chọn ai' : `Đã chọn ${inVi(people)} người`),
    tooMany: 'Còn nhiều người nữa. Hãy gõ thêm để thu hẹp.',
    send: 'Mời',
  },

  links: {
    title: 'Liên kết riêng',
    lead: 'Mỗi liên kết mở cuộc họp trên một thiết bị và chỉ hiện một lần này. Hãy sao chép và gửi cho từng người.',
    copyAll: 'Sao chép tất cả',
    copied: 'Đã sao chép',
    done: 'Đã xong',
  },

  units: {
    title: 'Đơn vị',
    add: 'Thêm đơn vị',
    change: (name: string) => `Sửa ${name}`,
    name: 'Tên đơn vị',
    nameMissing: 'Hãy ghi tên đơn vị.',
    parent: 'Trực thuộc',
    top: 'Không trực thuộc đơn vị nào',
    levelLabel: 'Cấp',
    level: {
      central: 'Trung ương',
      province: 'Cấp tỉnh',
      district: 'Cấp huyện (trước 7/2025)',
      commune: 'Cấp xã',
      hamlet: 'Khu dân cư',
      body: 'Ban, cơ quan',
    } as Record<UnitLevel, string>,
    close: 'Ngừng hoạt động',
    closed: 'Đã ngừng hoạt động',
    closeTitle: (name: string) => `Ngừng hoạt động ${name}?`,
    closeLead: 'Đơn vị không tổ chức cuộc họp mới được nữa. Các cuộc họp cũ vẫn được giữ nguyên.',
  },

  own: {
    title: 'Tài khoản của tôi',
    browsers: 'Nơi đang đăng nhập',
    password: 'Đổi mật khẩu',
    old: 'Mật khẩu hiện nay',
    fresh: 'Mật khẩu mới',
    rule: 'Ít nhất 12 ký tự; nên chọn một câu dài dễ nhớ. Đổi xong, các nơi khác phải đăng nhập lại.',
    change: 'Đổi mật khẩu',
    missing: 'Hãy nhập mật khẩu hiện nay và mật khẩu mới.',
    done: 'Đã đổi mật khẩu.',
  },

  browsers: {
    none: 'Không đăng nhập ở đâu.',
    opened: 'Đăng nhập',
    seen: 'dùng lần cuối',
    here: 'Nơi này',
    end: 'Đăng xuất',
  },

  accounts: {
    title: 'Tài khoản đăng nhập',
    none: 'Người này chưa có tài khoản. Đại biểu không cần tài khoản để dự họp.',
    password: 'Mật khẩu (ít nhất 12 ký tự)',
    role: 'Quyền',
    open: 'Tạo tài khoản',
    close: 'Khóa tài khoản',
    closeTitle: (login: string) => `Khóa tài khoản ${login}?`,
    closeLead:
      'Người dùng tài khoản này bị đăng xuất khỏi mọi thiết bị và không đăng nhập được cho đến khi được mở lại.',
    closed: 'Đã khóa',
    reopen: 'Mở lại tài khoản',
    elsewhere: 'Quyền tại đơn vị khác',
    giveUnit: 'Đơn vị',
    give: 'Giao quyền',
    end: 'Thu hồi quyền',
    endAt: (unit: string) => `Thu hồi quyền tại ${unit}`,
    reset: 'Đặt lại mật khẩu (ít nhất 12 ký tự)',
    resetSend: 'Đặt lại',
  },

  roster: {
    title: 'Nhập nhân sự từ Excel',
    lead: 'Tệp .xlsx có các cột Họ và tên, Chức vụ, Đơn vị. Hệ thống kiểm tra từng dòng trước, chỉ nhập khi đồng chí xác nhận.',
    template: 'Tải tệp mẫu',
    file: 'Chọn tệp Excel',
    would: (people: number) => `${inVi(people)} người sẽ được thêm`,
    taken: (people: number) => `Đã thêm ${inVi(people)} người`,
    known: (people: number) => `${inVi(people)} người đã có sẵn, không thêm lần nữa.`,
    rejected: (lines: number) => `${inVi(lines)} dòng bị loại. Hãy sửa các dòng này rồi nhập lại.`,
    line: (number: number) => `Dòng ${number}`,
    reason: {
      formula: 'Ô chứa công thức; hãy thay bằng giá trị.',
      name: 'Họ và tên trống, quá dài hoặc có ký tự lạ.',
      title: 'Chức vụ quá dài hoặc có ký tự lạ.',
      unit_missing: 'Đơn vị trống hoặc quá dài.',
      unit_unknown: 'Không có đơn vị tên này trong phạm vi quản lý.',
      unit_ambiguous: 'Có nhiều đơn vị cùng tên này.',
      twice: 'Trùng với một dòng phía trên.',
      position: 'Chức danh trong cơ quan phải là Người đứng đầu, Cấp phó hoặc Ủy viên.',
      person_ambiguous: 'Đơn vị có nhiều người cùng tên; hãy thêm người này từ danh sách.',
      member_then: 'Vào ngày đó người này còn là ủy viên của lần trước.',
    } as Record<RosterReason, string>,
    download: 'Tải các dòng bị loại (Excel)',
    take: (people: number) => `Thêm ${inVi(people)} người`,
  },

  people: {
    title: 'Nhân sự',
    search: 'Tìm theo họ tên, chức vụ',
    unit: 'Đơn vị',
    allUnits: 'Mọi đơn vị',
    none: 'Không tìm thấy ai phù hợp.',
    add: 'Thêm người',
    roster: 'Nhập từ Excel',
    addTitle: 'Thêm người',
    name: 'Họ và tên',
    position: 'Chức vụ',
    count: (people: number, more: boolean) =>
      more ? `${inVi(people)} người đầu tiên; hãy gõ thêm để thu hẹp` : `${inVi(people)} người`,
    added: (name: string) => `Đã thêm ${name}.`,
    fault: { name: 'Hãy ghi họ và tên.', unit: 'Hãy chọn đơn vị.' },
  },
}

export type OfficeText = typeof vi
