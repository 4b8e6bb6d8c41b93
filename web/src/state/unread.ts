/** How many lines of the chat came after the last one that was read. */
import type { ChatLine } from '../gen/protocol'

/** By id: the chat keeps its last lines only, so its length stands still. `lastRead` null: none was read. */
export function unread(lines: readonly ChatLine[], lastRead: string | null): number {
  // A line that is no longer kept leaves index -1: all that are kept came after it.
  return lines.length - 1 - lines.findIndex((line) => line.id === lastRead)
}
