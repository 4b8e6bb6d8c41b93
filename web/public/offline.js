/**
 * Answers from what this device keeps when there is no line. What is kept is put there by the page
 * (`src/protocol/kept.ts`), never here; here it is brought up to date, and let go when the service says no.
 */
const CACHE = 'papers'
const KEPT = /^\/api\/(papers|notes|ink|room|me)(\/|$)/
/** A line that says nothing for so long counts as none. */
const PATIENCE_MS = 4_000

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(orKept(request, '/'))
  else if (pathname.startsWith('/assets/')) event.respondWith(keptOr(request))
  else if (KEPT.test(pathname)) event.respondWith(orKept(request, request.url))
})

/** What the service says; without an answer what is kept at the address. */
async function orKept(request, address) {
  const cache = await caches.open(CACHE)
  // Where the smaller picture of a page is asked for, the page itself is better.
  const kept = (await cache.match(address)) ?? (await cache.match(address.replace(/\?size=first$/, '')))
  const asked = fetch(request).then((response) => settle(cache, kept, address, response))
  if (kept === undefined) return asked
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, kept))
  return Promise.race([asked.catch(() => kept), late])
}

/** Names of assets carry a hash of their content: what is kept is right. */
async function keptOr(request) {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request)
}

async function settle(cache, kept, address, response) {
  if (response.status === 401) await caches.delete(CACHE)
  else if (response.status === 404 || response.status === 410) {
    if (kept && new URL(response.url).pathname !== '/api/me') await cache.delete(address)
  } else if (response.ok && kept) await cache.put(address, response.clone())
  return response
}
