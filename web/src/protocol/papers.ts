/** Papers over HTTP: a file goes up in pieces and survives a broken line; pages and their text come down. */
import type {
  PageInk,
  PageNotes,
  PaperChanges,
  PaperHits,
  PaperPages,
  UploadRequest,
  UploadStanding,
} from '../gen/protocol'
import { ask, fetchJson, json, Refused } from './http'

const FIRST_PIECE = 64 * 1024
const LARGEST_PIECE = 1024 * 1024
/** A piece that takes longer is made smaller, so that the bar moves and little is lost with the line. */
const PIECE_MS = 2_000
const AGAIN_MS = 1_500

/** A stretch of text and its box, in points from the upper left corner. */
export type Run = readonly [text: string, left: number, top: number, width: number, height: number]

const imageOf = (version: string, page: number) => `/api/papers/${version}/pages/${page}`
export const pageImage = imageOf
/** A smaller picture of a large page, else the page itself; `SHARP` tells which. */
export const firstImage = (version: string, page: number) => `${imageOf(version, page)}?size=first`
/** Pixels: a page's own picture is wider, or as high as a page may be. */
export const SHARP = 600
export const smallImage = (version: string, page: number) => `${imageOf(version, page)}?size=small`
export const PACK = '/api/pack'
export const fileOf = (version: string) => `/api/papers/${version}/file`
export const pageSizes = (version: string) => ask<PaperPages>(`/api/papers/${version}`)
export const pageText = (version: string, page: number) =>
  ask<readonly Run[]>(`/api/papers/${version}/text/${page}`)
export const paperChanges = (version: string, since: string) =>
  ask<PaperChanges>(`/api/papers/${version}/changes?${new URLSearchParams({ since })}`)

/** Words in the papers one may read, or in one of them. */
export const searchPapers = (words: string, version: string | null) =>
  ask<PaperHits>(`/api/search?${new URLSearchParams({ q: words, ...(version === null ? {} : { version }) })}`)

export const pageNotes = (version: string) => ask<PageNotes>(`/api/notes/${version}`)
export const noteAt = (version: string, page: number | '') => `/api/notes/${version}/${page}`
export const pageInk = (version: string, page: number) => ask<PageInk>(`/api/ink/${version}/${page}`)
export const inkAt = (version: string, page: number, stroke: string) =>
  `/api/ink/${version}/${page}/${stroke}`

/** Have that at the address; null: nothing. */
export const putAt = (path: string, body: unknown) =>
  fetchJson<unknown>(path, body === null ? { method: 'DELETE' } : { method: 'PUT', ...json(body) })

/** Whether another attempt may not meet this refusal. */
export const mayPass = ({ problem }: Refused) => MAY_PASS.has(problem.code)

interface Sending {
  /** From 0 to 1; `waits` while there is no line. */
  progress: (share: number, waits: boolean) => void
  signal: AbortSignal
  pause?: (ms: number) => Promise<void>
  now?: () => number
}

/** Send a file; the version that it became. Rejects with `Refused`, or when `signal` aborts. */
export async function sendFile(
  file: Blob,
  request: UploadRequest,
  { progress, signal, pause = wait, now = () => performance.now() }: Sending,
): Promise<string> {
  let piece = FIRST_PIECE
  let standing: UploadStanding | null = null
  for (;;) {
    signal.throwIfAborted()
    try {
      standing ??= await fetchJson<UploadStanding>('/api/uploads', {
        method: 'POST',
        signal,
        ...json(request),
      })
      progress(standing.offset / standing.size, false)
      if (standing.version !== null) return standing.version
      const { upload, offset }: UploadStanding = standing
      const began = now()
      standing = await fetchJson<UploadStanding>(`/api/uploads/${upload}?offset=${offset}`, {
        method: 'PATCH',
        signal,
        body: file.slice(offset, offset + piece),
      })
      piece = Math.max(FIRST_PIECE, Math.min(LARGEST_PIECE, now() - began < PIECE_MS ? piece * 2 : piece / 2))
    } catch (error) {
      if (!(error instanceof Refused) || !mayPass(error)) throw error
      progress(standing === null ? 0 : standing.offset / standing.size, true)
      // Asked again with its key, the service says how much of it has come.
      standing = null
      await pause(AGAIN_MS)
    }
  }
}

/** Refusals that another attempt may not meet. */
const MAY_PASS = new Set([
  'unreachable',
  'wrong_offset',
  'not_recorded',
  'too_many',
  'http_502',
  'http_503',
  'http_504',
])

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
