/** What the service is asked for until it answers: a weak line loses one question in many. */
import { problemOf } from '../../protocol/http'
import { again_ms, passes } from '../../state/problems'

/** Ask until the answer is here, or refused for good. Returns what ends it. */
export function untilHere<T>(
  ask: () => Promise<T>,
  here: (answer: T) => void,
  refused: () => void = () => {},
): () => void {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const attempt = () => {
    ask().then(
      (answer) => {
        if (!isOver) here(answer)
      },
      (error: unknown) => {
        if (isOver) return
        if (passes(problemOf(error).code)) timer = setTimeout(attempt, again_ms())
        else refused()
      },
    )
  }
  attempt()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
