import { expect, test } from 'vitest'
import { askedAhead } from '../../src/protocol/ahead'

test('the first who calls has the answer that is on its way, each other asks again', async () => {
  let asked = 0
  const take = askedAhead(async () => ++asked)
  expect(asked).toBe(1)
  await expect(take()).resolves.toBe(1)
  await expect(take()).resolves.toBe(2)
})

test('what was refused before anybody called is told to who does', async () => {
  let asked = 0
  const take = askedAhead(async () => {
    asked += 1
    if (asked === 1) throw new Error('lost')
    return asked
  })
  await new Promise((done) => setTimeout(done))
  await expect(take()).rejects.toThrow('lost')
  await expect(take()).resolves.toBe(2)
})
