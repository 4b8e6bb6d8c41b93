/** A made-up conference: people, agenda, talk. */
import type { AgendaItem, ChatLine, Meeting, Participant, Presence, Role, Vote } from '../src/gen/protocol'
import { emptyFloor } from '../src/state/floor'
import { papers } from './papers'

export const NOW = '2026-11-22T02:46:12Z'
const START = '2026-11-22T01:30:00Z'

const FAMILY = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Lò',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hà',
  'Lương',
  'Vi',
  'Quách',
]
const MIDDLE = ['Văn', 'Thị', 'Đức', 'Quốc', 'Minh', 'Thu', 'Hồng', 'Xuân', 'Ngọc', 'Thanh']
const GIVEN = [
  'An',
  'Bình',
  'Chiến',
  'Dung',
  'Đạt',
  'Giang',
  'Hạnh',
  'Hương',
  'Khánh',
  'Lan',
  'Mẩy',
  'Nga',
  'Phúc',
]
const PLACES = [
  'Vĩnh Thành',
  'Nậm Cắn',
  'Trường Thi',
  'Diễn Hải',
  'Mường Lống',
  'Tam Quang',
  'Yên Hòa',
  'Quỳnh Lưu',
]
const TITLES = [
  'Chủ tịch Ủy ban MTTQ',
  'Phó Chủ tịch Ủy ban MTTQ',
  'Trưởng ban Công tác Mặt trận',
  'Ủy viên Thường trực',
]

const at = <T>(list: readonly T[], i: number) => list[i % list.length] as T

function person(id: string, name: string, title: string, unit: string, role: Role): Participant {
  return {
    id,
    name,
    title,
    unit,
    role,
    muted: false,
    present: true,
    answer: 'pending',
    how: 'remote',
    site: null,
  }
}

function delegates(count: number): Participant[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `${at(FAMILY, i * 5 + 3)} ${at(MIDDLE, i * 3 + (i >> 3))} ${at(GIVEN, i * 7 + 2)}`
    const place = `${i % 4 === 2 ? 'Phường' : 'Xã'} ${at(PLACES, i)}`
    return {
      ...person(`d${i}`, name, at(TITLES, i), place, i % 17 === 16 ? 'guest' : 'delegate'),
      present: i % 6 !== 5,
    }
  })
}

export const people: readonly Participant[] = [
  person('chair', 'Phạm Thu Hà', 'Chủ tịch Ủy ban MTTQ tỉnh', 'Tỉnh Lam Sơn', 'chair'),
  person('secretary', 'Nguyễn Đức Hạnh', 'Chánh Văn phòng', 'Văn phòng Ủy ban MTTQ tỉnh', 'secretary'),
  person('speaker', 'Trần Quốc Bảo', 'Chủ tịch Ủy ban MTTQ thành phố', 'Thành phố Thanh Giang', 'delegate'),
  ...delegates(297),
  person('wall', 'Màn hình hội trường tỉnh', '', 'Tỉnh Lam Sơn', 'big_screen'),
]

const PLANNED: Record<string, string> = {
  1: START,
  2: '2026-11-22T01:45:00Z',
  3: '2026-11-22T02:15:00Z',
  4: '2026-11-22T03:15:00Z',
  5: '2026-11-22T03:30:00Z',
}

function item(
  number: string,
  title: string,
  presenter: string,
  minutes: number,
  state: AgendaItem['state'],
): AgendaItem {
  const isDone = state === 'done'
  return {
    id: `i${number}`,
    parent: number.includes('.') ? `i${number.slice(0, number.lastIndexOf('.'))}` : null,
    number,
    title,
    presenters: presenter ? [{ participant: null, name: presenter }] : [],
    planned_at: PLANNED[number] ?? null,
    budget_s: minutes * 60,
    state,
    opened_at: state === 'current' ? '2026-11-22T02:27:36Z' : null,
    spent_s: isDone ? minutes * 60 - 48 : 0,
    revision: 1,
    changed_by: null,
    late_change_at: number === '3.1' ? '2026-11-22T02:41:00Z' : null,
  }
}

const agenda: readonly AgendaItem[] = [
  item('1', 'Khai mạc, kiểm tra tư cách đại biểu', 'Văn phòng', 15, 'done'),
  item('2', 'Báo cáo kết quả công tác Mặt trận 6 tháng đầu năm', 'Trần Quốc Bảo', 30, 'current'),
  item('3', 'Thảo luận tại các điểm cầu', '', 60, 'pending'),
  item('3.1', 'Công tác giám sát và phản biện xã hội', 'Hoàng Thị Lan', 25, 'pending'),
  item('3.2', 'Cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới”', 'Lò Văn Mẩy', 20, 'pending'),
  item('4', 'Biểu quyết Nghị quyết', 'Thư ký Hội nghị', 15, 'pending'),
  item('5', 'Kết luận, bế mạc', 'Phạm Thu Hà', 15, 'pending'),
]

const chat: readonly ChatLine[] = [
  [
    'secretary',
    'Nguyễn Đức Hạnh',
    'Đề nghị các điểm cầu kiểm tra micrô và máy ảnh trước khi phát biểu.',
    '02:31:05Z',
  ],
  ['d0', people[3]?.name ?? '', 'Điểm cầu xã Vĩnh Thành đã sẵn sàng, có 28 đại biểu dự.', '02:33:40Z'],
  [
    'd4',
    people[7]?.name ?? '',
    'Tài liệu mục 2, trang 7: số liệu giám sát đề nghị bổ sung quý II.',
    '02:41:12Z',
  ],
].map(([participant = '', name = '', text = '', time], i) => ({
  id: `c${i}`,
  participant,
  name,
  text,
  at: `2026-11-22T${time}`,
}))

export const meeting: Meeting = {
  id: '0199f3a2-7c41-7d0e-9b5a-2f1c8e4d6a90',
  title: 'Hội nghị Ủy ban MTTQ tỉnh Lam Sơn lần thứ 7',
  unit: 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Lam Sơn',
  body: null,
  state: 'in_session',
  starts_at: START,
  kind: 'conference',
  place: 'Hội trường tầng 2',
  floor: {
    ...emptyFloor,
    holder: 'speaker',
    since: '2026-11-22T02:42:00Z',
    kind: 'speech',
    limit_s: 600,
    queue: [
      ...['d1', 'd4', 'd12'].map((participant) => ({ participant, asked_at: NOW, kind: 'speech' as const })),
      { participant: 'd7', asked_at: NOW, kind: 'question' },
    ],
    rules: { turn_order: 'unit', speech_limit_s: 600, question_limit_s: 180, unit_budget_s: 900 },
    spoken: { d3: 412, d0: 950, chair: 305 },
  },
  stage: null,
  agenda,
  sites: [],
  wall: 'auto',
  conclusions: [
    {
      id: 'e1',
      item: 'i1',
      text: 'Hội nghị đủ điều kiện tiến hành. Thống nhất chương trình làm việc.',
      tasks: [
        {
          id: 't1',
          text: 'Gửi chương trình và tài liệu tới các điểm cầu vào muộn',
          unit: 'Văn phòng Ủy ban MTTQ tỉnh',
          participant: 'secretary',
          due_on: '2026-11-21',
          progress: 60,
          done_at: null,
        },
        {
          id: 't2',
          text: 'Bổ sung số liệu giám sát quý II',
          unit: 'Xã Nậm Cắn',
          participant: 'd1',
          due_on: '2026-12-15',
          progress: 20,
          done_at: null,
        },
      ],
      revision: 1,
      written_by: 'chair',
      written_at: '2026-11-22T01:44:00Z',
    },
  ],
  vote: null,
  documents: papers,
  shown: null,
  shown_to_others: false,
  participants: people,
  chat,
}

export const presence: readonly Presence[] = people.map((p, i) => ({
  participant: p.id,
  online: p.present,
  microphone: p.id === 'speaker' || p.id === 'chair',
  camera: i < 40 && i % 5 !== 4,
  screen: false,
}))

const roster = people
  .filter((p) => p.present && (p.role === 'chair' || p.role === 'delegate'))
  .map((p) => p.id)
const voted = roster.filter((id, i) => id !== 'd1' && i % 5 !== 4)

/** Most have voted; `d1` has not. */
export const openVote: Vote = {
  id: 'v1',
  kind: 'open',
  item: 'i2',
  question: 'Thông qua: Báo cáo kết quả công tác Mặt trận 6 tháng đầu năm',
  options: ['for', 'against', 'other'],
  rule: 'more_than_half',
  base: 'present',
  base_count: roster.length,
  needed: Math.floor(roster.length / 2) + 1,
  quorum: 'more_than_half',
  quorum_needed: 142,
  convened: 282,
  members: null,
  roster,
  voted,
  cast: voted.length,
  candidates: [],
  seats: null,
  least: null,
  tellers: [],
  counted: [],
  tallies: {},
  repeats: null,
  round: 1,
  state: 'open',
  opened_at: '2026-11-22T02:45:00Z',
  due_at: null,
  published_at: null,
  result: null,
}

/** The same a moment later. */
export function publishedVote(passed: boolean): Vote {
  const ayes = passed ? voted.length - 12 : (openVote.needed ?? 0) - 3
  const ballots = { for: voted.slice(0, ayes), against: voted.slice(ayes, -4), other: voted.slice(-4) }
  return {
    ...openVote,
    state: 'published',
    published_at: NOW,
    result: {
      passed,
      counts: { for: ayes, against: ballots.against.length, other: ballots.other.length },
      base_count: roster.length,
      needed: openVote.needed ?? 0,
      returned: voted.length,
      valid: voted.length,
      ballots,
      opinions: {
        [voted.at(-1) ?? '']: 'Đề nghị bổ sung số liệu về quỹ Vì người nghèo, biểu quyết lại sau khi sửa.',
      },
      codes: [],
      elected: [],
      tied: [],
    },
  }
}

/** The chair and the secretary count hands; their numbers are not the same. */
export function shownHands(differ: boolean): Vote {
  const tellers = ['chair', 'd1']
  const ayes = Math.ceil(roster.length * 0.9)
  const tallies = { chair: { for: ayes, against: 9, other: 0 }, d1: { for: ayes - 2, against: 11, other: 0 } }
  return {
    ...openVote,
    kind: 'show_of_hands',
    question: 'Thống nhất danh sách Ban kiểm phiếu',
    voted: [],
    cast: 0,
    round: 2,
    repeats: 'v0',
    tellers,
    counted: differ ? tellers : ['chair'],
    tallies: differ ? tallies : {},
  }
}

/** The same in secret; `state` tells how far it is. */
export function secretVote(state: 'open' | 'published'): Vote {
  const { result } = publishedVote(true)
  const codes = voted.map((_, i) => codeOf(i)).sort()
  return {
    ...openVote,
    kind: 'secret',
    question: 'Lấy phiếu tín nhiệm đối với đồng chí Phó Chủ tịch',
    voted: [],
    state,
    published_at: state === 'published' ? NOW : null,
    result: state === 'published' && result ? { ...result, ballots: {}, codes } : null,
  }
}

/** Five stand for three seats; the third is tied. */
export function election(state: 'open' | 'published'): Vote {
  const secret = secretVote(state)
  const names = ['Trần Quốc Bảo', 'Lò Thị Mẩy', 'Vi Văn Phúc', 'Nguyễn Thị Thanh Hương', 'Hoàng Đức Hạnh']
  const notes = [
    'Chủ tịch Mặt trận thành phố',
    'Chủ tịch Hội Phụ nữ',
    'Bí thư Tỉnh Đoàn',
    'Chủ tịch Công đoàn',
    '',
  ]
  const counts = { c1: 171, c2: 165, c3: 122, c4: 122, c5: 40 }
  return {
    ...secret,
    kind: 'election',
    question: 'Bầu bổ sung Ủy viên Ban Thường trực',
    options: Object.keys(counts),
    candidates: names.map((name, i) => ({ id: `c${i + 1}`, name, note: notes[i] ?? '' })),
    seats: 3,
    least: 1,
    result: secret.result && {
      ...secret.result,
      counts,
      passed: false,
      elected: ['c1', 'c2'],
      tied: ['c3', 'c4'],
    },
  }
}

export const OWN_CODE = codeOf(7)

function codeOf(number: number): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
  return Array.from(
    { length: 16 },
    (_, i) => letters[(number * (2 * i + 7) + i * i * 5 + number * number * i) % 32],
  ).join('')
}
