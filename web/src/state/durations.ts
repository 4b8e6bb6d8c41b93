/** Spans of time as digits, "04:12" or "1:02:03". */
import type { AgendaItem } from '../gen/protocol'

export function digits(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const pair = (value: number) => String(value).padStart(2, '0')
  return h > 0 ? `${h}:${pair(m)}:${pair(s)}` : `${pair(m)}:${pair(s)}`
}

/** Seconds from an ISO time to `now` (ms); 0 while `since` is absent or ahead. */
export function elapsed(since: string | null, now: number): number {
  return since === null ? 0 : Math.max(0, (now - Date.parse(since)) / 1000)
}

/** Seconds that an agenda item has taken so far. */
export function spent(item: AgendaItem, now: number): number {
  return item.spent_s + elapsed(item.opened_at, now)
}

/** How an item does against its budget: the last fifth is `soon`; null without a budget or while it is not open. */
export function pace(item: AgendaItem, now: number): 'well' | 'soon' | 'over' | null {
  if (item.budget_s === 0 || item.state !== 'current') return null
  const share = spent(item, now) / item.budget_s
  if (share > 1) return 'over'
  return share >= 0.8 ? 'soon' : 'well'
}

/** Seconds left of an item's budget, negative when it is over; null without a budget. */
export function remaining(item: AgendaItem, now: number): number | null {
  return item.budget_s > 0 ? item.budget_s - spent(item, now) : null
}
