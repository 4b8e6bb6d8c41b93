/**
 * One participation in a meeting: the socket, the media connection and one's own devices, held together.
 *
 * Two troubles are kept apart. When the socket is down, sound and pictures go on and commands wait. When the media
 * connection is down, `recovery.ts` says what to do, as soon as the socket can carry an offer.
 */
import { type Signal, signal } from '@preact/signals'
import type {
  AnyPush,
  IceServer,
  MediaPublish,
  MediaWatch,
  Point,
  Problem,
  Result,
  SourceKind,
} from '../gen/protocol'
import type { Choices } from '../state/choices'
import { text } from '../state/i18n'
import { type Form, type Slot, TILE_SLOTS, type Wanted } from '../state/layout'
import { judge, steady, worse } from '../state/quality'
import { receive, restage, type Store, tell, type WhyEnded } from '../state/store'
import { DeviceRefused, lacking, openDevice, openScreen } from './devices'
import { canReachThrough, Peer } from './peer'
import { remedy } from './recovery'
import { Link, type Order, UNREACHABLE } from './socket'

const TICK_MS = 500
const SAMPLE_MS = 2_000

/** What a screen may do; the gallery of made-up screens has another one. */
export interface Acts {
  store: Store
  choices: Choices
  /** What the voice slots play. */
  voices: Signal<readonly MediaStream[]>
  /** Changes with each media connection; `picture` and `shownIn` then give new answers. */
  connection: Signal<number>
  /** The picture that one sends, for the own tile. */
  ownPicture: Signal<MediaStream | null>
  picture(slot: Slot): MediaStream | null
  mid(slot: Slot): string | null
  /** The same `key` again is the same command, also after a reload; without it each call is a command of its own. */
  command(order: Order, key?: string): Promise<Result>
  watch(wanted: readonly Wanted[]): void
  /** Point at a place on the page that one shows; `null` no more. */
  point(place: Omit<Point, 'type'>): void
  /** Begin or end sending; rejects with `DeviceRefused`. */
  publish(kind: SourceKind, isOn: boolean): Promise<void>
  /** Take another microphone or camera. */
  change(kind: 'microphone' | 'camera', id: string): Promise<void>
  /** Give up sound and picture while one sits in the hall, or take them up again. */
  accompany(isOn: boolean): Promise<void>
  /** End this participation; `withdrawn` from the lobby. */
  leave(reason?: WhyEnded): void
}

export class Call implements Acts {
  readonly voices = signal<readonly MediaStream[]>([])
  readonly connection = signal(0)
  readonly ownPicture = signal<MediaStream | null>(null)
  readonly #link: Link
  readonly #tracks: Partial<Record<SourceKind, MediaStreamTrack>> = {}
  /** Devices that are being asked for: whoever presses twice waits for the same track. */
  readonly #opening: Partial<Record<SourceKind, Promise<MediaStreamTrack>>> = {}
  readonly #timer: ReturnType<typeof setInterval>
  #peer: Peer | null = null
  /** For the first offer; null once it was taken, and where it is of no use. */
  #spare: Peer | null = null
  #iceServers: readonly IceServer[] = []
  #hasTakenUp = false
  #isOffering = false
  #mayOffer = true
  #unwellSince = 0
  #hasRestarted = false
  #watched = ''
  #wanted: readonly Wanted[] = []
  #clockAhead_ms = 0
  #sampledAt = 0

  constructor(
    readonly store: Store,
    readonly choices: Choices,
    readonly form: Form,
    /** Tracks that the device check opened already; a phone may refuse to open them twice. */
    opened: Partial<Record<'microphone' | 'camera', MediaStreamTrack>> = {},
    session: string | null = null,
  ) {
    this.#link = new Link({
      seq: () => store.seq.peek(),
      me: () => store.me.peek() || null,
      session: () => session,
      isCompanion: () => this.#isCompanion,
      pushed: (push) => this.#pushed(push),
      linked: (isLinked) => {
        store.isLinked.value = isLinked
        if (isLinked) store.refusal.value = null
      },
      refused: (problem) => this.#refused(problem),
    })
    // What was unplugged since the check is asked for again when it is needed.
    if (opened.camera?.readyState === 'live') this.#began('camera', opened.camera)
    if (opened.microphone?.readyState === 'live') {
      opened.microphone.enabled = false
      this.#hold('microphone', opened.microphone)
    }
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    // After the screen has said that it is opening.
    setTimeout(() => this.#prepare())
  }

  picture(slot: Slot): MediaStream | null {
    return this.#peer?.picture(slot) ?? null
  }

  mid(slot: Slot): string | null {
    return this.#peer?.mid(slot) ?? null
  }

  async command(order: Order, key?: string): Promise<Result> {
    return this.#link.command(order, key)
  }

  point(place: Omit<Point, 'type'>): void {
    this.#link.passing({ type: 'point', ...place })
  }

  watch(wanted: readonly Wanted[]): void {
    this.#wanted = wanted
    const wishes: MediaWatch['wishes'] = wanted.flatMap(({ slot, source, layer }) => {
      const mid = this.mid(slot)
      return mid === null || source === null ? [] : [{ slot: mid, source, layer }]
    })
    const said = JSON.stringify(wishes)
    if (said === this.#watched || this.#peer === null || !this.store.isLinked.peek()) return
    this.#watched = said
    void this.#link.media({ type: 'watch', wishes }).then(({ ok }) => {
      if (!ok && this.#watched === said) this.#watched = ''
    })
  }

  async publish(kind: SourceKind, isOn: boolean): Promise<void> {
    if (isOn) {
      const held = this.#tracks[kind]
      const track = held?.readyState === 'live' ? held : await this.#open(kind)
      if (this.#isGivenLate) return track.stop()
      // One's own picture is shown without a right as well.
      if (kind === 'camera' || this.store.rights.peek().has(kind)) this.#began(kind, track)
      else {
        // It went while the browser was asking.
        this.#hold(kind, track)
        this.#ceased(kind)
      }
    } else this.#ceased(kind)
    await this.#peer?.send(kind, this.#outgoing(kind))
    this.#say()
  }

  async change(kind: 'microphone' | 'camera', id: string): Promise<void> {
    const old = this.#tracks[kind]
    const track = old && (await openDevice(kind, id))
    this.choices[kind].value = id
    if (track === undefined) return
    old?.stop()
    if (this.#isGivenLate) return track.stop()
    if (this.store.sends.value[kind]) this.#began(kind, track)
    else this.#hold(kind, track)
    await this.#peer?.send(kind, this.#outgoing(kind))
  }

  async accompany(isOn: boolean): Promise<void> {
    this.choices.where.value = isOn ? 'hall' : 'online'
    if (isOn) {
      for (const kind of ['microphone', 'camera', 'screen'] as const) {
        this.#ceased(kind)
        this.#tracks[kind]?.stop()
        delete this.#tracks[kind]
      }
      this.#closePeers()
      this.voices.value = []
      this.store.shows.value = new Map()
      this.store.media.value = 'apart'
    }
    await this.#link.media({ type: 'companion', on: isOn })
    if (!isOn && !this.#isCompanion) this.#renew()
  }

  leave(reason: WhyEnded = 'left'): void {
    this.#end()
    this.store.ended.value = reason
    this.store.place.value = 'ended'
  }

  get #isCompanion(): boolean {
    return this.choices.where.peek() === 'hall'
  }

  /** Whether a device that was asked for comes only after one has left, or has sat down in the hall. */
  get #isGivenLate(): boolean {
    return this.store.place.peek() === 'ended' || this.#isCompanion
  }

  /** Once the doors are open: send what the person chose to, as far as they may. */
  async #takeUp(): Promise<void> {
    const wants = { microphone: this.choices.wantsMicrophone.peek(), camera: this.choices.wantsCamera.peek() }
    for (const kind of ['microphone', 'camera'] as const) {
      const { rights, sends } = this.store
      if (!wants[kind] || !rights.peek().has(kind) || sends.peek()[kind]) continue
      try {
        await this.publish(kind, true)
      } catch (error) {
        if (!(error instanceof DeviceRefused)) throw error
        // Given at the device check, refused now: the button stays off, and pressing it says why.
      }
    }
  }

  #open(kind: SourceKind): Promise<MediaStreamTrack> {
    this.#opening[kind] ??= (
      kind === 'screen' ? openScreen() : openDevice(kind, this.choices[kind].peek())
    ).finally(() => {
      delete this.#opening[kind]
    })
    return this.#opening[kind]
  }

  /** A microphone that is silenced stays open, because a phone may not give it again; a camera's light goes out. */
  #ceased(kind: SourceKind): void {
    const track = this.#tracks[kind]
    if (track?.readyState === 'live' && kind === 'microphone') track.enabled = false
    else {
      track?.stop()
      delete this.#tracks[kind]
    }
    if (kind === 'camera') this.ownPicture.value = null
    this.store.sends.value = { ...this.store.sends.value, [kind]: false }
  }

  #hold(kind: SourceKind, track: MediaStreamTrack): void {
    this.#tracks[kind] = track
    // By itself, never by `stop()`: unplugged, taken back by the system, or a screen that the browser's own bar ended.
    track.onended = () => {
      if (kind !== 'screen') {
        tell(this.store, { text: text.value.notice.unplugged[kind], urgent: true, visible: true })
      }
      void this.publish(kind, false)
    }
  }

  #began(kind: SourceKind, track: MediaStreamTrack): void {
    this.#hold(kind, track)
    track.enabled = true
    if (kind === 'camera') this.ownPicture.value = new MediaStream([track])
    this.store.sends.value = { ...this.store.sends.value, [kind]: true }
  }

  #outgoing(kind: SourceKind): MediaStreamTrack | null {
    return this.store.sends.value[kind] ? (this.#tracks[kind] ?? null) : null
  }

  #say(): void {
    void this.#link.media(this.#sending())
  }

  #sending(): MediaPublish {
    return { type: 'publish', ...this.store.sends.value }
  }

  #refused(problem: Problem): void {
    const ended = { no_session: 'revoked', other_session: 'other_session', closed: 'closed' } as const
    const reason = ended[problem.code as keyof typeof ended]
    if (reason) this.leave(reason)
    else this.store.refusal.value = problem
  }

  #pushed(push: AnyPush): void {
    const could = this.store.rights.peek()
    if (!receive(this.store, push)) {
      this.#link.comeBack()
      return
    }
    this.#obeyRights(could)
    this.#comeIn()
    switch (push.type) {
      case 'welcome':
        this.#clockAhead_ms = Date.parse(push.now) - Date.now()
        this.#iceServers = push.ice_servers
        this.#mayOffer = true
        if (this.#isCompanion) {
          this.store.media.value = 'apart'
          break
        }
        if (this.#peer === null || !push.media_known) this.#renew()
        else this.#stateAll()
        break
      case 'demand':
        void this.#peer?.obey(push.camera, push.screen)
        break
      case 'media_gone':
        this.#mayOffer = push.ready
        if (this.#isCompanion) break
        if (push.ready) this.#renew()
        else this.store.media.value = 'interrupted'
        break
      case 'ended':
        this.#end()
        break
    }
  }

  /** Nobody may send before the doors are open, and who is not a screen their picture from then on. */
  #comeIn(): void {
    if (this.#hasTakenUp || !(this.#isCompanion || this.store.rights.peek().has('camera'))) return
    this.#hasTakenUp = true
    if (!this.#isCompanion) void this.#takeUp()
  }

  /** What may no longer be sent is switched off here too, so that the buttons tell the truth. */
  #obeyRights(could: ReadonlySet<SourceKind>): void {
    const can = this.store.rights.peek()
    for (const kind of ['microphone', 'screen'] as const) {
      if (could.has(kind) && !can.has(kind) && this.store.sends.peek()[kind]) void this.publish(kind, false)
    }
  }

  #tick(): void {
    const { store } = this
    const now = Date.now()
    if (store.place.peek() !== 'hall') return
    store.now.value = Math.floor((now + this.#clockAhead_ms) / 1000) * 1000
    restage(store)
    this.#heal(now)
    if (now - this.#sampledAt >= SAMPLE_MS) {
      this.#sampledAt = now
      void this.#sample()
      this.watch(this.#wanted) // again, if it was refused
    }
  }

  #heal(now: number): void {
    const peer = this.#peer
    if (peer === null || this.#isOffering || !this.#mayOffer || !this.store.isLinked.peek()) return
    if (peer.state === 'connected') return
    const what = remedy(peer.state, now - this.#unwellSince, this.#hasRestarted)
    if (what === 'renew') this.#renew()
    if (what === 'restart') {
      this.#hasRestarted = true
      this.#offer(peer, true)
    }
  }

  #renew(): void {
    if (lacking() === 'no_webrtc') {
      this.store.media.value = 'impossible'
      return
    }
    const spare = this.#spare
    this.#spare = null
    spare?.reachThrough(this.#iceServers)
    this.#closePeers()
    const peer = spare ?? this.#newPeer()
    this.#peer = peer
    this.#watched = ''
    this.#unwellSince = Date.now()
    this.#hasRestarted = false
    this.store.shows.value = new Map()
    this.store.media.value = this.connection.peek() === 0 ? 'connecting' : 'interrupted'
    this.voices.value = peer.voices
    this.#offer(peer, false)
  }

  /** A weak phone takes as long to make a connection as the line to the service takes to open: both at once. */
  #prepare(): void {
    const isOver = this.store.place.peek() === 'ended'
    if (this.#peer !== null || isOver || this.#isCompanion || lacking() === 'no_webrtc') return
    if (canReachThrough()) this.#spare = this.#newPeer()
  }

  #newPeer(): Peer {
    const peer: Peer = new Peer(
      TILE_SLOTS[this.form],
      this.#iceServers,
      (sdp, restart) => this.#negotiate(sdp, restart),
      () => this.#changed(peer),
    )
    return peer
  }

  #closePeers(): void {
    this.#peer?.close()
    this.#spare?.close()
    this.#peer = this.#spare = null
  }

  #offer(peer: Peer, restart: boolean): void {
    this.#isOffering = true
    peer
      .connect({ restart })
      .then(async () => {
        if (peer !== this.#peer || restart) return
        for (const kind of ['microphone', 'camera', 'screen'] as const) {
          await peer.send(kind, this.#outgoing(kind))
        }
        this.connection.value += 1
        this.#stateAll()
      })
      .catch((problem: unknown) => {
        // Refused, or the socket went away meanwhile; `#heal` tries again.
        console.warn('media offer', problem)
        if (restart && problem instanceof Error && problem.message === UNREACHABLE) this.#hasRestarted = false
      })
      .finally(() => {
        if (peer === this.#peer) this.#isOffering = false
      })
  }

  async #negotiate(sdp: string, restart: boolean): Promise<string> {
    const { answer, problem } = await this.#link.media({ type: 'offer', sdp, restart })
    // Without a message nobody was reached, which the screen says anyway.
    this.store.mediaProblem.value = problem?.message ? problem : null
    if (!answer) throw new Error(problem?.code ?? UNREACHABLE)
    return answer
  }

  #changed(peer: Peer): void {
    if (peer !== this.#peer) return
    if (peer.state === 'connected') {
      this.#hasRestarted = false
      this.store.media.value = 'connected'
    } else if (this.store.media.peek() === 'connected') {
      this.#unwellSince = Date.now()
      this.store.media.value = 'interrupted'
      this.#link.check(this.#sending())
    }
  }

  /** Say again what is watched and sent, to a service that may have forgotten. */
  #stateAll(): void {
    this.#watched = ''
    this.watch(this.#wanted)
    this.#say()
  }

  async #sample(): Promise<void> {
    const { store } = this
    const sample = this.#peer?.state === 'connected' ? await this.#peer.sample() : null
    const isLost = store.media.peek() === 'interrupted'
    const own = isLost ? 'lost' : sample ? judge(sample) : 'good'
    store.quality.value = steady(
      store.quality.peek(),
      worse(store.line.peek()?.level ?? null, own),
      Date.now(),
    )
  }

  #end(): void {
    // Whoever comes back after an end passes the device check again.
    this.choices.entered.value = null
    clearInterval(this.#timer)
    this.#link.close()
    this.#closePeers()
    for (const kind of ['microphone', 'camera', 'screen'] as const) {
      this.#tracks[kind]?.stop()
      delete this.#tracks[kind]
    }
    this.ownPicture.value = null
  }
}
