/** The socket to the service: commands with keys that may be repeated, media messages, pushes. */
import { io, type Socket } from 'socket.io-client'
import type { AnyCommand, AnyMedia, AnyPush, Problem, Result } from '../gen/protocol'
import { newKey } from './key'

/** On a quiet line the service says a word each 5 s and a round trip: one that is only slow has said something. */
const ACK_MS = 6_000
/** The code of what nobody answered. */
export const UNREACHABLE = 'unreachable'
const CHECK_MS = 3_000
/** All pages notice at once that a machine stood still. */
const SPREAD_MS = 1_000
const ATTEMPTS = 6
const REFUSED_AGAIN_MS = 2_000

type WithoutKey<T> = T extends unknown ? Omit<T, 'key'> : never
/** A command as a screen states it; its key is chosen here. */
export type Order = WithoutKey<AnyCommand>

export interface Listener {
  /** Number of the last event known; null when nothing is known. */
  seq: () => number | null
  /** Who this page is; null when nothing is known. */
  me: () => string | null
  /** Which session the door opened for this page. */
  session: () => string | null
  /** Whether this device only accompanies somebody who sits in the hall. */
  isCompanion: () => boolean
  pushed: (push: AnyPush) => void
  linked: (isLinked: boolean) => void
  /** The service will not have this connection; it is asked again unless the reason lasts. */
  refused: (problem: Problem) => void
}

export class Link {
  readonly #socket: Socket
  #isClosed = false
  #packets = 0
  /** Not every system ends the connections of the line before. */
  readonly #online = () => this.comeBack()

  constructor(listener: Listener) {
    this.#socket = io({
      auth: (give) =>
        give({
          seq: listener.seq(),
          me: listener.me(),
          session: listener.session(),
          companion: listener.isCompanion(),
        }),
      transports: ['websocket', 'polling'],
      // Some lines let no WebSocket through.
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 1_000,
    })
    globalThis.addEventListener?.('online', this.#online)
    this.#socket.io.on('reconnect_attempt', (attempt) => {
      if (attempt >= ATTEMPTS) this.#socket.io.opts.tryAllTransports = true
    })
    this.#socket.io.on('open', () => {
      // Once one has passed it is waited for a while: a connection that began by polling stays with it.
      if (this.#socket.io.engine.transport.name === 'websocket') this.#socket.io.opts.tryAllTransports = false
      this.#socket.io.engine.on('packet', () => {
        this.#packets += 1
      })
    })
    this.#socket.on('connect', () => listener.linked(true))
    this.#socket.on('push', (push: AnyPush) => {
      if (push.type === 'ended') this.close()
      listener.pushed(push)
    })
    this.#socket.on('disconnect', (reason) => {
      listener.linked(false)
      // Socket.IO comes back by itself except when the service hung up.
      if (reason === 'io server disconnect') this.#again()
    })
    this.#socket.on('connect_error', (error: Error & { data?: Problem }) => {
      if (this.#socket.active) return
      if (error.data) listener.refused(error.data)
      this.#again()
    })
  }

  /** Carry out a command. The same key goes with every attempt, so that it counts once. */
  async command(order: Order, key = newKey()): Promise<Result> {
    const command = { ...order, key }
    for (let attempt = 0; attempt < ATTEMPTS && !this.#isClosed; attempt += 1) {
      const result = await this.#emit('command', command)
      if (result !== null) return result
    }
    return { ok: false, problem: { code: UNREACHABLE, message: '' } }
  }

  /** One attempt: what a browser sends and sees is stated anew after each connection. */
  async media(message: AnyMedia): Promise<Result> {
    if (!this.#socket.connected) return { ok: false, problem: { code: UNREACHABLE, message: '' } }
    return (
      (await this.#emit('media', message)) ?? {
        ok: false,
        problem: { code: UNREACHABLE, message: '' },
      }
    )
  }

  /** What matters only now: said once, unless there is no line. */
  passing(message: AnyMedia): void {
    this.#socket.volatile.emit('media', message)
  }

  /** The media are gone: with the line, perhaps. One that does not answer at once is given up. */
  check(message: AnyMedia): void {
    if (this.#socket.connected) void this.#emit('media', message, CHECK_MS)
  }

  /** Hang up and connect again: the service then tells what was missed since `seq`. */
  comeBack(): void {
    this.#socket.disconnect().connect()
  }

  close(): void {
    this.#isClosed = true
    globalThis.removeEventListener?.('online', this.#online)
    this.#socket.disconnect()
  }

  #giveUp(): void {
    this.#socket.disconnect()
    this.#again(SPREAD_MS * Math.random())
  }

  #again(wait_ms = REFUSED_AGAIN_MS): void {
    setTimeout(() => {
      // Who is connecting already would be taken for a second page of the same person.
      if (!this.#isClosed && !this.#socket.active) this.#socket.connect()
    }, wait_ms)
  }

  /** null when no answer came in time. */
  async #emit(event: 'command' | 'media', message: unknown, wait_ms = ACK_MS): Promise<Result | null> {
    const before = this.#packets
    try {
      return (await this.#socket.timeout(wait_ms).emitWithAck(event, message)) as Result
    } catch {
      // Nothing else came either: the line died without a word, as when a phone changes its network.
      if (this.#socket.connected && this.#packets === before) this.#giveUp()
      return null
    }
  }
}
