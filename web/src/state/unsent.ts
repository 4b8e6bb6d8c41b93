/**
 * Changes to what one keeps for oneself (notes, ink) on their way to the service.
 *
 * Each is what is to be at one address, so that only the last to an address counts and sending it twice does no harm.
 * They wait where a reload does not lose them, and go out in their order once there is a line. What the service refuses
 * stays there too, with what it said, until it is sent again, written anew or taken back.
 */
import { batch, signal } from '@preact/signals'
import type { Problem } from '../gen/protocol'

const AGAIN_MS = 3_000
const PREFIX = 'unsent '

export interface Change {
  path: string
  /** null: nothing. */
  body: unknown
}

export interface Refusal extends Change {
  problem: Problem
}

/** `later`: there was no line. A problem: it is not taken as things stand. */
export type Sent = 'done' | 'later' | Problem

/** The part of `Storage` that is used here; reaching for it may already be refused. */
export type Shelf = () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export class Unsent {
  /** By address, the oldest first. */
  readonly waiting = signal<ReadonlyMap<string, Change>>(new Map())
  readonly refused = signal<ReadonlyMap<string, Refusal>>(new Map())
  readonly #name: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #isSending = false

  constructor(
    owner: string,
    private readonly shelf: Shelf,
    private readonly send: (change: Change) => Promise<Sent>,
  ) {
    this.#name = PREFIX + owner
    for (const one of this.#kept()) {
      if ('problem' in one) this.refused.value = new Map(this.refused.value).set(one.path, one)
      else this.waiting.value = new Map(this.waiting.value).set(one.path, one)
    }
    if (this.waiting.value.size > 0) this.#soon(0)
  }

  /** Have it at that address, after `delay_ms` in which something newer may come. */
  put(change: Change, delay_ms = 0): void {
    const waiting = without(this.waiting.value, change.path)
    this.#become(waiting.set(change.path, change), without(this.refused.value, change.path))
    this.#soon(delay_ms)
  }

  /** Send once more what was refused at the addresses that begin so. */
  again(beginning: string): void {
    for (const { path, body } of this.refused.value.values()) {
      if (path.startsWith(beginning)) this.put({ path, body })
    }
  }

  /** Take back what was refused at the addresses that begin so. */
  drop(beginning: string): void {
    const kept = [...this.refused.value].filter(([path]) => !path.startsWith(beginning))
    this.#become(this.waiting.value, new Map(kept))
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
        const sent = await this.send(change)
        if (sent === 'later') {
          this.#soon(AGAIN_MS)
          return
        }
        // Something newer may have come to the address meanwhile.
        if (this.waiting.value.get(change.path) !== change) continue
        const refused = without(this.refused.value, change.path)
        if (sent !== 'done') refused.set(change.path, { ...change, problem: sent })
        this.#become(without(this.waiting.value, change.path), refused)
      }
    } finally {
      this.#isSending = false
    }
  }

  #soon(delay_ms: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), delay_ms)
  }

  #become(waiting: ReadonlyMap<string, Change>, refused: ReadonlyMap<string, Refusal>): void {
    batch(() => {
      this.waiting.value = waiting
      this.refused.value = refused
    })
    const kept = [...waiting.values(), ...refused.values()]
    try {
      if (kept.length === 0) this.shelf().removeItem(this.#name)
      else this.shelf().setItem(this.#name, JSON.stringify(kept))
    } catch {
      // Forbidden or full: it waits until the page closes.
    }
  }

  #kept(): readonly (Change | Refusal)[] {
    try {
      return JSON.parse(this.shelf().getItem(this.#name) ?? '[]') as readonly (Change | Refusal)[]
    } catch {
      return []
    }
  }
}

function without<T>(all: ReadonlyMap<string, T>, path: string): Map<string, T> {
  const rest = new Map(all)
  rest.delete(path)
  return rest
}
