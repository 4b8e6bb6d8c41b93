/** Hours of the day as Vietnam has them, which knows one zone and no summer time. */

const AHEAD_MS = 7 * 3_600_000

/** "08:30" */
export function hourOf(iso: string): string {
  return inVietnam(iso).slice(11, 16)
}

/** That hour on the day of `day`. */
export function atHour(day: string, hour: string): string {
  return new Date(Date.parse(`${inVietnam(day).slice(0, 10)}T${hour}:00Z`) - AHEAD_MS).toISOString()
}

/** "2026-11-22", the day that `now` (ms) is. */
export function dayOf(now: number): string {
  return inVietnam(new Date(now).toISOString()).slice(0, 10)
}

/** "22/11/2026" */
export function dateOf(day: string): string {
  return day.split('-').reverse().join('/')
}

function inVietnam(iso: string): string {
  return new Date(Date.parse(iso) + AHEAD_MS).toISOString()
}
