/**
 * The papers that this device keeps to be read without a line.
 *
 * Kept by one's own choice, in one cache that `public/offline.js` answers from. It is emptied when the session ends,
 * and what is recalled is dropped from it.
 */
import { signal } from '@preact/signals'
import type { Meeting } from '../gen/protocol'
import { addressesOf, filesOf, keepable, stale } from '../state/kept'
import { remembered } from '../state/memory'

const CACHE = 'papers'
const WORKER = '/offline.js'
const ROOM = '/api/room'
const PAGE = '/'
const MANIFEST = '/.vite/manifest.json'
/** The parts of the page that reading needs. */
const PARTS = ['index.html', 'src/views/papers/room.tsx', 'src/state/en.ts']
const AT_ONCE = 4

/** Versions whose every page is here, and whose they are; null: nothing is kept. */
export const kept = remembered<{ me: string; versions: readonly string[] } | null>(
  () => localStorage,
  'kept-papers',
  null,
)
/** How much of what is being fetched is here, from 0 to 1; null: nothing is. `failed`: the line or the room ended. */
export const keeping = signal<number | 'failed' | null>(null)

export const canKeep = () => 'serviceWorker' in navigator && 'caches' in window

/** Keep all papers of the meeting that may be kept, with what was kept before. */
export async function keepPapers(meeting: Meeting, me: string): Promise<void> {
  if (keeping.value !== null && keeping.value !== 'failed') return
  keeping.value = 0
  try {
    if (kept.value !== null && kept.value.me !== me) await forgetPapers()
    const cache = await caches.open(CACHE)
    await navigator.serviceWorker.register(WORKER)
    // What is kept is of no use before something answers from it.
    await navigator.serviceWorker.ready
    const papers = keepable(meeting)
    const fresh = papers.filter((paper) => !kept.value?.versions.includes(paper.version))
    const addresses = [PAGE, ROOM, ...(await pageFiles()), ...fresh.flatMap(addressesOf)]
    const waiting = [...addresses]
    const take = async () => {
      for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
        await keep(cache, address)
        keeping.value = 1 - waiting.length / addresses.length
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, take))
    kept.value = { me, versions: papers.map((paper) => paper.version) }
    await dropOthers(meeting, me)
    keeping.value = null
  } catch {
    // No line, no room, or a browser that forbids it: said on the screen, and tried again by hand.
    keeping.value = 'failed'
  }
}

/** Drop what may be read no longer: it was recalled, is for others now, or is another's. */
export async function dropOthers(meeting: Meeting, me: string): Promise<void> {
  if (kept.value === null) return
  if (kept.value.me !== me) return forgetPapers()
  const may = new Set(keepable(meeting).map((paper) => paper.version))
  const versions = kept.value.versions.filter((version) => may.has(version))
  if (versions.length === kept.value.versions.length) return
  kept.value = { me, versions }
  const cache = await caches.open(CACHE)
  const requests = await cache.keys()
  const paths = requests.map(({ url }) => url.slice(location.origin.length))
  for (const path of stale(paths, new Set(versions))) await cache.delete(path)
  // The list that is kept names them still; without a line it is asked for with the next opening.
  await keep(cache, ROOM).catch(() => undefined)
}

/** Keep nothing any more. */
export async function forgetPapers(): Promise<void> {
  kept.value = null
  keeping.value = null
  if (!canKeep()) return
  await caches.delete(CACHE)
  const worker = await navigator.serviceWorker.getRegistration(WORKER)
  await worker?.unregister()
}

async function keep(cache: Cache, address: string): Promise<void> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  await cache.put(address, response)
}

async function pageFiles(): Promise<readonly string[]> {
  const response = await fetch(MANIFEST)
  if (!response.ok) throw new Error(`${MANIFEST}: ${response.status}`)
  return filesOf(await response.json(), PARTS)
}
