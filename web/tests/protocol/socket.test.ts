import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { AnyPush, Problem } from '../../src/gen/protocol'
import { Link } from '../../src/protocol/socket'

/** Socket.IO without a line: what is emitted is answered by `answer`, or never when that throws. */
const line = {
  handlers: new Map<string, (given?: unknown) => void>(),
  sent: [] as { event: string; message: { key?: string } }[],
  answer: (): unknown => ({ ok: true }),
  connects: 0,
  hangsUp: 0,
}
const packets: (() => void)[] = []
const manager = new Map<string, (given: number) => void>()
const socket = {
  io: {
    engine: {
      transport: { name: 'websocket' },
      on: (_: string, handler: () => void) => packets.push(handler),
    },
    opts: { tryAllTransports: true },
    on: (event: string, handler: (given: number) => void) => manager.set(event, handler),
  },
  connected: true,
  active: true,
  on: (event: string, handler: (given?: unknown) => void) => line.handlers.set(event, handler),
  timeout: () => ({
    emitWithAck: async (event: string, message: { key?: string }) => {
      line.sent.push({ event, message })
      return line.answer()
    },
  }),
  connect: () => {
    line.connects += 1
    socket.active = true
  },
  disconnect: () => {
    line.hangsUp += 1
    socket.active = false
    return socket
  },
}
vi.mock('socket.io-client', () => ({ io: () => socket }))

const late = () => {
  throw new Error('timeout')
}
const heard = {
  pushes: [] as AnyPush[],
  links: [] as boolean[],
  problems: [] as Problem[],
}
let link: Link
let system: EventTarget

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(line, { sent: [], connects: 0, hangsUp: 0, answer: () => ({ ok: true }) })
  Object.assign(socket, { connected: true, active: true })
  packets.length = 0
  socket.io.opts.tryAllTransports = true
  Object.assign(heard, { pushes: [], links: [], problems: [] })
  system = new EventTarget()
  vi.stubGlobal('addEventListener', system.addEventListener.bind(system))
  vi.stubGlobal('removeEventListener', system.removeEventListener.bind(system))
  link = new Link({
    seq: () => null,
    me: () => null,
    session: () => 's1',
    isCompanion: () => false,
    pushed: (push) => heard.pushes.push(push),
    linked: (isLinked) => heard.links.push(isLinked),
    refused: (problem) => heard.problems.push(problem),
  })
})

/** Engine.IO has a connection by this transport. */
const opens = (name: string) => {
  socket.io.engine.transport.name = name
  manager.get('open')?.(0)
}

afterEach(() => {
  link.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const happens = (event: string, given?: unknown) => line.handlers.get(event)?.(given)

test('a key that is given is used, so that a command of before a reload stays one', async () => {
  await link.command({ type: 'cast_ballot', vote: 'v', choice: 'for' }, 'kept-key')
  await link.command({ type: 'cast_ballot', vote: 'v', choice: 'for' }, 'kept-key')
  expect(line.sent.map(({ message }) => message.key)).toEqual(['kept-key', 'kept-key'])
})

test('a command that is not answered is sent again with the same key; another has its own', async () => {
  let attempts = 0
  line.answer = () => (++attempts < 3 ? late() : { ok: true })
  expect(await link.command({ type: 'raise_hand' })).toEqual({ ok: true })
  await link.command({ type: 'raise_hand' })
  const keys = line.sent.map(({ message }) => message.key)
  expect(keys).toHaveLength(4)
  expect(new Set(keys).size).toBe(2)
  expect(new Set(keys.slice(0, 3)).size).toBe(1)
})

test('a line on which nothing at all comes in time is given up for another', async () => {
  opens('websocket')
  line.answer = late
  await link.media({ type: 'watch', wishes: [] })
  await vi.advanceTimersByTimeAsync(1_000)
  expect([line.hangsUp, line.connects]).toEqual([1, 1])
})

test('a line on which something else comes is only slow', async () => {
  opens('websocket')
  line.answer = () => {
    for (const packet of packets) packet()
    return late()
  }
  await link.media({ type: 'watch', wishes: [] })
  expect(line.hangsUp).toBe(0)
})

test('polling is a way out for lines that let no WebSocket through, until one has passed', () => {
  opens('polling')
  expect(socket.io.opts.tryAllTransports).toBe(true)
  opens('websocket')
  expect(socket.io.opts.tryAllTransports).toBe(false)
})

test('a network that lets none through later is found out in the end', () => {
  opens('websocket')
  manager.get('reconnect_attempt')?.(1)
  expect(socket.io.opts.tryAllTransports).toBe(false)
  manager.get('reconnect_attempt')?.(6)
  expect(socket.io.opts.tryAllTransports).toBe(true)
})

test('a line that is given up is not connected a second time by who is on a line again', async () => {
  opens('websocket')
  line.answer = late
  await link.media({ type: 'watch', wishes: [] })
  system.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(line.connects).toBe(1)
})

test('a device that is on a line again does not wait for the one of before', () => {
  system.dispatchEvent(new Event('online'))
  expect([line.hangsUp, line.connects]).toEqual([1, 1])
})

test('a command that is never answered ends, and says that nobody was reached', async () => {
  line.answer = late
  expect(await link.command({ type: 'raise_hand' })).toMatchObject({
    ok: false,
    problem: { code: 'unreachable' },
  })
})

test('after the end no command is tried again', async () => {
  line.answer = () => {
    link.close()
    return late()
  }
  await link.command({ type: 'raise_hand' })
  expect(line.sent).toHaveLength(1)
})

test('media is not kept for later: without a connection it is not sent', async () => {
  socket.connected = false
  expect(await link.media({ type: 'watch', wishes: [] })).toMatchObject({ ok: false })
  expect(line.sent).toEqual([])
})

test('a service that hung up is called again; a line that broke is left to Socket.IO', async () => {
  happens('disconnect', 'transport close')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(line.connects).toBe(0)
  socket.active = false
  happens('disconnect', 'io server disconnect')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(line.connects).toBe(1)
  expect(heard.links).toEqual([false, false])
})

test('a service that cannot be reached refuses nothing: Socket.IO tries again', async () => {
  happens('connect_error', new Error('websocket error'))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(heard.problems).toEqual([])
  expect(line.connects).toBe(0)
})

test('a refusal is told with its reason, and asked again', async () => {
  socket.active = false
  const problem = { code: 'too_many', message: 'Xin chờ' }
  happens('connect_error', Object.assign(new Error('refused'), { data: problem }))
  await vi.advanceTimersByTimeAsync(10_000)
  expect(heard.problems).toEqual([problem])
  expect(line.connects).toBe(1)
})

test('who was told that it ended does not come back', async () => {
  happens('push', { type: 'ended', reason: 'removed' })
  happens('disconnect', 'io server disconnect')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(heard.pushes).toEqual([{ type: 'ended', reason: 'removed' }])
  expect(line.connects).toBe(0)
})

test('who comes back is connected again at once', () => {
  link.comeBack()
  expect(line.connects).toBe(1)
})
