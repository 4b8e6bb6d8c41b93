import { expect, test } from 'vitest'
import type { Stroke } from '../../src/gen/protocol'
import { endOf, extended, isFull, LONGEST_STROKE, pathOf, withWaiting } from '../../src/state/ink'

const stroke = (id: string): Stroke => ({ id, tool: 'pen', points: [1, 2] })

test('a stroke is its beginning and the way from place to place', () => {
  let points: readonly number[] = []
  for (const place of [
    { x: 10, y: 20 },
    { x: 12.5, y: 19 },
    { x: 12.6, y: 19 }, // too near to tell anything
    { x: 12.5, y: 25 },
  ])
    points = extended(points, place)
  expect(points).toEqual([100, 200, 25, -10, 0, 60])
  expect(endOf(points)).toEqual([125, 250])
  expect(pathOf(points)).toBe('M100 200l25 -10 0 60')
  expect(pathOf([5, 6])).toBe('M5 6h0')
})

test('it has an end', () => {
  let points: readonly number[] = []
  let places = 0
  while (!isFull(points)) points = extended(points, { x: 10 * ++places, y: 0 })
  expect(places).toBe(LONGEST_STROKE)
})

test('what waits to be sent is on the page already, and what is rubbed out no more', () => {
  const waiting = new Map([
    ['a', null],
    ['c', stroke('c')],
    ['b', stroke('b')],
  ])
  expect(withWaiting([stroke('a'), stroke('b')], waiting).map((one) => one.id)).toEqual(['b', 'c'])
})
