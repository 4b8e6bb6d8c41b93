/** Files of this page that come when they are needed. */
import { Refused } from './http'

const RELOADED = 'reloaded'
/** A file that is missing for good must not load the page anew without end. */
const RELOAD_EVERY_MS = 60_000

/**
 * What `load` imports. Where the service answers and the file does not come, a newer version has replaced it, or the
 * browser remembers that it failed: then the page is loaded anew. Raises `Refused`.
 */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch {
    if ((await answers()) && mayReload()) location.reload()
    throw new Refused({ code: 'unreachable', message: '' })
  }
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { cache: 'no-store' })).ok
  } catch {
    return false
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
