/**
 * A participation in nothing: the store is filled by hand, pictures are painted, commands succeed.
 *
 * `window.store` is for tests to look at, and `window.push` for them to let something happen.
 */
import { signal } from '@preact/signals'
import type { AnyPush, Role } from '../src/gen/protocol'
import type { Acts } from '../src/protocol/call'
import { createChoices } from '../src/state/choices'
import type { Slot, Wanted } from '../src/state/layout'
import { createStore, receive } from '../src/state/store'
import { meeting, NOW, presence } from './people'
import { page, portrait } from './portraits'

const EVERYBODY = [
  'set_progress',
  'raise_hand',
  'lower_hand',
  'say',
  'take_floor',
  'show_page',
  'stop_showing',
]
const LEADERS = [
  'say',
  'lower_hand',
  'take_floor',
  'give_floor',
  'set_floor_mode',
  'set_floor_rules',
  'pause_speech',
  'resume_speech',
  'extend_speech',
  'mute',
  'unmute',
  'mute_all',
  'remove_participant',
  'pin_to_stage',
  'admit',
  'refuse',
  'open_item',
  'close_item',
  'change_item',
  'set_state',
  'write_conclusion',
  'show_on_wall',
  'remove_conclusion',
  'set_progress',
  'submit_meeting',
  'invite',
  'check_in_at_hall',
  'check_in_by_link',
  'note_leaving',
  'open_vote',
  'ask_opinions',
  'close_vote',
  'cancel_vote',
  'publish_vote',
  'approve_version',
  'change_readers',
  'recall_document',
  'show_page',
  'stop_showing',
]

const nothing = () => ({ getItem: () => null, setItem: () => undefined })

export function freshChoices() {
  return createChoices(nothing, nothing)
}

export function pretend(me: string, role: Role): Acts {
  const store = createStore()
  receive(store, {
    type: 'welcome',
    me,
    role,
    may: role === 'chair' || role === 'secretary' ? LEADERS : EVERYBODY,
    seq: 41,
    now: NOW,
    demo: false,
    meeting,
    events: [],
    presence,
    ballot: null,
    papers: null,
    knocks: [],
    ice_servers: [],
    media_known: true,
  })
  Object.assign(window, { store, push: (news: AnyPush) => receive(store, news) })
  store.isLinked.value = true
  store.media.value = 'connected'
  store.voices.value = { slots: ['speaker', 'chair', null], speaking: ['speaker'] }
  const sources = new Map<Slot, string>()
  const acts: Acts = {
    store,
    choices: freshChoices(),
    voices: signal([]),
    connection: signal(1),
    ownPicture: signal(role === 'big_screen' ? null : portrait(me)),
    mid: (slot) => String(slot),
    picture: (slot) => {
      const [who = '', kind] = (sources.get(slot) ?? '').split(':')
      return kind === 'screen' ? page() : portrait(who)
    },
    watch: (wanted: readonly Wanted[]) => {
      sources.clear()
      for (const { slot, source } of wanted) if (source) sources.set(slot, source)
      store.shows.value = new Map(
        wanted.map(({ slot, source, layer }) => [
          String(slot),
          { type: 'slot', slot: String(slot), source, layer, cause: 'as_wished' },
        ]),
      )
    },
    // The answer comes before its event.
    command: async () => ({ ok: true, seq: (store.seq.peek() ?? 0) + 1 }),
    point: ({ version, page, at }) => {
      receive(store, { type: 'pointer', version, page, at })
    },
    publish: async (kind, isOn) => {
      store.sends.value = { ...store.sends.value, [kind]: isOn }
    },
    change: async () => undefined,
    accompany: async () => undefined,
    leave: () => undefined,
  }
  // A test tells what happens next.
  Object.assign(window, { acts })
  return acts
}
