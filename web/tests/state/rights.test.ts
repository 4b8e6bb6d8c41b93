import { expect, test } from 'vitest'
import type { Meeting, Role } from '../../src/gen/protocol'
import { isSilenced, publishingRights } from '../../src/state/rights'
import { MEETING, participant } from '../meetings'

function rights(
  role: Role,
  {
    muted = false,
    holds = false,
    mode = 'chaired' as Meeting['floor']['mode'],
    state = MEETING.state as Meeting['state'],
  } = {},
) {
  const me = { ...participant('me', role), muted }
  const floor = { ...MEETING.floor, mode, holder: holds ? 'me' : null }
  return [...publishingRights({ ...MEETING, state, participants: [me], floor }, 'me')].sort()
}

test('nobody sends anything before check-in is open', () => {
  expect(rights('chair', { state: 'invited' })).toEqual([])
  expect(rights('chair', { state: 'check_in' })).toEqual(['camera', 'microphone', 'screen'])
})

test('in a chaired meeting only the chair and the floor are heard', () => {
  expect(rights('chair')).toEqual(['camera', 'microphone', 'screen'])
  expect(rights('secretary')).toEqual(['camera', 'screen'])
  expect(rights('delegate')).toEqual(['camera'])
  expect(rights('guest', { holds: true })).toEqual(['camera', 'microphone', 'screen'])
})

test('in an open meeting everybody is heard who is not muted', () => {
  expect(rights('delegate', { mode: 'open' })).toEqual(['camera', 'microphone'])
  expect(rights('delegate', { mode: 'open', muted: true })).toEqual(['camera'])
})

test('who is muted is not heard, the holder of the floor and the chair included', () => {
  expect(rights('delegate', { holds: true, muted: true })).toEqual(['camera', 'screen'])
  expect(rights('chair', { muted: true })).toEqual(['camera', 'screen'])
})

test('only who would be heard otherwise is silenced: the others wait for the floor, which unmutes', () => {
  const silenced = (role: Role, mode: Meeting['floor']['mode'], holder: string | null, muted = true) => {
    const me = { ...participant('me', role), muted }
    return isSilenced({ ...MEETING, participants: [me], floor: { ...MEETING.floor, mode, holder } }, 'me')
  }
  expect(silenced('delegate', 'chaired', 'me')).toBe(true)
  expect(silenced('delegate', 'open', null)).toBe(true)
  expect(silenced('chair', 'chaired', null)).toBe(true)
  expect(silenced('delegate', 'chaired', null)).toBe(false)
  expect(silenced('delegate', 'open', null, false)).toBe(false)
})

test('the screen of a hall sends nothing', () => {
  expect(rights('big_screen', { mode: 'open' })).toEqual([])
})
