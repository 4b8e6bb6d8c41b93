/** Counts as each language writes them: "1.000 phiếu", "1,000 ballots", "1 ballot". */

const vietnamese = new Intl.NumberFormat('vi')
const english = new Intl.NumberFormat('en')
const forms = new Intl.PluralRules('en')

export function inVi(count: number): string {
  return vietnamese.format(count)
}

export function inEn(count: number): string {
  return english.format(count)
}

/** In English so many of something, or who does something: `counted(1, 'person is', 'people are')`. */
export function counted(count: number, one: string, other: string): string {
  return `${english.format(count)} ${forms.select(count) === 'one' ? one : other}`
}
