import { expect, test } from 'vitest'
import type { ShownPage } from '../../src/gen/protocol'
import { presents, turned } from '../../src/state/reading'

const shown: ShownPage = { document: 'd', version: 'v', page: 7, participant: 'chair', audience: 'delegates' }
const me = { me: 'a', putAway: null }

test('what is shown opens where nothing is read', () => {
  expect(turned(null, shown, me)).toEqual({ version: 'v', page: 7, follows: true })
})

test('who follows is turned, also to another paper', () => {
  const reading = { version: 'v', page: 7, follows: true }
  expect(turned(reading, { ...shown, page: 8 }, me)?.page).toBe(8)
  expect(turned(reading, { ...shown, version: 'w', page: 1 }, me)?.version).toBe('w')
})

test('who reads alone is left alone', () => {
  const reading = { version: 'v', page: 3, follows: false }
  expect(turned(reading, shown, me)).toBe(reading)
  expect(turned(reading, null, me)).toBe(reading)
})

test('the end of showing closes what was followed', () => {
  expect(turned({ version: 'v', page: 7, follows: true }, null, me)).toBeNull()
})

test('what somebody closed stays closed until another paper is shown', () => {
  expect(turned(null, shown, { me: 'a', putAway: 'v' })).toBeNull()
  expect(turned(null, { ...shown, version: 'w' }, { me: 'a', putAway: 'v' })?.version).toBe('w')
})

test('who shows is not turned back by an earlier page of their own', () => {
  const reading = { version: 'v', page: 9, follows: true }
  expect(turned(reading, shown, { me: 'chair', putAway: null })).toBe(reading)
})

test('pages are turned for all by whoever shows them, or has just asked to', () => {
  const reading = { version: 'v', page: 7, follows: true }
  const now = { awaited: 0, seq: 5, shown, me: 'a' }
  expect(presents(reading, now)).toBe(false)
  expect(presents(reading, { ...now, me: 'chair' })).toBe(true)
  expect(presents({ ...reading, follows: false }, { ...now, me: 'chair' })).toBe(false)
  expect(presents(reading, { ...now, awaited: Infinity })).toBe(true)
  expect(presents(reading, { ...now, awaited: 6 })).toBe(true)
})

test('whoever shows another page right after the own one turns the pages', () => {
  const reading = { version: 'v', page: 7, follows: true }
  expect(presents(reading, { awaited: 6, seq: 7, shown, me: 'a' })).toBe(false)
})
