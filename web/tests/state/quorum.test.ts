import { expect, test } from 'vitest'
import { neededOf, quorumOf } from '../../src/state/quorum'
import { MEETING, participant } from '../meetings'

const BODY = {
  id: 'b',
  kind: 'standing',
  name: 'Ban Thường trực',
  members: 7,
  quorum: 'two_thirds',
  rule: 'more_than_half',
  base: 'all_members',
  basis: '',
  former: ['c'],
} as const

test('more than half of those who may vote must be here', () => {
  const here = (id: string) => ({ ...participant(id), present: true })
  const away = ['c', 'd'].map((id) => participant(id))
  const others = [participant('s', 'secretary'), { ...participant('g', 'guest'), present: true }]
  const two = { ...MEETING, participants: [here('a'), here('b'), ...away, ...others] }
  expect(quorumOf(two)).toEqual({ convened: 4, present: 2, needed: 3, isReached: false })
  const three = { ...two, participants: [...two.participants, here('e')] }
  expect(quorumOf(three)).toMatchObject({ present: 3, needed: 3, isReached: true })
})

test('a body counts all its members and nobody who has left it, by a share of its own', () => {
  const participants = ['a', 'b', 'c', 'd'].map((id) => ({ ...participant(id), present: true }))
  expect(quorumOf({ ...MEETING, body: BODY, participants })).toEqual({
    convened: 7,
    present: 3,
    needed: 5,
    isReached: false,
  })
})

test('nobody is enough where nobody may vote', () => {
  const body = { ...BODY, members: 0 }
  expect(quorumOf({ ...MEETING, body, participants: [] })).toMatchObject({ needed: 0, isReached: false })
})

test('shares are exact', () => {
  expect(neededOf('two_thirds', 9)).toBe(6)
  expect(neededOf('two_thirds', 10)).toBe(7)
  expect(neededOf('three_quarters', 8)).toBe(6)
  expect(neededOf('more_than_half', 286)).toBe(144)
})
