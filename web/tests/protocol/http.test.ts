import { afterEach, expect, test, vi } from 'vitest'
import { enter, logOut, openMeeting } from '../../src/protocol/http'

afterEach(() => void vi.unstubAllGlobals())

const answer = (body: string, status: number) =>
  vi.stubGlobal('fetch', async () => new Response(body, { status }))

test("a refusal carries the service's reason", async () => {
  const problem = { code: 'used_link', message: 'Liên kết đã dùng' }
  answer(JSON.stringify(problem), 409)
  await expect(enter({ token: 't' })).rejects.toMatchObject({ problem })
})

test('an answer that is not ours is named by its status', async () => {
  for (const body of ['<html>Bad Gateway</html>', 'null', '']) {
    answer(body, 502)
    await expect(enter({ token: 't' })).rejects.toMatchObject({ problem: { code: 'http_502' } })
  }
})

test('no answer is a refusal too', async () => {
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch')
  })
  await expect(enter({ token: 't' })).rejects.toMatchObject({ problem: { code: 'unreachable' } })
})

test('an answer that breaks off is none, and one of somebody else neither', async () => {
  const broken = () =>
    new ReadableStream({
      start(body) {
        body.enqueue(new TextEncoder().encode('{"code":'))
        body.error(new TypeError('network error'))
      },
    })
  for (const status of [200, 409]) {
    vi.stubGlobal('fetch', async () => new Response(broken(), { status }))
    await expect(enter({ token: 't' })).rejects.toMatchObject({ problem: { code: 'unreachable' } })
  }
  answer('<html>Welcome to our Wi-Fi</html>', 200)
  await expect(enter({ token: 't' })).rejects.toMatchObject({ problem: { code: 'unreachable' } })
})

test('an answer may be empty', async () => {
  answer('', 200)
  expect(await logOut()).toBeNull()
})

test('what somebody typed into the address stays one part of the path', async () => {
  const asked = vi.fn(async (_: string) => new Response('{}'))
  vi.stubGlobal('fetch', asked)
  await openMeeting('../me?x')
  expect(asked.mock.calls[0]?.[0]).toBe('/api/meetings/..%2Fme%3Fx')
})
