/** A question that is asked before there is a screen for its answer. */

/** Asks now. Whoever calls first has the answer to that; each later call asks again. */
export function askedAhead<T>(ask: () => Promise<T>): () => Promise<T> {
  let coming: Promise<T> | null = ask()
  coming.catch(() => undefined) // told to whoever takes it
  return () => {
    const answer = coming ?? ask()
    coming = null
    return answer
  }
}
