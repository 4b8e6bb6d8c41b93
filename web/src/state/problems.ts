/** What a problem is to the person who met it: what happened, then what to do. */
import type { Problem } from '../gen/protocol'
import type { Advice, Text } from './vi'

const PASSING: ReadonlySet<string> = new Set(['unreachable', 'not_recorded', 'failed', 'too_many'])

/** Whether the same question may be answered later: nobody answered, or the service was too busy to. */
export const passes = (code: string): boolean => PASSING.has(code) || code.startsWith('http_5')

/** When to ask again: not three hundred pages in the same moment. */
export const again_ms = (): number => 2_000 + 3_000 * Math.random()

/** In the service's words where it has spoken; in the page's own where nobody answered. */
export function adviceOf({ code, message }: Problem, { enter }: Text): Advice {
  if (message === '') return enter.unanswered[code] ?? enter.otherProblem
  const end = message.indexOf('. ') + 1
  return end > 0
    ? { what: message.slice(0, end), todo: message.slice(end + 1) }
    : { what: message, todo: enter.otherProblem.todo }
}
