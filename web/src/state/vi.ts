/** Every text on the screens, in Vietnamese: the source from which other languages are translated. */
import type { MeetingState, Role, TurnOrder, WallShows } from '../gen/protocol'
import type { Standing } from './conclusions'
import type { Saving } from './layout'
import { inVi } from './numbers'
import type { Level } from './quality'
import type { Device, Refusal } from './refusals'
import type { WhyEnded } from './store'
import { here } from './vi_here'
import { votes } from './vi_votes'

export type Advice = { what: string; todo: string }

export const vi = {
  product: 'Hội trường',
  organisation: 'Mặt trận Tổ quốc Việt Nam',
  close: 'Đóng',
  cancel: 'Hủy',
  retry: 'Thử lại',
  loading: 'Đang mở hội trường…',
  demo: 'Bản trình diễn: người và việc ở đây đều là giả định.',
  demoShort: 'Trình diễn',
  otherLanguage: 'English',

  role: {
    chair: 'Chủ trì',
    secretary: 'Thư ký',
    delegate: 'Đại biểu',
    guest: 'Khách mời',
    site_operator: 'Điểm cầu',
    big_screen: 'Màn hình hội trường',
  } as Record<Role, string>,

  meetingState: {
    draft: 'Đang chuẩn bị',
    submitted: 'Chờ duyệt',
    approved: 'Đã duyệt',
    invited: 'Đã mời họp',
    check_in: 'Đang điểm danh',
    in_session: 'Đang họp',
    paused: 'Tạm nghỉ',
    closed: 'Đã kết thúc',
    cancelled: 'Đã hủy',
    postponed: 'Đã hoãn',
  } as Record<MeetingState, string>,

  start: {
    title: 'Hội trường trực tuyến',
    lead: 'Hãy mở liên kết trong giấy mời của đồng chí để vào hội nghị.',
    noLink: 'Chưa có liên kết? Hãy liên hệ thư ký hội nghị.',
    office: 'Cán bộ chuẩn bị cuộc họp: đăng nhập văn phòng',
    officeDemo: (login: string, password: string) => `Tên đăng nhập: ${login} · Mật khẩu: ${password}`,
    demoTitle: 'Hội nghị trình diễn',
    demoLead: 'Hãy chọn một vai để vào hội nghị. Mở thêm vai khác trong cửa sổ mới để thấy nhiều phía.',
  },

  enter: {
    trying: 'Đang kiểm tra giấy mời…',
    again: 'Xin vào bằng thiết bị này',
    /** By code, where no service has said it. */
    read: 'Đọc tài liệu và ghi chú của tôi',
    readKept: 'Đọc tài liệu đã lưu trên máy này',
    unanswered: {
      unreachable: {
        what: 'Chưa kết nối được với máy chủ hội nghị.',
        todo: 'Hãy kiểm tra Wi-Fi hoặc dữ liệu di động rồi bấm Thử lại.',
      },
      nowhere: {
        what: 'Không có trang này.',
        todo: 'Hãy mở lại liên kết trong giấy mời.',
      },
    } as Record<string, Advice>,
    asksAgain: 'Trang này cũng tự thử lại sau vài giây.',
    otherProblem: {
      what: 'Máy chủ hội nghị chưa trả lời được.',
      todo: 'Hãy thử lại; nếu vẫn không được, hãy liên hệ thư ký hội nghị.',
    },
  },

  knock: {
    lead: 'Đồng chí chưa có liên kết riêng? Hãy ghi họ tên và đơn vị; chủ trì hoặc thư ký sẽ xem và cho vào.',
    name: 'Họ và tên',
    unit: 'Đơn vị',
    send: 'Xin vào họp',
    sending: 'Đang gửi…',
    nameMissing: 'Hãy ghi họ và tên.',
  },

  lobby: {
    title: 'Đang chờ chủ trì hoặc thư ký cho vào',
    lead: 'Chủ trì và thư ký đã được báo. Trang này sẽ tự chuyển vào hội trường, đồng chí không cần bấm gì.',
    leave: 'Thôi chờ',
  },

  check: {
    title: 'Kiểm tra thiết bị',
    greeting: (name: string) => `Kính chào đồng\u00a0chí ${name}`,
    microphone: 'Micrô',
    camera: 'Máy ảnh',
    microphoneOn: 'Bật micrô',
    cameraOn: 'Bật máy ảnh',
    askCamera: 'Đang xin phép dùng máy ảnh…',
    askMicrophone: 'Đang xin phép dùng micrô…',
    speak: 'Hãy nói thử một câu: vạch xanh phải chạy theo tiếng nói.',
    heard: 'Micrô nghe rõ.',
    silent: 'Chưa nghe thấy tiếng nào. Hãy kiểm tra công tắc trên micrô hoặc chọn micrô khác.',
    level: 'Mức âm thanh',
    saving: 'Đường truyền',
    enter: 'Vào hội trường',
    listen: 'Vào chỉ nghe và xem',
    listenOnly: 'Đồng chí vẫn vào được để nghe, xem và theo dõi chương trình.',
  },

  saving: {
    all: 'Đủ hình',
    speaker: 'Người phát biểu',
    voices: 'Chỉ nghe',
  } as Record<Saving, string>,

  refusal: {
    microphone: {
      blocked: {
        what: 'Trình duyệt đang chặn micrô của trang này.',
        todo: 'Hãy bấm biểu tượng ổ khóa cạnh địa chỉ trang, chọn Cho phép micrô, rồi bấm Thử lại.',
      },
      blocked_by_system: {
        what: 'Máy đang không cho trình duyệt dùng micrô.',
        todo: 'Hãy mở Cài đặt của máy, mục Quyền riêng tư, cho trình duyệt dùng micrô, rồi bấm Thử lại.',
      },
      dismissed: {
        what: 'Chưa có lựa chọn cho micrô.',
        todo: 'Hãy bấm Thử lại, rồi chọn Cho phép khi trình duyệt hỏi.',
      },
      missing: {
        what: 'Không tìm thấy micrô nào.',
        todo: 'Hãy cắm micrô hoặc tai nghe, rồi bấm Thử lại.',
      },
      busy: {
        what: 'Micrô đang được ứng dụng khác dùng.',
        todo: 'Hãy đóng Zalo, Zoom hoặc ứng dụng khác đang dùng micrô, rồi bấm Thử lại.',
      },
      unsuitable: { what: 'Micrô đã chọn không dùng được.', todo: 'Hãy chọn micrô khác.' },
      forbidden: {
        what: 'Thiết bị này không cho trang web dùng micrô.',
        todo: 'Hãy hỏi người quản trị máy, hoặc dùng thiết bị khác.',
      },
      unknown: { what: 'Không mở được micrô.', todo: 'Hãy khởi động lại trình duyệt, rồi thử lại.' },
    },
    camera: {
      blocked: {
        what: 'Trình duyệt đang chặn máy ảnh của trang này.',
        todo: 'Hãy bấm biểu tượng ổ khóa cạnh địa chỉ trang, chọn Cho phép máy ảnh, rồi bấm Thử lại.',
      },
      blocked_by_system: {
        what: 'Máy đang không cho trình duyệt dùng máy ảnh.',
        todo: 'Hãy mở Cài đặt của máy, mục Quyền riêng tư, cho trình duyệt dùng máy ảnh, rồi bấm Thử lại.',
      },
      dismissed: {
        what: 'Chưa có lựa chọn cho máy ảnh.',
        todo: 'Hãy bấm Thử lại, rồi chọn Cho phép khi trình duyệt hỏi.',
      },
      missing: {
        what: 'Không tìm thấy máy ảnh nào.',
        todo: 'Hãy cắm máy ảnh rồi bấm Thử lại. Không có máy ảnh vẫn vào họp được.',
      },
      busy: {
        what: 'Máy ảnh đang được ứng dụng khác dùng.',
        todo: 'Hãy đóng Zalo, Zoom hoặc ứng dụng khác đang dùng máy ảnh, rồi bấm Thử lại.',
      },
      unsuitable: { what: 'Máy ảnh đã chọn không dùng được.', todo: 'Hãy chọn máy ảnh khác.' },
      forbidden: {
        what: 'Thiết bị này không cho trang web dùng máy ảnh.',
        todo: 'Hãy hỏi người quản trị máy, hoặc dùng thiết bị khác.',
      },
      unknown: { what: 'Không mở được máy ảnh.', todo: 'Hãy khởi động lại trình duyệt, rồi thử lại.' },
    },
    screen: {
      blocked: { what: 'Chưa chia sẻ màn hình.', todo: 'Hãy bấm Chia sẻ lần nữa và chọn một cửa sổ.' },
      blocked_by_system: {
        what: 'Máy đang không cho trình duyệt ghi màn hình.',
        todo: 'Hãy mở Cài đặt của máy, mục Quyền riêng tư, cho trình duyệt ghi màn hình.',
      },
      dismissed: { what: 'Chưa chia sẻ màn hình.', todo: 'Hãy bấm Chia sẻ lần nữa và chọn một cửa sổ.' },
      missing: {
        what: 'Trình duyệt này không chia sẻ được màn hình.',
        todo: 'Hãy dùng máy tính với Chrome, Edge hoặc Firefox.',
      },
      busy: {
        what: 'Không ghi được màn hình.',
        todo: 'Hãy đóng ứng dụng khác đang ghi màn hình, rồi thử lại.',
      },
      unsuitable: { what: 'Không ghi được cửa sổ này.', todo: 'Hãy chọn cửa sổ khác.' },
      forbidden: { what: 'Thiết bị này không cho ghi màn hình.', todo: 'Hãy dùng thiết bị khác.' },
      unknown: { what: 'Không chia sẻ được màn hình.', todo: 'Hãy thử lại.' },
    },
    page: {
      no_webrtc: {
        what: 'Trình duyệt này không họp trực tuyến được.',
        todo: 'Hãy mở liên kết bằng Chrome, Edge, Firefox hoặc Safari bản mới.',
      },
      insecure: {
        what: 'Địa chỉ này không an toàn nên trình duyệt không cho dùng micrô và máy ảnh.',
        todo: 'Hãy mở lại bằng địa chỉ bắt đầu với https://',
      },
      in_app: {
        what: 'Trình duyệt bên trong ứng dụng (Zalo, Facebook…) không dùng được micrô và máy ảnh.',
        todo: 'Hãy mở bằng Chrome hoặc Safari: bấm dấu ba chấm ở góc, chọn Mở bằng trình duyệt.',
      },
    },
  } as Record<Device, Record<Exclude<Refusal, 'no_webrtc' | 'insecure' | 'in_app'>, Advice>> & {
    page: Record<'no_webrtc' | 'insecure' | 'in_app', Advice>
  },

  hall: {
    stage: 'Hình chính',
    tiles: 'Các đại biểu và điểm cầu',
    you: 'Đồng chí',
    yourPicture: 'Hình của đồng chí',
    speaking: 'đang nói',
    hasFloor: 'Đang phát biểu',
    chairPinned: 'Trên màn hình chung',
    ownPinned: 'Đồng chí ghim',
    sharing: (name: string) => `Màn hình của ${name}`,
    nobody: 'Chưa có ai khác trong phòng.',
    paused: 'Hội nghị tạm nghỉ',
    pausedLead: 'Chủ trì sẽ mời tiếp tục. Đồng chí có thể để nguyên trang này.',
    noPictureLine: 'Tạm tắt hình: mạng yếu',
    noScreenSaving: 'Chế độ chỉ nghe đã tắt màn hình được chia sẻ. Muốn xem, đồng chí hãy bật lại hình.',
    previousPage: 'Trang trước',
    nextPage: 'Trang sau',
    page: (page: number, pages: number) => `Trang ${page} trên ${pages}`,
    asGrid: 'Xem dạng lưới',
    asStage: 'Xem người phát biểu',
    present: (present: number, all: number) => `${inVi(present)}/${inVi(all)} có mặt`,
    item: (number: string, title: string) => `Mục ${number} · ${title}`,
    noItem: 'Chưa vào mục nào của chương trình',
    left: (digits: string) => `còn ${digits}`,
    over: (digits: string) => `quá ${digits}`,
    controls: 'Điều khiển',
    tabs: 'Bảng bên',
    tab: {
      picture: 'Hình',
      steer: 'Điều hành',
      agenda: 'Chương trình',
      people: 'Đại biểu',
      papers: 'Tài liệu',
      chat: 'Trao đổi',
    },
    paperShown: (title: string, page: number) => `Đang trình chiếu: ${title}, trang ${page}`,
    paperHidden: 'Đang trình chiếu một tài liệu không dành cho đồng chí.',
    paperSee: 'Xem',
    unread: (count: number) => `${inVi(count)} tin chưa đọc`,
  },

  bar: {
    mute: 'Tắt micrô',
    unmute: 'Bật micrô',
    microphoneEarly: 'Micrô chưa mở',
    microphoneEarlyShort: 'Chưa mở',
    microphoneEarlyWhy: 'Chưa mở điểm danh nên chưa ai bật được micrô.',
    microphoneWaits: 'Micrô chờ mời',
    microphoneWaitsShort: 'Chờ mời',
    microphoneWhy: 'Micrô mở khi chủ trì mời phát biểu. Hãy bấm Giơ tay để xin phát biểu.',
    microphoneMuted: 'Micrô bị tắt',
    microphoneMutedShort: 'Bị tắt',
    microphoneMutedWhy:
      'Chủ trì hoặc thư ký đã tắt micrô của đồng chí. Hãy nhắn ở Trao đổi để xin được bật lại.',
    stopCamera: 'Tắt hình',
    startCamera: 'Bật hình',
    raise: 'Giơ tay',
    queued: (place: number) => `Lượt ${place}`,
    queuedLong: (place: number) => `Đang chờ phát biểu, lượt ${place}. Bấm để hạ tay.`,
    finish: 'Kết thúc phát biểu',
    finishShort: 'Kết thúc',
    share: 'Chia sẻ',
    stopShare: 'Dừng chia sẻ',
    stopShareShort: 'Dừng',
    more: 'Thêm',
    leave: 'Rời họp',
    leaveShort: 'Rời',
  },

  leave: {
    title: 'Rời hội nghị?',
    lead: 'Đồng chí có thể vào lại bằng liên kết trong giấy mời khi hội nghị chưa kết thúc.',
    confirm: 'Rời hội nghị',
  },

  invited: {
    title: 'Đồng chí được mời phát biểu',
    lead: 'Mọi người sẽ nghe đồng chí ngay khi micrô bật.',
    accept: 'Bật micrô và phát biểu',
    later: 'Chưa bật micrô',
  },

  settings: {
    title: 'Tùy chọn',
    saving: 'Chế độ đường truyền',
    theme: 'Giao diện',
    themes: { system: 'Theo máy', light: 'Sáng', dark: 'Tối' },
    shortcuts: 'Phím tắt',
    shortcutList: [
      ['Ctrl + D', 'Bật, tắt micrô'],
      ['Ctrl + E', 'Bật, tắt hình'],
      ['Ctrl + Shift + H', 'Giơ tay, hạ tay'],
    ] as readonly (readonly [string, string])[],
  },

  quality: {
    good: 'Đường truyền tốt',
    fair: 'Đường truyền vừa',
    poor: 'Đường truyền yếu',
    lost: 'Mất đường truyền',
  } as Record<Level, string>,

  banner: {
    unlinked: 'Mất liên lạc với máy chủ, đang nối lại. Đồng chí vẫn nghe được; các nút bấm sẽ được gửi sau.',
    cutOff: 'Mất kết nối, đang nối lại. Đồng chí không cần bấm gì.',
    connecting: 'Đang nối tiếng và hình…',
    media: 'Đang nối lại tiếng và hình…',
    sound: 'Chạm để bật tiếng',
    poor: 'Đường truyền yếu. Bớt hình để nghe rõ hơn?',
    poorDo: 'Chỉ hình người phát biểu',
    savingSpeaker: 'Chế độ tiết kiệm: đã tắt hình các đại biểu, chỉ giữ người phát biểu.',
    savingVoices: 'Chế độ chỉ nghe: đã tắt hình của mọi người.',
    back: 'Bật lại hình',
  },

  agenda: {
    title: 'Chương trình',
    budget: (minutes: number) => `${minutes}'`,
    open: 'Mở mục',
    openAgain: 'Mở lại mục',
    close: 'Kết thúc mục',
    done: 'Xong',
    current: 'Đang bàn',
    empty: 'Chưa có chương trình.',
    edit: 'Sửa chương trình',
    late: (hour: string) => `Thay đổi lúc ${hour}`,
    took: (spent: string, budget: string) => `Xong · ${spent} trên ${budget}`,
    soon: 'sắp hết giờ',
    soonNotice: (number: string, left: string) => `Mục ${number} sắp hết giờ, còn ${left}.`,
    overNotice: (number: string) => `Mục ${number} đã hết thời gian dự kiến.`,
  },

  conclusion: {
    title: 'Kết luận',
    write: 'Ghi kết luận',
    edit: 'Sửa kết luận',
    due: (date: string) => `hạn ${date}`,
    standing: {
      done: 'Đã xong',
      overdue: 'Quá hạn',
      due_soon: 'Sắp đến hạn',
      open: 'Đang làm',
    } as Record<Standing, string>,
    none: 'Chưa có kết luận.',
    progress: (task: string) => `Tiến độ (%): ${task}`,
  },

  queue: {
    title: (count: number) => `Đăng ký phát biểu · ${inVi(count)}`,
    empty: 'Chưa có ai đăng ký phát biểu.',
    give: 'Mời',
    giveLong: (name: string) => `Mời ${name} phát biểu`,
    drop: 'Bỏ',
    dropLong: (name: string) => `Bỏ đăng ký của ${name}`,
    holder: 'Đang phát biểu',
    take: 'Dừng lượt',
    takeLong: (name: string) => `Dừng lượt phát biểu của ${name}`,
    free: 'Chưa ai giữ lượt phát biểu',
    questioner: 'Đang chất vấn',
    questions: (count: number) => `Đăng ký chất vấn · ${inVi(count)}`,
    noQuestions: 'Chưa có ai đăng ký chất vấn.',
    ask: 'Đăng ký chất vấn',
    withdrawQuestion: 'Rút đăng ký chất vấn',
    askLong: (name: string) => `Mời ${name} chất vấn`,
    order: { asked: 'theo đăng ký', unit: 'theo đơn vị', spoken: 'theo thời gian đã nói' } as Record<
      TurnOrder,
      string
    >,
    spoke: (digits: string) => `đã nói ${digits}`,
    pause: 'Dừng đồng hồ',
    resume: 'Chạy đồng hồ',
    paused: 'đồng hồ dừng',
    more: 'Thêm 1 phút',
    rules: 'Quy định phát biểu',
    units: 'Thời gian theo đơn vị',
    unitsOf: (minutes: number) => `Thời gian theo đơn vị · mỗi đơn vị ${minutes} phút`,
    overBudget: 'quá thời gian',
    soonNotice: 'Lượt phát biểu sắp hết giờ.',
    overNotice: 'Lượt phát biểu đã hết giờ.',
  },

  vote: votes,
  here,

  steer: {
    title: 'Điều hành',
    submit: 'Trình chủ trì duyệt',
    approve: 'Duyệt',
    sendBack: 'Trả lại để sửa',
    invitations: 'Giấy mời và phản hồi',
    answers: (accepted: number, declined: number, pending: number) =>
      `Tham dự ${inVi(accepted)} · xin vắng ${inVi(declined)} · chưa trả lời ${inVi(pending)}`,
    prepareAgain: 'Chuẩn bị lại',
    waitsForApproval: 'Chờ chủ trì duyệt.',
    openCheckIn: 'Mở điểm danh',
    callOff: 'Hoãn hoặc hủy',
    postpone: 'Hoãn hội nghị',
    postponeTitle: 'Hoãn hội nghị?',
    postponeLead:
      'Mọi người được ghi là đã rời họp; việc biểu quyết, lấy ý kiến đang mở bị hủy. Thành phần và tài liệu giữ nguyên cho lần sau.',
    cancel: 'Hủy hội nghị',
    cancelTitle: 'Hủy hội nghị?',
    cancelLead:
      'Mọi người sẽ rời phòng và hội nghị không mở lại được. Việc biểu quyết, lấy ý kiến đang mở bị hủy, không có kết quả.',
    begin: 'Bắt đầu hội nghị',
    pause: 'Tạm nghỉ',
    resume: 'Tiếp tục',
    close: 'Kết thúc hội nghị',
    closeTitle: 'Kết thúc hội nghị?',
    closeLead:
      'Mọi người sẽ rời phòng và không vào lại được. Việc biểu quyết, lấy ý kiến đang mở bị hủy, không có kết quả.',
    wall: 'Màn hình hội trường',
    wallShows: {
      auto: 'Tự động theo diễn biến',
      speaker: 'Người phát biểu và đồng hồ',
      agenda: 'Chương trình',
      vote: 'Biểu quyết, kết quả',
      conclusions: 'Kết luận',
      address: 'Mã QR vào họp',
      check_in: 'Mã điểm danh',
    } as Record<WallShows, string>,
    muteAll: 'Tắt micrô tất cả',
    mode: 'Chế độ phát biểu',
    chaired: 'Theo lượt mời',
    open: 'Tự do',
  },

  people: {
    search: 'Tìm theo tên hoặc đơn vị',
    count: (found: number, all: number) =>
      found === all ? `${inVi(all)} người` : `${inVi(found)} trong ${inVi(all)} người`,
    none: 'Không thấy ai khớp.',
    online: 'Đang trực tuyến',
    offline: 'Chưa vào',
    excused: 'Xin vắng',
    atHall: 'Tại hội trường',
    muted: 'Bị tắt micrô',
    hand: 'Đang giơ tay',
    microphone: 'Micrô bật',
    camera: 'Có hình',
  },

  person: {
    give: 'Mời phát biểu',
    take: 'Dừng lượt phát biểu',
    mute: 'Tắt micrô',
    unmute: 'Cho bật micrô',
    pin: 'Đưa lên màn hình chung',
    unpin: 'Thôi đưa lên màn hình chung',
    ownPin: 'Ghim riêng cho tôi',
    ownUnpin: 'Bỏ ghim riêng',
    atHall: 'Điểm danh tại hội trường',
    hasLeft: 'Ghi đã rời hội trường',
    remove: 'Mời ra khỏi phòng',
    removeTitle: (name: string) => `Mời ${name} ra khỏi phòng?`,
    removeLead:
      'Người này sẽ rời hội nghị ngay và liên kết riêng không dùng được nữa. Muốn dự tiếp, chỉ có thể xin vào lại như khách mời.',
  },

  knocks: {
    title: (count: number) => `Có ${inVi(count)} người xin vào họp`,
    admit: 'Cho vào',
    admitLong: (name: string) => `Cho vào: ${name}`,
    refuse: 'Từ chối',
    refuseLong: (name: string) => `Từ chối ${name}`,
    admitAll: 'Cho vào tất cả',
    guest: 'Khách',
    used_link: 'Liên kết đã dùng trên máy khác',
  },

  chat: {
    title: 'Trao đổi',
    write: 'Viết cho mọi người',
    send: 'Gửi',
    empty: 'Chưa có trao đổi nào.',
  },

  notice: {
    state: {
      draft: 'Hội nghị trở lại bước chuẩn bị.',
      submitted: 'Hội nghị đã được trình duyệt.',
      approved: 'Hội nghị đã được duyệt.',
      invited: 'Đã gửi giấy mời.',
      check_in: 'Bắt đầu điểm danh.',
      in_session: 'Hội nghị bắt đầu.',
      paused: 'Hội nghị tạm nghỉ.',
      closed: 'Hội nghị đã kết thúc.',
      cancelled: 'Hội nghị đã bị hủy.',
      postponed: 'Hội nghị được hoãn. Thư ký sẽ báo thời gian mới.',
    } as Record<MeetingState, string>,
    resumed: 'Hội nghị tiếp tục.',
    paperConverted: (title: string) => `Đã chuyển đổi xong: ${title}. Hãy duyệt để đại biểu đọc.`,
    paperFailed: (title: string) => `Không chuyển đổi được: ${title}.`,
    paperNew: (title: string) => `Có tài liệu: ${title}.`,
    paperShown: (name: string, title: string) => `${name} trình chiếu: ${title}.`,
    handRaised: 'Đã giơ tay xin phát biểu.',
    raisedHand: (name: string) => `${name} xin phát biểu.`,
    questionAsked: 'Đã đăng ký chất vấn.',
    asksQuestion: (name: string) => `${name} đăng ký chất vấn.`,
    mayQuestion: (name: string) => `Mời ${name} chất vấn.`,
    handLowered: 'Đã rút đăng ký.',
    yourFloor: 'Đồng chí được mời phát biểu. Hãy bật micrô.',
    yourQuestion: 'Đồng chí được mời chất vấn. Hãy bật micrô.',
    hasFloor: (name: string) => `Mời ${name} phát biểu.`,
    floorOver: 'Lượt phát biểu của đồng chí đã kết thúc. Đồng chí vẫn được tự bật, tắt micrô.',
    floorOverMuted: 'Lượt phát biểu của đồng chí đã kết thúc, micrô đã tắt.',
    open: 'Mọi người được tự do bật micrô.',
    chaired: 'Phát biểu theo lượt chủ trì mời.',
    muted: 'Chủ trì hoặc thư ký đã tắt micrô của đồng chí.',
    unmuted: 'Micrô của đồng chí không còn bị tắt.',
    allMuted: 'Chủ trì đã tắt micrô của mọi người.',
    unplugged: {
      microphone: 'Micrô đã bị ngắt. Đồng chí hãy cắm lại rồi bật micrô khi phát biểu.',
      camera: 'Máy ảnh đã bị ngắt. Đồng chí hãy cắm lại rồi bật hình.',
    },
    item: (number: string, title: string) => `Chuyển sang mục ${number}: ${title}.`,
    concluded: (number: string) => `Đã ghi kết luận của mục ${number}.`,
    rescheduled: (when: string) => `Hội nghị chuyển sang ${when}.`,
    agendaChanged: {
      item_added: (number: string, title: string) => `Chương trình thay đổi: thêm mục ${number}, ${title}.`,
      item_changed: (number: string, title: string) => `Chương trình thay đổi: mục ${number}, ${title}.`,
      item_moved: (number: string, title: string) =>
        `Chương trình thay đổi thứ tự: ${title} là mục ${number}.`,
      item_removed: (title: string) => `Chương trình thay đổi: bỏ mục ${title}.`,
    },
    pinned: (name: string) => `${name} được đưa lên màn hình chung.`,
    said: (name: string) => `Tin mới của ${name}.`,
    knocks: (name: string) => `${name} xin vào họp.`,
    failed: 'Chưa làm được. Hãy thử lại.',
    unreachable: 'Chưa gửi được tới máy chủ. Hãy kiểm tra đường truyền.',
    missing: 'Chưa mở được phần này. Hãy tải lại trang.',
  },

  wall: {
    welcome: 'Kính chào quý đại biểu',
    next: 'Tiếp theo phát biểu',
    address: 'Quét mã để vào họp',
    present: (present: number, all: number) => `${inVi(present)}/${inVi(all)} đại biểu có mặt`,
    quorum: (isReached: boolean, needed: number) =>
      isReached ? `đủ số tối thiểu ${inVi(needed)}` : `chưa đủ số tối thiểu ${inVi(needed)}`,
    noAgenda: 'Chưa vào chương trình',
    item: (number: string) => `mục ${number}`,
    connecting: 'Đang nối với hội trường…',
    ended: 'Hội nghị đã kết thúc. Trân\u00a0trọng\u00a0cảm\u00a0ơn quý đại biểu.',
  },

  ended: {
    removed: {
      what: 'Đồng chí đã được mời ra khỏi phòng họp.',
      todo: 'Liên kết riêng của đồng chí không dùng được nữa. Nếu có nhầm lẫn, hãy liên hệ thư ký hội nghị; đồng chí chỉ có thể xin vào lại như khách mời, bằng địa chỉ chung của hội nghị.',
    },
    refused: {
      what: 'Đồng chí chưa được cho vào họp.',
      todo: 'Hãy liên hệ thư ký hội nghị để được giúp.',
    },
    closed: {
      what: 'Hội nghị đã kết thúc.',
      todo: 'Trân trọng cảm ơn đồng chí đã tham dự.',
    },
    replaced: {
      what: 'Đồng chí đã vào họp ở một cửa sổ hoặc thiết bị khác.',
      todo: 'Muốn họp ở đây, hãy bấm Vào lại.',
    },
    revoked: {
      what: 'Phiên họp của thiết bị này không còn hiệu lực.',
      todo: 'Hãy mở lại liên kết trong giấy mời.',
    },
    other_session: {
      what: 'Trình duyệt này vừa vào họp bằng một liên kết khác.',
      todo: 'Muốn vào hội nghị này, hãy mở lại liên kết trong giấy mời của hội nghị này.',
    },
    lobby_full: {
      what: 'Đang có quá nhiều người chờ vào họp từ đường truyền này.',
      todo: 'Hãy chờ ít phút rồi bấm Vào lại, hoặc liên hệ thư ký hội nghị.',
    },
    left: {
      what: 'Đồng chí đã rời hội nghị.',
      todo: 'Có thể vào lại khi hội nghị chưa kết thúc.',
    },
    withdrawn: {
      what: 'Đồng chí đã thôi chờ.',
      todo: 'Muốn vào hội nghị, hãy mở lại liên kết và xin vào lần nữa.',
    },
    again: 'Vào lại',
  } as Record<WhyEnded, Advice> & { again: string },
}

export type Text = typeof vi
