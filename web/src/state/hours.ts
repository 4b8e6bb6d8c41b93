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

function inVietnam(iso: string): string {
  return new Date(Date.parse(iso) + AHEAD_MS).toISOString()
}
