/** Everything a screen shows, as signals fed by what the service pushes. */
import { batch, computed, signal } from '@preact/signals'
import type {
  AnyPush,
  Ended,
  Knock,
  LineQuality,
  Meeting,
  MeetingEvent,
  OwnBallot,
  Participant,
  PointerMoved,
  Problem,
  Role,
  SlotShows,
  SourceKind,
  VoicesChanged,
  Waiting,
  Welcome,
} from '../gen/protocol'
import { isDemo } from './demo'
import { emptyFloor, queuePlace } from './floor'
import { text } from './i18n'
import { apply, attendants, chairOf, personOf, pictured, screenOf } from './meeting'
import { byGivenName } from './names'
import { type Notice, noticeOf } from './notices'
import { withOwnPapers } from './papers'
import { type Everybody, keeping, RETURN_MS } from './presence'
import { firstQuality, type Quality } from './quality'
import { isSilenced, publishingRights } from './rights'
import { emptyStage, nextStage } from './stage'

const NOTICE_MS = 6_000
const NOTICES_KEPT = 4
/** A pointer that rests is shown no longer: who pointed may be gone. */
const POINTED_MS = 10_000

/** As the service says it, or as only the page knows. */
export type WhyEnded = Ended['reason'] | 'left' | 'withdrawn' | 'other_session'
export type Place = 'connecting' | 'waiting' | 'hall' | 'ended'
/**
 * `impossible`: this browser has no WebRTC; `apart`: one sits in the hall, which has sound and picture of its own.
 * Agenda, floor and chat work all the same.
 */
export type MediaState = 'connecting' | 'connected' | 'interrupted' | 'impossible' | 'apart'

export interface ShownNotice extends Notice {
  id: number
  /** ms; when it leaves the screen. */
  until: number
}

/** `clock` in ms tells how long the stage has stood; only differences count, and unlike `now` it is not in whole seconds. */
export function createStore(clock: () => number = () => performance.now()) {
  const place = signal<Place>('connecting')
  const waiting = signal<Waiting | null>(null)
  /** `left` the hall, `withdrawn` from the lobby: by one's own will. */
  const ended = signal<WhyEnded | null>(null)
  /** Why the service does not take this connection now; it is asked again meanwhile. */
  const refusal = signal<Problem | null>(null)
  const me = signal('')
  const role = signal<Role>('guest')
  const may = signal<ReadonlySet<string>>(new Set())
  const seq = signal<number | null>(null)
  const meeting = signal<Meeting | null>(null)
  /** One's own ballot in the last vote, once the service has recorded it. */
  const ballot = signal<OwnBallot | null>(null)
  /** Who is here, as the service says. */
  const said = signal<Everybody>(new Map())
  /** Who was here before a break of the link, and until when (ms) that still shows. */
  const before = signal<{ everybody: Everybody; until: number } | null>(null)
  const knocks = signal<readonly Knock[]>([])
  const voices = signal<Omit<VoicesChanged, 'type'>>({ slots: [], speaking: [] })
  /** By slot (mid). */
  const shows = signal<ReadonlyMap<string, SlotShows>>(new Map())
  /** What the worker lets through; null until it has said so on this connection. */
  const permit = signal<ReadonlySet<SourceKind> | null>(null)
  /** Where the presenter points on the page that is shown; `until`: ms of `now`. */
  const pointer = signal<(PointerMoved & { until: number }) | null>(null)
  const line = signal<LineQuality | null>(null)
  const quality = signal<Quality>(firstQuality(0))
  /** The service's time in ms, a second at a time. */
  const now = signal(0)
  const presence = computed(() => {
    const kept = before.value
    return kept !== null && now.value < kept.until ? keeping(said.value, kept.everybody) : said.value
  })
  const isLinked = signal(false)
  const media = signal<MediaState>('connecting')
  /** Why the last offer of a media connection was refused; another follows all the same. */
  const mediaProblem = signal<Problem | null>(null)
  /** What this browser sends now. */
  const sends = signal<Readonly<Record<SourceKind, boolean>>>({
    microphone: false,
    camera: false,
    screen: false,
  })
  const ownPin = signal<string | null>(null)
  const notices = signal<readonly ShownNotice[]>([])
  const stage = signal(emptyStage)

  const self = computed(() => (meeting.value ? personOf(meeting.value, me.value) : null))
  const rights = computed<ReadonlySet<SourceKind>>(
    () => permit.value ?? (meeting.value ? publishingRights(meeting.value, me.value) : new Set()),
  )
  /** Muted, where one would be heard otherwise. */
  const silenced = computed(() => meeting.value !== null && isSilenced(meeting.value, me.value))
  const holdsFloor = computed(() => meeting.value !== null && meeting.value.floor.holder === me.value)
  const myQueuePlace = computed(() => (meeting.value ? queuePlace(meeting.value, me.value) : null))
  const presentCount = computed(() =>
    meeting.value ? attendants(meeting.value).filter((p) => p.present).length : 0,
  )
  /** People connected now, oneself and screens left out, the most interesting first. */
  const others = computed<readonly Participant[]>(() => {
    const rank = (p: Participant) => {
      if (p.role === 'chair') return 0
      if (p.role === 'secretary') return 1
      return presence.value.get(p.id)?.camera ? 2 : 3
    }
    return pictured(meeting.value ?? nobody)
      .filter((p) => p.id !== me.value && presence.value.get(p.id)?.online)
      .sort((a, b) => rank(a) - rank(b) || byGivenName(a.name, b.name))
  })
  const cameras = computed<ReadonlySet<string>>(
    () => new Set([...presence.value.values()].filter((p) => p.camera).map((p) => p.participant)),
  )
  /** Whose screen is shown: the chair's pin goes first, then the floor, then whoever shares. */
  const sharer = computed<string | null>(() => {
    const sharing = others.value.filter((p) => presence.value.get(p.id)?.screen).map((p) => p.id)
    const { stage: pin = null, floor } = meeting.value ?? nobody
    return [pin, floor.holder].find((id) => id !== null && sharing.includes(id)) ?? sharing[0] ?? null
  })
  const visibleNotices = computed(() =>
    notices.value.filter((notice) => notice.visible && notice.until > now.value),
  )

  // biome-ignore format: one list
  return {
    place, waiting, ended, refusal, me, role, may, seq, meeting, ballot, said, before, presence, knocks, voices, shows, permit, pointer, line,
    quality, now, isLinked, media, mediaProblem, sends, ownPin, notices, stage, self, rights, silenced, holdsFloor, myQueuePlace,
    presentCount, others, cameras, sharer, visibleNotices, clock,
  }
}

const nobody: Meeting = {
  id: '',
  title: '',
  unit: '',
  body: null,
  state: 'draft',
  starts_at: '',
  kind: 'conference',
  place: '',
  floor: emptyFloor,
  stage: null,
  agenda: [],
  sites: [],
  wall: 'auto',
  conclusions: [],
  vote: null,
  documents: [],
  shown: null,
  shown_to_others: false,
  participants: [],
  chat: [],
}

export type Store = ReturnType<typeof createStore>

/**
 * Take in what the service pushes. False: an event is missing before this one, which is left for when the missing ones
 * have been asked for.
 */
export function receive(store: Store, push: AnyPush): boolean {
  const first = push.type === 'events' ? push.events[0] : push
  if (first?.type === 'event' && first.seq > (store.seq.peek() ?? first.seq) + 1) return false
  switch (push.type) {
    case 'welcome':
      welcome(store, push)
      break
    case 'event':
      happened(store, push)
      break
    case 'events':
      // Painted once, however many they are.
      batch(() => {
        for (const event of push.events) happened(store, event)
      })
      break
    case 'presence':
      store.said.value = new Map([
        ...store.said.value,
        ...push.changes.map((change) => [change.participant, change] as const),
      ])
      break
    case 'knocks':
      knocked(store, push.knocks)
      break
    case 'voices':
      store.voices.value = push
      break
    case 'slot':
      store.shows.value = new Map([...store.shows.value, [push.slot, push]])
      break
    case 'quality':
      store.line.value = push
      break
    case 'permit':
      store.permit.value = new Set(push.publish)
      break
    case 'own_papers':
      if (store.meeting.value) store.meeting.value = withOwnPapers(store.meeting.value, push)
      break
    case 'pointer':
      store.pointer.value = { ...push, until: store.now.peek() + POINTED_MS }
      break
    case 'waiting':
      store.waiting.value = push
      store.place.value = 'waiting'
      break
    case 'ended':
      store.ended.value = push.reason
      store.place.value = 'ended'
      break
    case 'demand':
    case 'media_gone':
      // The peer connection obeys these; no screen shows them.
      break
  }
  restage(store)
  return true
}

function welcome(store: Store, push: Welcome): void {
  store.me.value = push.me
  store.role.value = push.role
  store.may.value = new Set(push.may)
  isDemo.value = push.demo
  store.permit.value = null
  store.now.value = Date.parse(push.now)
  if (push.meeting) store.meeting.value = push.meeting
  for (const event of push.events) {
    if (store.meeting.value) store.meeting.value = apply(store.meeting.value, event)
  }
  if (store.meeting.value) store.meeting.value = withOwnPapers(store.meeting.value, push.papers)
  store.ballot.value = push.ballot
  store.seq.value = push.seq
  const isBack = store.place.value === 'hall'
  store.before.value = isBack ? { everybody: store.presence.value, until: store.now.value + RETURN_MS } : null
  store.said.value = new Map(push.presence.map((one) => [one.participant, one]))
  store.knocks.value = push.knocks
  store.place.value = 'hall'
}

function happened(store: Store, event: MeetingEvent): void {
  const before = store.meeting.value
  if (before === null || event.seq <= (store.seq.value ?? 0)) return
  const notice = noticeOf(event, before, { me: store.me.value, leads: leads(store) }, text.value)
  store.meeting.value = apply(before, event)
  store.seq.value = event.seq
  if (notice) tell(store, notice)
}

function knocked(store: Store, knocks: readonly Knock[]): void {
  const known = new Set(store.knocks.value.map((knock) => knock.id))
  store.knocks.value = knocks
  const fresh = knocks.find((knock) => !known.has(knock.id))
  if (fresh) tell(store, { text: text.value.notice.knocks(fresh.name), urgent: true, visible: false })
}

/** Say one sentence on the screen and to screen readers. */
export function tell(store: Store, notice: Notice): void {
  const id = (store.notices.value.at(-1)?.id ?? 0) + 1
  const shown: ShownNotice = { ...notice, id, until: store.now.value + NOTICE_MS }
  store.notices.value = [...store.notices.value, shown].slice(-NOTICES_KEPT)
}

export function leads(store: Store): boolean {
  return store.may.value.has('give_floor')
}

/** Decide anew who is on the stage; called when anything changed and twice a second. */
export function restage(store: Store): void {
  const meeting = store.meeting.value
  if (meeting === null) return
  const shown = new Set(store.others.value.map((p) => p.id))
  store.stage.value = nextStage(
    store.stage.value,
    {
      chairPin: meeting.stage,
      ownPin: store.ownPin.value,
      holder: screenOf(meeting, meeting.floor.holder)?.id ?? meeting.floor.holder,
      loudest: store.voices.value.speaking.find((id) => id !== store.me.value) ?? null,
      chair: chairOf(meeting)?.id ?? null,
      first: store.others.value[0]?.id ?? null,
      showable: (id) => shown.has(id),
    },
    store.clock(),
  )
}
