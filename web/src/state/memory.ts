/** Choices that a person makes once on a device, kept where they survive a reload. */
import { type Signal, signal } from '@preact/signals'
import { type Keeper, keep, kept } from './keeping'

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
