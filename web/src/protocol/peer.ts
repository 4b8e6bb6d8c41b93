/**
 * One media connection: one offer with slots, one answer.
 *
 * The order of the media sections is part of the contract: microphone, camera (three layers), screen, then three
 * voices, the stage, a screen, the tiles. Who sits in a slot changes by message, never by a new offer; only an ICE
 * restart offers again.
 */
import type { IceServer, Layer, SourceKind } from '../gen/protocol'
import type { Slot } from '../state/layout'
import type { LineSample } from '../state/quality'

const VOICE_SLOTS = 3
const ATTEMPTS = 5
// One temporal layer: nobody gets half the pictures, and with more a decoder passes over those whose repair is late
// (Chromium 156 at 5 % loss: 80 % of the pictures with three temporal layers, 97 % with one).
const L1T1 = { scalabilityMode: 'L1T1' }
const CAMERA_LAYERS: RTCRtpEncodingParameters[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, ...L1T1 },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, ...L1T1 },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_500_000, ...L1T1 },
]
const SCREEN_LAYERS: RTCRtpEncodingParameters[] = [{ maxBitrate: 2_500_000, maxFramerate: 15, ...L1T1 }]

/** Sends an offer and gives the answer. */
export type Negotiate = (sdp: string, restart: boolean) => Promise<string>

export class Peer {
  readonly voices: readonly MediaStream[]
  readonly #pc: RTCPeerConnection
  readonly #senders: Record<SourceKind, RTCRtpTransceiver>
  readonly #pictures: ReadonlyMap<Slot, { transceiver: RTCRtpTransceiver; stream: MediaStream }>
  readonly #negotiate: Negotiate
  #before: Totals | null = null
  #obeyed: Promise<unknown> = Promise.resolve()

  constructor(tiles: number, iceServers: readonly IceServer[], negotiate: Negotiate, changed: () => void) {
    this.#negotiate = negotiate
    this.#pc = new RTCPeerConnection(configurationOf(iceServers))
    this.#senders = {
      microphone: this.#pc.addTransceiver('audio', { direction: 'sendonly' }),
      camera: this.#pc.addTransceiver('video', { direction: 'sendonly', sendEncodings: CAMERA_LAYERS }),
      screen: this.#pc.addTransceiver('video', { direction: 'sendonly', sendEncodings: SCREEN_LAYERS }),
    }
    const receive = (kind: 'audio' | 'video') => {
      const transceiver = this.#pc.addTransceiver(kind, { direction: 'recvonly' })
      return { transceiver, stream: new MediaStream([transceiver.receiver.track]) }
    }
    this.voices = Array.from({ length: VOICE_SLOTS }, () => receive('audio').stream)
    const slots: Slot[] = ['stage', 'screen', ...Array.from({ length: tiles }, (_, i) => i)]
    this.#pictures = new Map(slots.map((slot) => [slot, receive('video')]))
    for (const transceiver of this.#pc.getTransceivers()) preferOneCodec(transceiver)
    this.#pc.onconnectionstatechange = changed
  }

  get state(): RTCPeerConnectionState {
    return this.#pc.connectionState
  }

  /** Before the first offer: the servers, where they were not known yet. */
  reachThrough(iceServers: readonly IceServer[]): void {
    this.#pc.setConfiguration(configurationOf(iceServers))
  }

  /** Offer and take the answer; with `restart` on new addresses, over the same keys. */
  async connect({ restart = false } = {}): Promise<void> {
    if (restart) this.#pc.restartIce()
    await this.#pc.setLocalDescription()
    // The worker is reached by its own candidates, in its answer; ours need not be gathered first.
    const answer = await this.#negotiate(this.#pc.localDescription?.sdp ?? '', restart)
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: answer })
  }

  /** What a picture slot plays; null for a slot that this screen's form did not ask for. */
  picture(slot: Slot): MediaStream | null {
    return this.#pictures.get(slot)?.stream ?? null
  }

  /** The name of a picture slot in messages; null before the offer. */
  mid(slot: Slot): string | null {
    return this.#pictures.get(slot)?.transceiver.mid ?? null
  }

  /** Send this track from now on, or with null nothing. */
  async send(kind: SourceKind, track: MediaStreamTrack | null): Promise<void> {
    await this.#unlessClosed(this.#senders[kind].sender.replaceTrack(track))
  }

  /** Encode only what somebody watches. One after the other: a change under way does not show in the parameters yet. */
  async obey(camera: readonly Layer[], screen: boolean): Promise<void> {
    const { camera: picture, screen: page } = this.#senders
    const change = () =>
      Promise.all([
        activate(picture.sender, (rid) => camera.includes(rid as Layer)),
        activate(page.sender, () => screen),
      ])
    this.#obeyed = this.#obeyed.then(change, change)
    await this.#unlessClosed(this.#obeyed)
  }

  /** How the line did since the last call; null before the first report. */
  async sample(): Promise<LineSample | null> {
    const totals = count(await this.#pc.getStats())
    const before = this.#before
    this.#before = totals
    if (before === null) return null
    const lost = Math.max(0, totals.lost - before.lost)
    const expected = lost + Math.max(0, totals.received - before.received)
    return {
      uplinkLoss: totals.uplinkLoss,
      downlinkLoss: expected > 0 ? lost / expected : 0,
      roundTripMs: totals.roundTripMs,
    }
  }

  close(): void {
    this.#pc.onconnectionstatechange = null
    this.#pc.close()
  }

  /** A change that the end of this connection overtakes is no fault: the next one is told everything anew. */
  async #unlessClosed(change: Promise<unknown>): Promise<void> {
    try {
      await change
    } catch (error) {
      if (this.#pc.signalingState !== 'closed') throw error
    }
  }
}

/** Whether this browser can be told of servers later; Firefox long could not (bug 1253706). */
export const canReachThrough = () => 'setConfiguration' in RTCPeerConnection.prototype

function configurationOf(iceServers: readonly IceServer[]): RTCConfiguration {
  return {
    bundlePolicy: 'max-bundle',
    iceServers: iceServers.map((server) => ({
      urls: [...server.urls],
      username: server.username ?? undefined,
      credential: server.credential ?? undefined,
    })),
  }
}

interface Totals {
  received: number
  lost: number
  uplinkLoss: number
  roundTripMs: number
}

function count(report: RTCStatsReport): Totals {
  const totals: Totals = { received: 0, lost: 0, uplinkLoss: 0, roundTripMs: 0 }
  report.forEach((entry) => {
    if (entry.type === 'inbound-rtp') {
      totals.received += entry.packetsReceived ?? 0
      totals.lost += entry.packetsLost ?? 0
    } else if (entry.type === 'remote-inbound-rtp') {
      totals.uplinkLoss = Math.max(totals.uplinkLoss, entry.fractionLost ?? 0)
    } else if (entry.type === 'candidate-pair' && entry.nominated) {
      totals.roundTripMs = Math.max(totals.roundTripMs, (entry.currentRoundTripTime ?? 0) * 1000)
    }
  })
  return totals
}

/** Opus, or VP8 with retransmission: with every codec of the browser an offer of 32 sections is 131 KB, so 36. */
function preferOneCodec(transceiver: RTCRtpTransceiver): void {
  const kind = transceiver.receiver.track.kind
  const wanted = kind === 'audio' ? ['audio/opus'] : ['video/VP8', 'video/rtx']
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []
  transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => wanted.includes(mimeType)))
}

async function activate(sender: RTCRtpSender, isWanted: (rid: string | undefined) => boolean): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const parameters = sender.getParameters()
    const encodings = parameters.encodings ?? []
    if (encodings.every((encoding) => encoding.active === isWanted(encoding.rid))) return
    for (const encoding of encodings) encoding.active = isWanted(encoding.rid)
    try {
      await sender.setParameters(parameters)
      return
    } catch (error) {
      // webrtc-pc 5.2: another change came in between, so the parameters have to be read anew.
      const isOvertaken = error instanceof DOMException && error.name === 'InvalidStateError'
      if (!isOvertaken || attempt === ATTEMPTS) throw error
    }
  }
}
