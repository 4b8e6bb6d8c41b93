import { expect, test } from 'vitest'
import { placeOn } from '../../src/state/places'

const box = { left: 100, top: 50, width: 300, height: 424 }
const a4 = { width: 595, height: 842 }

test('a place on the screen is one on the page, to a tenth of a point', () => {
  expect(placeOn(box, a4, 250, 262)).toEqual({ x: 297.5, y: 421 })
  expect(placeOn({ ...box, width: 600, height: 848 }, a4, 400, 474)).toEqual({ x: 297.5, y: 421 })
})

test('beside the page it is the nearest place on it', () => {
  expect(placeOn(box, a4, 0, 10_000)).toEqual({ x: 0, y: 842 })
})
