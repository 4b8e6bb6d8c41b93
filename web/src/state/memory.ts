/** Choices that a person makes once on a device, kept where they survive a reload. */
import { type Signal, signal } from '@preact/signals'

/** The part of `Storage` that is used here; reaching for it may already be refused. */
export type Keeper = () => {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** A signal that starts with what was kept and keeps what it becomes. */
export function remembered<T>(keeper: Keeper, key: string, first: T): Signal<T> {
  const value = signal(kept(keeper, key, first))
  let isFirst = true
  value.subscribe((now) => {
    if (!isFirst) keep(keeper, key, now)
    isFirst = false
  })
  return value
}

function kept<T>(keeper: Keeper, key: string, first: T): T {
  try {
    return (JSON.parse(keeper().getItem(key) ?? 'null') as T | null) ?? first
  } catch {
    // Storage is forbidden in some in-app browsers; a value of an older release may not parse.
    return first
  }
}

function keep(keeper: Keeper, key: string, value: unknown): void {
  try {
    keeper().setItem(key, JSON.stringify(value))
  } catch {
    // Forbidden or full: the choice holds until the page closes.
  }
}
