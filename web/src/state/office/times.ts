/** Moments as the office writes them: the clock of Vietnam, wherever the browser is. */

const ZONE = 'Asia/Ho_Chi_Minh'
const OFFSET = '+07:00' // all year round
const AHEAD_MS = 7 * 3_600_000

export function dayAndTime(iso: string, language: string): string {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: ZONE,
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(iso))
}

/** What a field for day and time shows of a moment: "2026-12-01T08:00". */
export function fieldOf(iso: string): string {
  return new Date(Date.parse(iso) + AHEAD_MS).toISOString().slice(0, 16)
}

/** The moment that a field for day and time ("2026-12-01T08:00") names; null while it is not filled in. */
export function momentOf(field: string): string | null {
  const moment = new Date(`${field}:00${OFFSET}`)
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString()
}
