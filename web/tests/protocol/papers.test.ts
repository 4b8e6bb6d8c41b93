import { afterEach, expect, test, vi } from 'vitest'
import { sendFile } from '../../src/protocol/papers'

const SIZE = 300_000
const file = new Blob([new Uint8Array(SIZE)])
const request = { key: 'file-0001', size: SIZE, title: 'Báo cáo' }

afterEach(() => vi.unstubAllGlobals())

/** A service that has a file once all of it came; `fails` says which of the requests, from 0, find no line. */
function service(fails: (request: number) => boolean = () => false) {
  let offset = 0
  let count = 0
  const pieces: number[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    count += 1
    if (fails(count - 1)) throw new TypeError('no line')
    if (init.method === 'PATCH') {
      const from = Number(new URL(path, 'http://x').searchParams.get('offset'))
      const piece = init.body as Blob
      if (from !== offset) return Response.json({ code: 'wrong_offset', message: '' }, { status: 409 })
      offset += piece.size
      pieces.push(piece.size)
    }
    return Response.json({ upload: 'u', offset, size: SIZE, version: offset === SIZE ? 'w' : null })
  })
  return pieces
}

function sending() {
  const told: [number, boolean][] = []
  return {
    told,
    how: {
      progress: (share: number, waits: boolean) => told.push([share, waits]),
      signal: new AbortController().signal,
      pause: async () => undefined,
      now: () => 0,
    },
  }
}

test('a file goes up in growing pieces', async () => {
  const pieces = service()
  const { told, how } = sending()
  expect(await sendFile(file, request, how)).toBe('w')
  expect(pieces.reduce((sum, piece) => sum + piece)).toBe(SIZE)
  expect(pieces[1]).toBeGreaterThan(pieces[0] ?? 0)
  expect(told.at(-1)).toEqual([1, false])
})

test('a line that breaks costs a question, not the file', async () => {
  const pieces = service((request) => request === 2 || request === 3)
  const { told, how } = sending()
  expect(await sendFile(file, request, how)).toBe('w')
  expect(pieces.reduce((sum, piece) => sum + piece)).toBe(SIZE)
  expect(told.some(([, waits]) => waits)).toBe(true)
})

test('a piece whose answer was lost is not sent twice', async () => {
  const pieces = service()
  const inner = globalThis.fetch
  let isLost = true
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const answer = await inner(path, init)
    if (init.method === 'PATCH' && isLost) {
      isLost = false
      throw new TypeError('no line')
    }
    return answer
  })
  expect(await sendFile(file, request, sending().how)).toBe('w')
  expect(pieces.reduce((sum, piece) => sum + piece)).toBe(SIZE)
})

test('a refusal is told', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ code: 'file_too_large', message: 'Tệp quá lớn.' }, { status: 413 }),
  )
  await expect(sendFile(file, request, sending().how)).rejects.toThrow('Tệp quá lớn.')
})

test('who gives up stops', async () => {
  service()
  const { how } = sending()
  await expect(sendFile(file, request, { ...how, signal: AbortSignal.abort() })).rejects.toThrow()
})
