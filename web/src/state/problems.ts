/** What a problem is to the person who met it: what happened, then what to do. */
import type { Problem } from '../gen/protocol'
import type { Advice, Text } from './vi'

/** In the service's words where it has spoken; in the page's own where nobody answered. */
export function adviceOf({ code, message }: Problem, { enter }: Text): Advice {
  if (message === '') return enter.unanswered[code] ?? enter.otherProblem
  const end = message.indexOf('. ') + 1
  return end > 0
    ? { what: message.slice(0, end), todo: message.slice(end + 1) }
    : { what: message, todo: enter.otherProblem.todo }
}
