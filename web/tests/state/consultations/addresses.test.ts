import { expect, test } from 'vitest'
import { misaddressedOf } from '../../../src/state/consultations/addresses'

test('an address is none, or one that mail can go to', () => {
  const chosen = new Map([
    ['u1', ''],
    ['u2', ' vanphong@lamson.example '],
    ['u3', 'vanphong'],
    ['u4', 'van phong@lamson.example'],
    ['u5', 'vanphong@lamson'],
  ])
  expect([...misaddressedOf(chosen)]).toEqual(['u3', 'u4', 'u5'])
})
