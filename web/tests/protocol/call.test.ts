import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AnyMedia, AnyPush, Problem, Welcome } from '../../src/gen/protocol'
import { Call } from '../../src/protocol/call'
import { openDevice, openScreen } from '../../src/protocol/devices'
import { type Listener, UNREACHABLE } from '../../src/protocol/socket'
import { createChoices } from '../../src/state/choices'
import type { Slot, Wanted } from '../../src/state/layout'
import { createStore } from '../../src/state/store'
import { vi as text } from '../../src/state/vi'
import { AT, happened, lastSeq, MEETING } from '../meetings'

/** The service's end of the socket: what arrived there, and what it pushes. */
const service = {
  listener: null as unknown as Listener,
  said: [] as AnyMedia[],
  checked: [] as AnyMedia[],
  isClosed: false,
  comebacks: 0,
  refusal: null as Problem | null,
  of: <T extends AnyMedia['type']>(type: T) =>
    service.said.filter((message): message is Extract<AnyMedia, { type: T }> => message.type === type),
}
const peers: FakePeer[] = []
let canReachThrough = true

class FakePeer {
  state: RTCPeerConnectionState = 'new'
  readonly voices = []
  readonly sent = new Map<string, unknown>()

  constructor(
    readonly tiles: number,
    public servers: unknown,
    readonly negotiate: (sdp: string, restart: boolean) => Promise<string>,
    readonly changed: () => void,
  ) {
    peers.push(this)
  }
  reachThrough(servers: unknown) {
    this.servers = servers
  }
  async connect({ restart = false } = {}) {
    await this.negotiate('offer', restart)
    this.becomes('connected')
  }
  becomes(state: RTCPeerConnectionState) {
    this.state = state
    this.changed()
  }
  mid(slot: Slot) {
    if (typeof slot === 'number') return slot < this.tiles ? String(8 + slot) : null
    return slot === 'stage' ? '6' : '7'
  }
  picture() {
    return null
  }
  async send(kind: string, track: unknown) {
    this.sent.set(kind, track)
  }
  async obey() {}
  async sample() {
    return null
  }
  close() {
    this.state = 'closed'
  }
}

vi.mock('../../src/protocol/socket', async (original) => ({
  ...(await original<typeof import('../../src/protocol/socket')>()),
  Link: class {
    constructor(listener: Listener) {
      service.listener = listener
    }
    async media(message: AnyMedia) {
      service.said.push(message)
      if (message.type !== 'publish' && service.refusal) return { ok: false, problem: service.refusal }
      return { ok: true, answer: message.type === 'offer' ? 'answer' : undefined }
    }
    check(message: AnyMedia) {
      service.checked.push(message)
    }
    comeBack() {
      service.comebacks += 1
    }
    close() {
      service.isClosed = true
    }
  },
}))
vi.mock('../../src/protocol/peer', () => ({
  canReachThrough: () => canReachThrough,
  get Peer() {
    return FakePeer
  },
}))
vi.mock('../../src/protocol/devices', async (original) => ({
  ...(await original<typeof import('../../src/protocol/devices')>()),
  lacking: () => null,
  openDevice: vi.fn(),
  openScreen: vi.fn(),
}))

interface FakeTrack {
  enabled: boolean
  isStopped: boolean
  readyState: MediaStreamTrackState
  stop: () => void
  unplug: () => void
  onended: (() => void) | null
}

function track(): FakeTrack & MediaStreamTrack {
  const made: FakeTrack = {
    enabled: true,
    isStopped: false,
    readyState: 'live',
    stop: () => {
      made.isStopped = true
      made.readyState = 'ended'
    },
    unplug: () => {
      made.readyState = 'ended'
      made.onended?.()
    },
    onended: null,
  }
  return made as FakeTrack & MediaStreamTrack
}

const nowhere = () => ({ getItem: () => null, setItem: () => undefined })
const welcome: Welcome = {
  type: 'welcome',
  me: 'a',
  role: 'delegate',
  may: ['say'],
  seq: 0,
  now: AT,
  demo: false,
  meeting: { ...MEETING, floor: { ...MEETING.floor, mode: 'open' } },
  events: [],
  presence: [],
  ballot: null,
  papers: null,
  knocks: [],
  ice_servers: [],
  media_known: false,
}
const stage: Wanted[] = [{ slot: 'stage', source: 'b:camera', layer: 'f' }]

let call: Call

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaStream', class {})
  vi.mocked(openDevice)
    .mockReset()
    .mockImplementation(async () => track())
  Object.assign(service, { said: [], checked: [], isClosed: false, comebacks: 0, refusal: null })
  peers.length = 0
  arrive()
})

afterEach(() => {
  call.leave()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function arrive(opened: Partial<Record<'microphone' | 'camera', MediaStreamTrack>> = {}) {
  const choices = createChoices(nowhere, nowhere)
  choices.wantsMicrophone.value = false
  choices.wantsCamera.value = false
  call = new Call(createStore(), choices, 'phone', opened)
}

const told = () => call.store.notices.value.map(({ text }) => text)
const push = (message: AnyPush) => service.listener.pushed(message)
const settled = () => vi.advanceTimersByTimeAsync(0)
const newest = () => peers.at(-1) as FakePeer

async function enter(change: Partial<Welcome> = {}) {
  service.listener.linked(true)
  push({ ...welcome, seq: lastSeq(), ...change })
  await settled()
}

describe('when the socket was away', () => {
  test('media that is still known goes on: no new offer, but what is watched and sent is said again', async () => {
    await enter()
    call.watch(stage)
    service.listener.linked(false)
    service.listener.linked(true)
    push({ ...welcome, media_known: true })
    await settled()
    expect(peers).toHaveLength(1)
    expect(service.of('offer')).toHaveLength(1)
    expect(service.of('watch').map(({ wishes }) => wishes)).toEqual([
      [],
      [{ slot: '6', source: 'b:camera', layer: 'f' }],
      [{ slot: '6', source: 'b:camera', layer: 'f' }],
    ])
  })

  test('media that was forgotten is offered anew', async () => {
    await enter()
    await enter()
    expect(peers.map(({ state }) => state)).toEqual(['closed', 'connected'])
    expect(service.of('offer')).toHaveLength(2)
  })

  test('an event before which one is missing is asked for again, with the missing one', async () => {
    await enter()
    const [opened, muted] = [
      happened('floor_mode_changed', { mode: 'open' }),
      happened('all_muted', { previous: null }),
    ]
    push(muted)
    expect([service.comebacks, call.store.seq.value]).toEqual([1, opened.seq - 1])
    push({ ...welcome, meeting: null, events: [opened, muted], seq: muted.seq })
    expect([service.comebacks, call.store.seq.value]).toEqual([1, muted.seq])
  })

  test('what the service would not let be watched is asked for again', async () => {
    await enter()
    const take = service.of('watch').length
    service.refusal = { code: 'too_fast', message: 'Quá nhanh.' }
    call.watch(stage)
    await settled()
    service.refusal = null
    await vi.advanceTimersByTimeAsync(10_000)
    expect(service.of('watch').slice(take)).toHaveLength(2)
  })

  test('nothing is watched into the void', async () => {
    await enter()
    service.listener.linked(false)
    const before = service.said.length
    call.watch(stage)
    expect(service.said).toHaveLength(before)
  })
})

describe('when the media connection was away', () => {
  test('its addresses are renewed first, then the whole of it, and wishes are said again', async () => {
    await enter()
    call.watch(stage)
    newest().becomes('disconnected')
    expect(call.store.media.value).toBe('interrupted')
    expect(service.checked).toEqual([{ type: 'publish', microphone: false, camera: false, screen: false }])
    newest().connect = async ({ restart = false } = {}) => void (await newest().negotiate('offer', restart))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(service.of('offer').map(({ restart }) => restart)).toEqual([false, true])
    await vi.advanceTimersByTimeAsync(8_000)
    expect(peers).toHaveLength(2)
    expect(call.store.media.value).toBe('connected')
    expect(service.of('watch').at(-1)?.wishes).toEqual([{ slot: '6', source: 'b:camera', layer: 'f' }])
  })

  test('a renewal of addresses that nobody answered is tried again', async () => {
    await enter()
    newest().becomes('disconnected')
    newest().connect = async ({ restart = false } = {}) => void (await newest().negotiate('offer', restart))
    service.refusal = { code: UNREACHABLE, message: '' }
    await vi.advanceTimersByTimeAsync(1_000)
    service.refusal = null
    await vi.advanceTimersByTimeAsync(1_000)
    newest().becomes('connected')
    const restarts = service.of('offer').map(({ restart }) => restart)
    expect(restarts.length).toBeGreaterThan(2)
    expect(restarts.slice(1)).not.toContain(false)
  })

  test('nothing is offered to a worker that is gone, until another is ready', async () => {
    await enter()
    push({ type: 'media_gone', ready: false })
    newest().becomes('failed')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(service.of('offer')).toHaveLength(1)
    push({ type: 'media_gone', ready: true })
    await settled()
    expect(service.of('offer')).toHaveLength(2)
  })

  test('an offer that is refused is said to be, and made again until it is taken', async () => {
    const full = { code: 'room_full', message: 'Phòng họp đã đủ. Trang sẽ tự thử lại.' }
    service.refusal = full
    await enter()
    expect(call.store.mediaProblem.value).toEqual(full)
    service.refusal = null
    await vi.advanceTimersByTimeAsync(10_000)
    expect([call.store.mediaProblem.value, call.store.media.value]).toEqual([null, 'connected'])
  })

  test('every connection has its number, so that pictures are taken from the newest', async () => {
    await enter()
    newest().becomes('failed')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(call.connection.value).toBe(2)
  })
})

describe('wishes', () => {
  test('are said when they change, for slots that exist and sources that are wanted', async () => {
    await enter()
    const before = service.of('watch').length
    call.watch([
      ...stage,
      { slot: 0, source: null, layer: 'q' },
      { slot: 4, source: 'chair:camera', layer: 'q' },
    ])
    call.watch(stage)
    expect(service.of('watch').slice(before)).toEqual([
      { type: 'watch', wishes: [{ slot: '6', source: 'b:camera', layer: 'f' }] },
    ])
  })
})

describe('devices', () => {
  test('who presses twice is asked for the device once', async () => {
    await enter()
    await Promise.all([call.publish('camera', true), call.publish('camera', true)])
    expect(openDevice).toHaveBeenCalledTimes(1)
    expect(newest().sent.get('camera')).toBeDefined()
    expect(service.of('publish').at(-1)).toMatchObject({ camera: true })
  })

  test('a silenced microphone stays open, a camera that is off is closed', async () => {
    await enter()
    const [microphone, camera] = [track(), track()]
    vi.mocked(openDevice).mockImplementation(async (kind) => (kind === 'camera' ? camera : microphone))
    for (const isOn of [true, false]) {
      await call.publish('microphone', isOn)
      await call.publish('camera', isOn)
    }
    expect([microphone.isStopped, microphone.enabled, camera.isStopped]).toEqual([false, false, true])
    expect(newest().sent.get('microphone')).toBeNull()
    expect(call.ownPicture.value).toBeNull()
  })

  test.each([true, false])('what one chose goes on when the doors open, device open: %s', async (isOpen) => {
    call.leave()
    arrive(isOpen ? { microphone: track() } : {})
    call.choices.wantsMicrophone.value = true
    await enter({ me: 'chair', role: 'chair', meeting: { ...MEETING, state: 'invited' } })
    push({ type: 'permit', publish: [] })
    await settled()
    expect(call.store.sends.value.microphone).toBe(false)
    expect(newest().sent.get('microphone')).toBeNull()
    push({ type: 'permit', publish: ['camera', 'microphone', 'screen'] })
    await settled()
    expect(call.store.sends.value.microphone).toBe(true)
    expect(newest().sent.get('microphone')).toMatchObject({ enabled: true })
  })

  test('a microphone is taken up when the doors open, not when the floor is given', async () => {
    call.choices.wantsMicrophone.value = true
    await enter({ meeting: MEETING })
    push(happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }))
    push({ type: 'permit', publish: ['camera', 'microphone', 'screen'] })
    await settled()
    expect(call.store.sends.value.microphone).toBe(false)
  })

  test('a microphone whose right went while the browser asked is held, and not said to be on', async () => {
    await enter()
    const late = track()
    vi.mocked(openDevice).mockImplementation(async () => late)
    const asked = call.publish('microphone', true)
    push({ type: 'permit', publish: ['camera'] })
    await asked
    expect(call.store.sends.value.microphone).toBe(false)
    expect([late.enabled, late.isStopped]).toEqual([false, false])
    expect(newest().sent.get('microphone')).toBeNull()
  })

  test('a screen whose right went while the browser asked is closed', async () => {
    await enter()
    push({ type: 'permit', publish: ['screen'] })
    const late = track()
    vi.mocked(openScreen).mockResolvedValueOnce(late)
    const asked = call.publish('screen', true)
    push({ type: 'permit', publish: [] })
    await asked
    expect([call.store.sends.value.screen, late.isStopped]).toEqual([false, true])
  })

  test('a right that ends switches off what it allowed, and says so', async () => {
    await enter()
    await call.publish('microphone', true)
    push(happened('floor_mode_changed', { mode: 'chaired' }))
    await settled()
    expect(call.store.sends.value.microphone).toBe(false)
    expect(service.of('publish').at(-1)).toMatchObject({ microphone: false })
  })

  const partings = [
    ['has left', async () => call.leave()],
    ['has sat down in the hall', () => call.accompany(true)],
  ] as const

  test.each(partings)('a camera that is given after one %s is closed at once', async (_, part) => {
    await enter()
    const late = track()
    vi.mocked(openDevice).mockImplementation(async () => late)
    const asked = call.publish('camera', true)
    await part()
    await asked
    expect(late.isStopped).toBe(true)
    expect(call.store.sends.value.camera).toBe(false)
  })

  test.each(partings)('another camera that is given after one %s is closed at once', async (_, part) => {
    await enter()
    await call.publish('camera', true)
    const late = track()
    vi.mocked(openDevice).mockImplementation(async () => late)
    const asked = call.change('camera', 'other')
    await part()
    await asked
    expect(late.isStopped).toBe(true)
  })

  test('a device that ends by itself is no longer said to be sent', async () => {
    await enter()
    const unplugged = track()
    vi.mocked(openDevice).mockImplementation(async () => unplugged)
    await call.publish('camera', true)
    unplugged.unplug()
    await settled()
    expect(service.of('publish').at(-1)).toMatchObject({ camera: false })
  })

  test.each([true, false])(
    'a microphone that is unplugged, on: %s, is said to be, and opened anew',
    async (isOn) => {
      await enter()
      const [unplugged, again] = [track(), track()]
      vi.mocked(openDevice).mockResolvedValueOnce(unplugged).mockResolvedValueOnce(again)
      await call.publish('microphone', true)
      if (!isOn) await call.publish('microphone', false)
      unplugged.unplug()
      await settled()
      expect(call.store.sends.value.microphone).toBe(false)
      expect(told()).toEqual([text.notice.unplugged.microphone])
      await call.publish('microphone', true)
      expect(newest().sent.get('microphone')).toBe(again)
    },
  )

  test('a screen that is no longer shared was ended by the person, who need not be told', async () => {
    await enter()
    push({ type: 'permit', publish: ['screen'] })
    const screen = track()
    vi.mocked(openScreen).mockResolvedValueOnce(screen)
    await call.publish('screen', true)
    screen.unplug()
    await settled()
    expect([call.store.sends.value.screen, told()]).toEqual([false, []])
  })

  test('a microphone from the device check is watched as well', async () => {
    const unplugged = track()
    call.leave()
    arrive({ microphone: unplugged })
    await enter()
    unplugged.unplug()
    expect(told()).toEqual([text.notice.unplugged.microphone])
    await call.publish('microphone', true)
    expect(newest().sent.get('microphone')).not.toBe(unplugged)
  })

  test('what was unplugged between the device check and the hall is not held', async () => {
    const [microphone, camera] = [track(), track()]
    microphone.unplug()
    camera.unplug()
    call.leave()
    arrive({ microphone, camera })
    await enter()
    expect([call.store.sends.value.camera, call.ownPicture.value]).toEqual([false, null])
    await call.publish('microphone', true)
    expect(newest().sent.get('microphone')).not.toBe(microphone)
  })
})

describe('while the line to the service opens', () => {
  const servers: Welcome['ice_servers'] = [{ urls: ['turn:a'], username: 'u', credential: 'c' }]
  afterEach(() => {
    canReachThrough = true
  })

  test('the media connection is made, offered once it is open, through the servers that were named then', async () => {
    await settled()
    expect(peers.map(({ state }) => state)).toEqual(['new'])
    expect(service.of('offer')).toHaveLength(0)
    await enter({ ice_servers: servers })
    expect(peers.map(({ state, servers }) => [state, servers])).toEqual([['connected', servers]])
    expect(service.of('offer')).toHaveLength(1)
  })

  test('it is not, where servers cannot be named later', async () => {
    canReachThrough = false
    await settled()
    expect(peers).toHaveLength(0)
    await enter({ ice_servers: servers })
    expect(peers.map(({ state, servers }) => [state, servers])).toEqual([['connected', servers]])
  })

  test('it is not for who left already, nor for who sits in the hall', async () => {
    call.leave()
    await settled()
    expect(peers).toHaveLength(0)
    arrive()
    call.choices.where.value = 'hall'
    await settled()
    expect(peers).toHaveLength(0)
  })

  test('it ends with who leaves before the line is open, and with who sits down in the hall', async () => {
    await settled()
    call.leave()
    arrive()
    await settled()
    await call.accompany(true)
    expect(peers.map(({ state }) => state)).toEqual(['closed', 'closed'])
  })
})

describe('the end', () => {
  test('leaving closes the socket, the connection and every device', async () => {
    await enter()
    const camera = track()
    vi.mocked(openDevice).mockImplementation(async () => camera)
    await call.publish('camera', true)
    call.leave()
    expect([service.isClosed, newest().state, camera.isStopped]).toEqual([true, 'closed', true])
    expect([call.store.place.value, call.store.ended.value]).toEqual(['ended', 'left'])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(peers).toHaveLength(1)
  })

  test.each([
    ['no_session', 'ended', 'revoked'],
    ['other_session', 'ended', 'other_session'],
    ['closed', 'ended', 'closed'],
    ['too_many', 'connecting', null],
  ] as const)('refused with %s, one is %s', (code, place, reason) => {
    const problem: Problem = { code, message: 'Vì sao' }
    service.listener.refused(problem)
    expect([call.store.place.value, call.store.ended.value]).toEqual([place, reason])
    expect(call.store.refusal.value).toEqual(reason === null ? problem : null)
  })
})
