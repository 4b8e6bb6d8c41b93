import { expect, test } from 'vitest'
import { emptyStage, nextStage, STAGE_HOLD_MS, type StageFacts } from '../../src/state/stage'

const facts: StageFacts = {
  chairPin: null,
  ownPin: null,
  holder: null,
  loudest: null,
  chair: 'chair',
  first: 'z',
  showable: () => true,
}

test("the order is the chair's pin, one's own, the floor, the loudest, the chair", () => {
  const all = { ...facts, chairPin: 'a', ownPin: 'b', holder: 'c', loudest: 'd' }
  const who = (change: Partial<StageFacts>) => nextStage(emptyStage, { ...all, ...change }, 0).who
  expect(who({})).toBe('a')
  expect(who({ chairPin: null })).toBe('b')
  expect(who({ chairPin: null, ownPin: null })).toBe('c')
  expect(who({ chairPin: null, ownPin: null, holder: null })).toBe('d')
  expect(who({ chairPin: null, ownPin: null, holder: null, loudest: null })).toBe('chair')
})

test('a voice keeps the stage for three seconds against another voice', () => {
  const first = nextStage(emptyStage, { ...facts, loudest: 'a' }, 1000)
  const other = { ...facts, loudest: 'b' }
  expect(nextStage(first, other, 1000 + STAGE_HOLD_MS - 1).who).toBe('a')
  expect(nextStage(first, other, 1000 + STAGE_HOLD_MS).who).toBe('b')
})

test('the floor takes the stage at once, and a voice that left gives it up', () => {
  const first = nextStage(emptyStage, { ...facts, loudest: 'a' }, 1000)
  expect(nextStage(first, { ...facts, loudest: 'a', holder: 'b' }, 1001).who).toBe('b')
  expect(nextStage(first, { ...facts, showable: (id) => id !== 'a' }, 1001).who).toBe('chair')
})

test('who cannot be shown is passed over, and an unchanged stage is the same object', () => {
  const stage = nextStage(emptyStage, { ...facts, holder: 'me', showable: (id) => id !== 'me' }, 5)
  expect(stage).toMatchObject({ who: 'chair', why: 'chair', since: 5 })
  expect(nextStage(stage, facts, 9)).toBe(stage)
})

test('when nobody is wanted the last one stays, and at first there is somebody', () => {
  const atTheChair = { ...facts, showable: (id: string) => id !== 'chair' }
  const first = nextStage(emptyStage, atTheChair, 0)
  expect(first.who).toBe('z')
  const spoke = nextStage(first, { ...atTheChair, holder: 'a' }, 1)
  expect(nextStage(spoke, atTheChair, 2).who).toBe('a')
})
