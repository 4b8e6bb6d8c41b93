import { describe, expect, test } from 'vitest'
import type { Vote, VoteResult } from '../../src/gen/protocol'
import { countingMinutes } from '../../src/state/counting'
import { vi as text } from '../../src/state/vi'
import { AT, MEETING, RESULT as NOTHING, VOTE } from '../meetings'

const RESULT: VoteResult = {
  ...NOTHING,
  counts: { for: 2, against: 1, other: 0 },
  passed: true,
  returned: 3,
  valid: 2,
}
const DONE: Vote = { ...VOTE, state: 'published', published_at: AT, cast: 3, result: RESULT }

function minutes(vote: Vote) {
  return countingMinutes(MEETING, vote, text, (moment) => moment, 'Cần quá nửa')
}

describe('the minutes of a count', () => {
  test('say question, numbers and conclusion', () => {
    const { facts, counts, conclusion } = minutes(DONE)
    expect(facts).toContainEqual(['Nội dung', 'Thông qua'])
    expect(facts).toContainEqual(['Số đại biểu đã biểu quyết', '3/3'])
    expect(counts).toEqual([
      ['Tán thành', 2, false],
      ['Không tán thành', 1, false],
      ['Ý kiến khác', 0, false],
    ])
    expect(conclusion).toBe('Được thông qua')
    expect(facts).toContainEqual(['Tỷ lệ thông qua', 'Cần quá nửa'])
  })

  test('count the papers of a secret vote', () => {
    const { facts } = minutes({ ...DONE, kind: 'secret', cast: 2 })
    expect(facts).toContainEqual(['Số phiếu phát ra', '3'])
    expect(facts).toContainEqual(['Số phiếu thu về', '2'])
    expect(facts).toContainEqual(['Số phiếu không hợp lệ', '1'])
  })

  test('of an opinion form tell its deadline, and papers instead of who was present', () => {
    const { facts } = minutes({ ...DONE, due_at: '2026-11-21T10:00:00Z', cast: 2 })
    expect(facts).toContainEqual(['Hình thức', 'Phiếu lấy ý kiến'])
    expect(facts).toContainEqual(['Thời hạn trả lời', '2026-11-21T10:00:00Z'])
    expect(facts).toContainEqual(['Số phiếu phát ra', '3'])
    expect(facts).toContainEqual(['Số phiếu thu về', '2'])
    const names = facts.map(([name]) => name)
    expect(names).not.toContain('Số đại biểu có mặt')
    expect(names).not.toContain('Số đại biểu đã biểu quyết')
  })

  test('name who is elected, the most votes first, and a tie', () => {
    const candidates = ['An', 'Bình', 'Chi'].map((name, i) => ({ id: `c${i + 1}`, name, note: '' }))
    const result = { ...RESULT, counts: { c1: 1, c2: 3, c3: 1 }, elected: ['c2'], tied: ['c1', 'c3'] }
    const { counts, conclusion } = minutes({
      ...DONE,
      kind: 'election',
      options: ['c1', 'c2', 'c3'],
      candidates,
      seats: 2,
      least: 1,
      result,
    })
    expect(counts[0]).toEqual(['Bình', 3, true])
    expect(conclusion).toContain('Trúng cử: Bình.')
    expect(conclusion).toContain('An, Chi')
  })

  test('name the tellers of a show of hands', () => {
    expect(minutes({ ...DONE, kind: 'show_of_hands', tellers: ['a', 'b'] }).tellers).toEqual([
      'Trần Quốc Bảo',
      'Lò Thị An',
    ])
  })
})
