import { beforeEach, describe, expect, test } from 'vitest'
import type { AnyPush, Presence, Welcome } from '../../src/gen/protocol'
import { isDemo } from '../../src/state/demo'
import { STAGE_HOLD_MS } from '../../src/state/stage'
import { createStore, receive, restage, type Store } from '../../src/state/store'
import { AT, happened, lastSeq, MEETING } from '../meetings'

const online = (id: string, sends: Partial<Presence> = {}): Presence => ({
  participant: id,
  online: true,
  microphone: false,
  camera: false,
  screen: false,
  ...sends,
})

const welcome: Welcome = {
  type: 'welcome',
  me: 'a',
  role: 'delegate',
  may: ['raise_hand', 'say'],
  seq: 0,
  now: AT,
  demo: false,
  meeting: MEETING,
  events: [],
  presence: ['chair', 'a', 'b', 'wall'].map((id) => online(id)),
  ballot: null,
  papers: null,
  knocks: [],
  ice_servers: [],
  media_known: false,
}

let store: Store
let passed_ms = 0
const push = (...pushes: AnyPush[]) => {
  for (const one of pushes) receive(store, one)
}

beforeEach(() => {
  store = createStore(() => passed_ms)
  push({ ...welcome, seq: lastSeq() })
})

describe('welcome', () => {
  test('a snapshot opens the hall', () => {
    expect(store.place.value).toBe('hall')
    expect(store.self.value?.name).toBe('Trần Quốc Bảo')
    expect(store.others.value.map((p) => p.id)).toEqual(['chair', 'b'])
    expect(store.stage.value.who).toBe('chair')
  })

  test('one knows what was recorded of the own ballot', () => {
    push({ ...welcome, seq: lastSeq(), ballot: { vote: 'v', choice: 'for' } })
    expect(store.ballot.value).toEqual({ vote: 'v', choice: 'for' })
  })

  test('after a drop the missed events are enough, and bring no notices', () => {
    const missed = happened('floor_given', { participant: 'b', kind: 'speech', limit_s: 0, previous: null })
    push({ ...welcome, meeting: null, events: [missed], seq: missed.seq })
    expect(store.meeting.value?.floor.holder).toBe('b')
    expect(store.seq.value).toBe(missed.seq)
    expect(store.notices.value).toEqual([])
  })

  test('a demonstration is known as one', () => {
    push({ ...welcome, demo: true })
    expect(isDemo.value).toBe(true)
    push(welcome)
    expect(isDemo.value).toBe(false)
  })

  test('what the worker permitted on an earlier connection is forgotten', () => {
    push({ type: 'permit', publish: ['camera', 'microphone'] }, welcome)
    expect([...store.rights.value]).toEqual(['camera'])
  })
})

describe('events', () => {
  test('one that was seen already is not applied again', () => {
    const raised = happened('hand_raised', { participant: 'a', asked_at: AT, kind: 'speech' })
    push(raised, happened('hand_lowered', { participant: 'a', kind: 'speech' }), raised)
    expect(store.myQueuePlace.value).toBeNull()
  })

  test('one that comes too early waits until those before it were asked for', () => {
    const [opened, muted] = [
      happened('floor_mode_changed', { mode: 'open' }),
      happened('all_muted', { previous: null }),
    ]
    const before = store.seq.value
    expect(receive(store, muted)).toBe(false)
    expect([store.seq.value, store.notices.value]).toEqual([before, []])
    expect(receive(store, opened)).toBe(true)
    expect(receive(store, muted)).toBe(true)
    expect(store.seq.value).toBe(muted.seq)
  })

  test('several are taken in together, those that were seen already left out', () => {
    const [first, second, third] = [
      happened('checked_in', { participant: 'a', how: 'remote', site: null }),
      happened('checked_in', { participant: 'b', how: 'remote', site: null }),
      happened('floor_mode_changed', { mode: 'open' }),
    ]
    push(first)
    expect(receive(store, { type: 'events', events: [first, second, third] })).toBe(true)
    expect(store.seq.value).toBe(third.seq)
    expect([store.presentCount.value, store.meeting.value?.floor.mode]).toEqual([2, 'open'])
  })

  test('several that come too early wait like one', () => {
    const [missed, early] = [
      happened('checked_in', { participant: 'a', how: 'remote', site: null }),
      happened('checked_in', { participant: 'b', how: 'remote', site: null }),
    ]
    expect(receive(store, { type: 'events', events: [early] })).toBe(false)
    expect(receive(store, { type: 'events', events: [missed, early] })).toBe(true)
    expect(store.presentCount.value).toBe(2)
  })

  test('the invitation to speak interrupts a screen reader', () => {
    push(happened('floor_given', { participant: 'a', kind: 'speech', limit_s: 0, previous: null }))
    expect(store.holdsFloor.value).toBe(true)
    expect(store.notices.value.at(-1)).toMatchObject({ urgent: true })
  })

  test('a notice leaves the screen after its time', () => {
    push(happened('floor_mode_changed', { mode: 'open' }))
    expect(store.visibleNotices.value).toHaveLength(1)
    store.now.value += 6_000
    expect(store.visibleNotices.value).toHaveLength(0)
  })
})

test('a voice keeps the stage for three seconds, whenever in a second it took it', () => {
  const speaks = (id: string): AnyPush => ({ type: 'voices', slots: [id, null, null], speaking: [id] })
  passed_ms = 990
  push(speaks('b'))
  expect(store.stage.value.who).toBe('b')
  store.now.value += 3_000
  passed_ms += STAGE_HOLD_MS - 1
  push(speaks('chair'))
  expect(store.stage.value.who).toBe('b')
  passed_ms += 1
  restage(store)
  expect(store.stage.value.who).toBe('chair')
})

test('a shared screen is shown, the one of the floor first', () => {
  push({ type: 'presence', changes: [online('b', { screen: true })] })
  expect(store.sharer.value).toBe('b')
  push(
    { type: 'presence', changes: [online('chair', { screen: true })] },
    happened('floor_given', { participant: 'chair', kind: 'speech', limit_s: 0, previous: null }),
  )
  expect(store.sharer.value).toBe('chair')
})

test('who goes offline leaves the others and the stage', () => {
  push({ type: 'presence', changes: [{ ...online('chair'), online: false }] })
  expect(store.others.value.map((p) => p.id)).toEqual(['b'])
  expect(store.stage.value.who).toBe('b')
})

test('the end says why', () => {
  push({ type: 'ended', reason: 'removed' })
  expect(store.place.value).toBe('ended')
  expect(store.ended.value).toBe('removed')
})
