/** What was concluded, and how its tasks stand. */
import type { Conclusion, Meeting, MeetingEvent, Task } from '../gen/protocol'
import { dayOf } from './hours'

const DUE_SOON_DAYS = 3
const DAY_MS = 86_400_000

/** What each event of the conclusions carries in `data`, by its name. */
export interface ConclusionEvents {
  conclusion_written: { conclusion: Conclusion }
  conclusion_removed: { conclusion: string }
  progress_set: { task: string; progress: number; done_at: string | null }
}

type All = readonly Conclusion[]
type Changes = { [N in keyof ConclusionEvents]: (all: All, data: ConclusionEvents[N]) => All }

const changes: Changes = {
  conclusion_written: (all, { conclusion }) =>
    all.some((one) => one.id === conclusion.id)
      ? all.map((one) => (one.id === conclusion.id ? conclusion : one))
      : [...all, conclusion],
  conclusion_removed: (all, { conclusion }) => all.filter((one) => one.id !== conclusion),
  progress_set: (all, { task, progress, done_at }) =>
    all.map((one) => ({
      ...one,
      tasks: one.tasks.map((each) => (each.id === task ? { ...each, progress, done_at } : each)),
    })),
}

function change<N extends keyof ConclusionEvents>(name: N) {
  return (meeting: Meeting, event: MeetingEvent): Meeting => ({
    ...meeting,
    conclusions: changes[name](meeting.conclusions, event.data as unknown as ConclusionEvents[N]),
  })
}

export const conclusionChanges = {
  conclusion_written: change('conclusion_written'),
  conclusion_removed: change('conclusion_removed'),
  progress_set: change('progress_set'),
}

export function conclusionsOn(meeting: Meeting, item: string): All {
  return meeting.conclusions.filter((one) => one.item === item)
}

export type Standing = 'done' | 'overdue' | 'due_soon' | 'open'

/** How a task stands on the day that `now` (ms) is in Vietnam; by the same rule as the service. */
export function standing({ progress, due_on }: Task, now: number): Standing {
  if (progress === 100) return 'done'
  if (due_on === null) return 'open'
  if (due_on < dayOf(now)) return 'overdue'
  return due_on <= dayOf(now + DUE_SOON_DAYS * DAY_MS) ? 'due_soon' : 'open'
}
