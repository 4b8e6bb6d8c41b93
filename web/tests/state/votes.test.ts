import { describe, expect, test } from 'vitest'
import type { MeetingEvent } from '../../src/gen/protocol'
import { apply } from '../../src/state/meeting'
import { noticeOf } from '../../src/state/notices'
import { vi as text } from '../../src/state/vi'
import {
  awaited,
  awaitedCount,
  candidatesOf,
  newCode,
  optionName,
  owesBallot,
  running,
  spelled,
  tallied,
  topical,
  wordsOf,
} from '../../src/state/votes'
import { AT, happened, MEETING, RESULT as NOTHING, VOTE } from '../meetings'

const RESULT = {
  ...NOTHING,
  counts: { for: 1, against: 0, other: 0 },
  returned: 1,
  valid: 1,
  ballots: { for: ['a'] },
}
const opened = apply(MEETING, happened('vote_opened', { vote: VOTE }))
const cast = apply(opened, happened('ballot_cast', { vote: 'v', participant: 'a' }))
const closed = apply(cast, happened('vote_closed', { vote: 'v' }))
const published = apply(closed, happened('vote_published', { vote: 'v', result: RESULT }))

describe('a vote by its events', () => {
  test('who has voted no longer owes a ballot', () => {
    expect(opened.vote && owesBallot(opened.vote, 'a', null)).toBe(true)
    expect(cast.vote && owesBallot(cast.vote, 'a', null)).toBe(false)
    expect(cast.vote && awaited(cast.vote)).toEqual(['chair', 'b'])
  })

  test('who is not on the roster owes none', () => {
    expect(owesBallot(opened.vote, 'late', null)).toBe(false)
  })

  test('nobody owes a ballot once it is closed', () => {
    expect(owesBallot(closed.vote, 'b', null)).toBe(false)
    expect(running(closed.vote)).toBe(closed.vote)
  })

  test('the result comes with its publication and stands for a while', () => {
    expect(closed.vote?.result).toBeNull()
    expect(published.vote).toMatchObject({ state: 'published', published_at: AT, result: RESULT })
    expect(running(published.vote)).toBeNull()
    expect(topical(published.vote, Date.parse(AT) + 60_000)).toBe(published.vote)
    expect(topical(published.vote, Date.parse(AT) + 600_000)).toBeNull()
  })

  test('a ballot told twice counts once', () => {
    expect(apply(cast, happened('ballot_cast', { vote: 'v', participant: 'a' })).vote?.voted).toEqual(['a'])
  })

  test('events of another vote change nothing', () => {
    expect(apply(opened, happened('ballot_cast', { vote: 'w', participant: 'a' })).vote).toBe(opened.vote)
  })

  test.each([
    happened('vote_cancelled', { vote: 'v' }),
    happened('state_changed', { from: 'in_session', to: 'closed', vote: 'v' }),
  ])('cancelled by itself, and with the meeting', (event) => {
    expect(apply(cast, event).vote?.state).toBe('cancelled')
    expect(running(apply(cast, event).vote)).toBeNull()
  })
})

describe('an election', () => {
  test('takes its candidates from lines as people write them', () => {
    const lines = ' 1. Trần Quốc Bảo, Chủ tịch, xã Minh Tâm\n\nLò Thị Mẩy\nVi Văn Phúc – Bí thư\nLê An - Phó'
    expect(candidatesOf(lines)).toEqual([
      { name: 'Trần Quốc Bảo', note: 'Chủ tịch, xã Minh Tâm' },
      { name: 'Lò Thị Mẩy', note: '' },
      { name: 'Vi Văn Phúc', note: 'Bí thư' },
      { name: 'Lê An', note: 'Phó' },
    ])
  })

  test('names its options by the candidates', () => {
    const vote = { ...VOTE, options: ['c1'], candidates: [{ id: 'c1', name: 'Lò Thị Mẩy', note: '' }] }
    expect(optionName(vote, 'c1', text.vote.choice)).toBe('Lò Thị Mẩy')
    expect(optionName(VOTE, 'for', text.vote.choice)).toBe('Tán thành')
  })
})

describe('a show of hands', () => {
  const hands = apply(
    MEETING,
    happened('vote_opened', { vote: { ...VOTE, kind: 'show_of_hands', tellers: ['chair', 'a'] } }),
  )
  const entered = (second: number) =>
    apply(
      hands,
      happened('hands_counted', {
        vote: 'v',
        participant: 'a',
        counted: ['chair', 'a'],
        tallies: { chair: { for: 2, against: 0, other: 0 }, a: { for: second, against: 0, other: 0 } },
      }),
    ).vote

  test('is owed by nobody', () => {
    expect(owesBallot(hands.vote, 'a', null)).toBe(false)
  })

  test('whose result is published was answered by all hands that were counted', () => {
    const counts = { for: 1, against: 1, other: 0 }
    const result = { ...NOTHING, counts, returned: 2, valid: 2 }
    const told = apply(hands, happened('vote_published', { vote: 'v', result })).vote
    expect(told?.cast).toBe(2)
    expect(told && awaitedCount(told)).toBe(1)
  })

  test('waits for both counts and for their agreement', () => {
    expect(hands.vote && tallied(hands.vote)).toBe('waiting')
    const [differing, agreeing] = [entered(1), entered(2)]
    expect(differing && tallied(differing)).toBe('differ')
    expect(agreeing && tallied(agreeing)).toBe('agree')
  })
})

describe('a secret vote', () => {
  const secret = apply(MEETING, happened('vote_opened', { vote: { ...VOTE, kind: 'secret' } }))
  const one = apply(secret, happened('secret_ballot_cast', { vote: 'v', cast: 1 }))

  test('tells how many have voted and not who', () => {
    expect(one.vote).toMatchObject({ cast: 1, voted: [] })
    expect(one.vote && awaitedCount(one.vote)).toBe(2)
  })

  test('is owed until the service has the own ballot', () => {
    expect(owesBallot(one.vote, 'a', null)).toBe(true)
    expect(owesBallot(one.vote, 'a', { vote: 'another', choice: null })).toBe(true)
    expect(owesBallot(one.vote, 'a', { vote: 'v', choice: null })).toBe(false)
  })

  test('gives each ballot a code of its own, read four by four', () => {
    const codes = Array.from({ length: 50 }, newCode)
    expect(new Set(codes).size).toBe(50)
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJ-NP-Z]{16}$/)
    expect(spelled('23456789ABCDEFGH')).toBe('2345 6789 ABCD EFGH')
  })
})

describe('an opinion form', () => {
  const form = { ...VOTE, due_at: '2026-11-21T10:00:00Z' }
  const asked = apply({ ...MEETING, state: 'invited' }, happened('vote_opened', { vote: form }))
  const told = (event: MeetingEvent) => noticeOf(event, asked, { me: 'late', leads: false }, text)?.text ?? ''

  test('is spoken of in words of its own', () => {
    const words = wordsOf(form, text)
    expect(words.close).toBe('Kết thúc lấy ý kiến')
    expect(words.voted(1, 3)).toBe('Đã gửi ý kiến 1/3 phiếu phát ra')
    expect(words.choice).toBe(text.vote.choice)
    expect(wordsOf(VOTE, text)).toBe(text.vote)
    expect(wordsOf(null, text)).toBe(text.vote)
  })

  test('causes no notice of a vote', () => {
    const notices = [
      happened('vote_opened', { vote: form }),
      happened('vote_closed', { vote: 'v' }),
      happened('vote_cancelled', { vote: 'v' }),
      happened('vote_published', { vote: 'v', result: RESULT }),
    ].map(told)
    expect(notices).toHaveLength(4)
    for (const notice of notices) {
      expect(notice).toContain('lấy ý kiến')
      expect(notice).not.toContain('biểu quyết')
    }
  })
})

test('who votes is told by the ballot, the others by a line', () => {
  const told = (me: string) =>
    noticeOf(happened('vote_opened', { vote: VOTE }), MEETING, { me, leads: false }, text)
  expect(told('a')).toMatchObject({ urgent: true, visible: false })
  expect(told('late')).toMatchObject({ urgent: true, visible: true })
})

test('a substitute has the right to answer the form that its owner did not answer', () => {
  const [owner, ...others] = VOTE.roster as [string, ...string[]]
  const substitute = { ...(MEETING.participants[0] as (typeof MEETING.participants)[number]), id: 'new' }
  const meeting = { ...MEETING, vote: VOTE }
  const replaced = { participant: owner, substitute, vote: VOTE.id }
  expect(apply(meeting, happened('participant_replaced', replaced)).vote?.roster).toEqual(['new', ...others])
  const kept = apply(meeting, happened('participant_replaced', { ...replaced, vote: null }))
  expect(kept.vote?.roster).toEqual(VOTE.roster)
})
