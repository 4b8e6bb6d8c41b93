import { expect, test } from 'vitest'
import { neededOf, quorumOf } from '../../src/state/quorum'
import { MEETING, participant } from '../meetings'

test('more than half of those who may vote must be here', () => {
  const here = (id: string) => ({ ...participant(id), present: true })
  const away = ['c', 'd'].map((id) => participant(id))
  const others = [participant('s', 'secretary'), { ...participant('g', 'guest'), present: true }]
  const two = { ...MEETING, participants: [here('a'), here('b'), ...away, ...others] }
  expect(quorumOf(two)).toEqual({ convened: 4, present: 2, needed: 3, isReached: false })
  const three = { ...two, participants: [...two.participants, here('e')] }
  expect(quorumOf(three)).toMatchObject({ present: 3, needed: 3, isReached: true })
})

test('a body counts all its members, by a share of its own', () => {
  const body = {
    id: 'b',
    kind: 'standing',
    name: 'Ban Thường trực',
    members: 7,
    quorum: 'two_thirds',
    rule: 'more_than_half',
    base: 'all_members',
    basis: '',
  } as const
  const participants = ['a', 'b', 'c'].map((id) => ({ ...participant(id), present: true }))
  expect(quorumOf({ ...MEETING, body, participants })).toEqual({
    convened: 7,
    present: 3,
    needed: 5,
    isReached: false,
  })
})

test('shares are exact', () => {
  expect(neededOf('two_thirds', 9)).toBe(6)
  expect(neededOf('two_thirds', 10)).toBe(7)
  expect(neededOf('three_quarters', 8)).toBe(6)
  expect(neededOf('more_than_half', 286)).toBe(144)
})
