/** Made-up papers of the made-up conference. */
import type { Paper, PaperVersion } from '../src/gen/protocol'

const START = '2026-11-22T01:30:00Z'

function paper(id: string, item: string | null, title: string, change: Partial<Paper> = {}): Paper {
  const version: PaperVersion = {
    id: `w${id}`,
    number: 1,
    state: 'ready',
    kind: 'pdf',
    pages: 12,
    size: 412_000,
    problem: null,
    added_at: START,
    approved_at: START,
  }
  return {
    id,
    item,
    title,
    audience: 'delegates',
    confidential: false,
    recalled: false,
    readers: null,
    revision: 0,
    versions: [version],
    ...change,
  }
}

const waiting = paper('p5', 'i4', 'Dự thảo Nghị quyết')
export const papers: readonly Paper[] = [
  paper('p1', null, 'Chương trình, quy chế làm việc của Hội nghị'),
  paper('p2', 'i2', 'Báo cáo kết quả công tác Mặt trận 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm'),
  paper('p3', 'i2', 'Phụ lục số liệu giám sát, phản biện xã hội', { confidential: true }),
  paper('p4', 'i3', 'Đề cương thảo luận tại các điểm cầu', { audience: 'everybody' }),
]
/** As the secretary sees them: one waits for approval, one is being converted, one could not be read. */
export const everyPaper: readonly Paper[] = [
  ...papers,
  paper('p8', 'i4', 'Hồ sơ nhân sự', {
    audience: 'named',
    confidential: true,
    readers: { participants: ['d1', 'd4'], units: ['Xã Mường Lống'], roles: [] },
  }),
  { ...waiting, versions: waiting.versions.map((one) => ({ ...one, approved_at: null })) },
  {
    ...paper('p6', 'i4', 'Tờ trình về nhân sự', { audience: 'leaders' }),
    versions: waiting.versions.map((one) => ({
      ...one,
      id: 'wp6',
      state: 'converting' as const,
      pages: null,
      approved_at: null,
    })),
  },
  {
    ...paper('p7', 'i5', 'Dự thảo kết luận'),
    versions: waiting.versions.map((one) => ({
      ...one,
      id: 'wp7',
      state: 'failed' as const,
      pages: null,
      problem: 'encrypted',
      approved_at: null,
    })),
  },
]

const [first] = waiting.versions
/** A paper that was written anew. */
export const twoVersions: Paper = {
  ...waiting,
  versions: first ? [first, { ...first, id: 'wp5b', number: 2 }] : [],
}
