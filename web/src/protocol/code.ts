/** Files of this page that come when they are needed. */
import { Refused } from './http'

const RELOADED = 'reloaded'
/** A file that is missing for good must not load the page anew without end. */
const RELOAD_EVERY_MS = 60_000
const ANSWER_MS = 5_000

/**
 * What `load` imports, for somebody who waits for it and has nothing to lose: where it is missing, the page is loaded
 * anew. Raises `Refused`.
 */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    if ((await isMissing()) && mayReload()) location.reload()
    throw new Refused({ code: 'unreachable', message: '' })
  }
}

/**
 * Of a file that did not come: whether the service answers all the same. Then a newer version has replaced it, or the
 * browser remembers that it failed, and only loading the page anew brings it.
 */
export async function isMissing(): Promise<boolean> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), ANSWER_MS)
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: late.signal })).ok
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

function mayReload(): boolean {
  try {
    const before = Number(sessionStorage.getItem(RELOADED))
    if (Date.now() - before < RELOAD_EVERY_MS) return false
    sessionStorage.setItem(RELOADED, String(Date.now()))
    return true
  } catch {
    return false // where nothing can be kept, nobody would know that it was done already
  }
}
