/** The days of a regular series, as fields for day and time write them: "2026-12-01T08:00". */

export const RHYTHMS = ['once', 'weekly', 'monthly_day', 'monthly_weekday'] as const
export type Rhythm = (typeof RHYTHMS)[number]

export const MOST = 24

const DAY_MS = 86_400_000

/** `count` days from `first` on; a month without a 31st has its last day, one without a fifth weekday its last. */
export function series(first: string, rhythm: Rhythm, count: number): string[] {
  const [day = '', time = ''] = first.split('T')
  const begins = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(begins)) return []
  const steps = rhythm === 'once' ? 1 : Math.min(count, MOST)
  return Array.from({ length: steps }, (_, step) => `${dayOf(begins, rhythm, step)}T${time}`)
}

function dayOf(begins: number, rhythm: Rhythm, step: number): string {
  if (rhythm === 'once' || rhythm === 'weekly') return written(begins + step * 7 * DAY_MS)
  const first = new Date(begins)
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth() + step]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  if (rhythm === 'monthly_day') return written(Date.UTC(year, month, Math.min(first.getUTCDate(), last)))
  const before = Math.floor((first.getUTCDate() - 1) / 7)
  const monthBegins = new Date(Date.UTC(year, month, 1)).getUTCDay()
  const day = 1 + ((first.getUTCDay() - monthBegins + 7) % 7) + 7 * before
  return written(Date.UTC(year, month, day > last ? day - 7 : day))
}

function written(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}
