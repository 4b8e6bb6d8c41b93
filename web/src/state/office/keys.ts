/** The key of a change: the same for the same content until it is done, so that a retry happens once. */

export type KeyFor = (content: object) => string

export function createKeys(random: () => string): { keyFor: KeyFor; done: () => void } {
  let kept: { content: string; key: string } | null = null
  return {
    keyFor(content) {
      const now = JSON.stringify(content)
      if (kept?.content !== now) kept = { content: now, key: random() }
      return kept.key
    },
    /** What comes next is another change, even with the same content. */
    done() {
      kept = null
    },
  }
}
