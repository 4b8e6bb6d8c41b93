import { expect, test } from 'vitest'
import { quorumOf } from '../../src/state/quorum'
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
