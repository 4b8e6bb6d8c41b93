/**
 * Changes to what one keeps for oneself (notes, ink) on their way to the service.
 *
 * Each is what is to be at one address, so that only the last to an address counts and sending it twice does no harm.
 * They wait where a reload does not lose them, and go out in their order once there is a line.
 */
import { signal } from '@preact/signals'

const AGAIN_MS = 3_000
const PREFIX = 'unsent '

export interface Change {
  path: string
  /** null: nothing. */
  body: unknown
}

/** `later`: there was no line. `refused`: it will never be taken. */
export type Sent = 'done' | 'later' | 'refused'

/** The part of `Storage` that is used here; reaching for it may already be refused. */
export type Shelf = () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export class Unsent {
  /** By address, the oldest first. */
  readonly waiting = signal<ReadonlyMap<string, Change>>(new Map())
  readonly #name: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #isSending = false

  constructor(
    owner: string,
    private readonly shelf: Shelf,
    private readonly send: (change: Change) => Promise<Sent>,
  ) {
    this.#name = PREFIX + owner
    this.waiting.value = new Map(this.#kept().map((change) => [change.path, change]))
    if (this.waiting.value.size > 0) this.#soon(0)
  }

  /** Have it at that address, after `delay_ms` in which something newer may come. */
  put(change: Change, delay_ms = 0): void {
    const waiting = new Map(this.waiting.value)
    waiting.delete(change.path)
    this.#become(waiting.set(change.path, change))
    this.#soon(delay_ms)
  }

  /** Send what waits now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isSending) return
    this.#isSending = true
    try {
      for (;;) {
        const [change] = this.waiting.value.values()
        if (change === undefined) return
        if ((await this.send(change)) === 'later') {
          this.#soon(AGAIN_MS)
          return
        }
        if (this.waiting.value.get(change.path) === change) {
          const waiting = new Map(this.waiting.value)
          waiting.delete(change.path)
          this.#become(waiting)
        }
      }
    } finally {
      this.#isSending = false
    }
  }

  #soon(delay_ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), delay_ms)
  }

  #become(waiting: ReadonlyMap<string, Change>): void {
    this.waiting.value = waiting
    try {
      if (waiting.size === 0) this.shelf().removeItem(this.#name)
      else this.shelf().setItem(this.#name, JSON.stringify([...waiting.values()]))
    } catch {
      // Forbidden or full: it waits until the page closes.
    }
  }

  #kept(): readonly Change[] {
    try {
      return JSON.parse(this.shelf().getItem(this.#name) ?? '[]') as readonly Change[]
    } catch {
      return []
    }
  }
}
