/** What is being typed, kept in the browser until it was sent: a reload or a lost line loses nothing. */
import { type Signal, useSignal, useSignalEffect } from '@preact/signals'

const PREFIX = 'typed:'

function read(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null // a browser that keeps nothing
  }
}

function write(name: string, value: string): void {
  try {
    if (value === '') localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, value)
  } catch {
    // It is full, or keeps nothing; what is on the screen stays there.
  }
}

/** The text under that name, and what forgets it; `first` is there before anything was typed. */
export function useKept(name: string, first = ''): [Signal<string>, () => void] {
  const text = useSignal(read(name) ?? first)
  useSignalEffect(() => write(name, text.value === first ? '' : text.value))
  return [
    text,
    () => {
      text.value = first
    },
  ]
}
