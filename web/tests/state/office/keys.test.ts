import { expect, it } from 'vitest'
import { createKeys } from '../../../src/state/office/keys'

it('keeps the key of a content until it is done', () => {
  let number = 0
  const { keyFor, done } = createKeys(() => `key-${number++}`)
  const first = keyFor({ name: 'An' })
  expect(keyFor({ name: 'An' })).toBe(first)
  expect(keyFor({ name: 'Ân' })).not.toBe(first)
  const again = keyFor({ name: 'An' })
  expect(again).not.toBe(first)
  done()
  expect(keyFor({ name: 'An' })).not.toBe(again)
})
