/** Which papers a device keeps to be read without a line, and what of them. */
import type { Meeting, Paper } from '../gen/protocol'
import { readable } from './papers'

export interface KeptPaper {
  version: string
  pages: number
}

/** Approved papers that may stand on a device: not what is restricted, and not what was recalled. */
export function keepable(meeting: Meeting): readonly KeptPaper[] {
  return meeting.documents.flatMap((paper) => {
    const version = mayBeKept(paper) ? readable(paper) : null
    return version?.approved_at && version.pages ? [{ version: version.id, pages: version.pages }] : []
  })
}

export const mayBeKept = (paper: Paper) => !paper.confidential && !paper.recalled

/** Every address that reading the paper asks for, the first pages first. */
export function addressesOf({ version, pages }: KeptPaper): readonly string[] {
  const numbers = Array.from({ length: pages }, (_, i) => i + 1)
  const at = `/api/papers/${version}`
  return [
    at,
    `/api/notes/${version}`,
    ...numbers.flatMap((page) => [
      `${at}/pages/${page}`,
      `${at}/pages/${page}?size=small`,
      `${at}/text/${page}`,
      `/api/ink/${version}/${page}`,
    ]),
  ]
}

/** Whose of these addresses belong to a version that is to be kept no more. */
export function stale(addresses: readonly string[], keep: ReadonlySet<string>): readonly string[] {
  return addresses.filter((address) => {
    const [, version] = /^\/api\/(?:papers|notes|ink)\/([^/?]+)/.exec(address) ?? []
    return version !== undefined && !keep.has(version)
  })
}

interface Chunk {
  file: string
  css?: readonly string[]
  imports?: readonly string[]
}

/** Files of a build that these parts of it need, with everything they import. */
export function filesOf(
  manifest: Readonly<Record<string, Chunk>>,
  roots: readonly string[],
): readonly string[] {
  const files = new Set<string>()
  const seen = new Set<string>()
  const waiting = [...roots]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = manifest[name]
    if (chunk === undefined || seen.has(name)) continue
    seen.add(name)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(`/${file}`)
    waiting.push(...(chunk.imports ?? []))
  }
  return [...files]
}
