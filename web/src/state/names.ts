/** Vietnamese names: family name first, known and sorted by the given name, which comes last. */

const collator = new Intl.Collator('vi')

function words(name: string): string[] {
  return name.trim().split(/\s+/).filter(Boolean)
}

export function givenName(name: string): string {
  return words(name).at(-1) ?? ''
}

/** Orders by given name, then family name, then the names between. */
export function byGivenName(a: string, b: string): number {
  return (
    collator.compare(givenName(a), givenName(b)) ||
    collator.compare(words(a)[0] ?? '', words(b)[0] ?? '') ||
    collator.compare(a, b)
  )
}

/** Up to two letters for a picture that is off: middle and given name, as "Nguyễn Đức Hạnh" gives "ĐH". */
export function initials(name: string): string {
  return words(name)
    .slice(-2)
    .map((word) => word.normalize('NFC')[0]?.toLocaleUpperCase('vi') ?? '')
    .join('')
}

/** The form in which texts are compared in a search: no marks, no case, "đ" as "d". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd')
}

/** Whether every word of the query begins a word of the text. */
export function matches(query: string, ...texts: readonly string[]): boolean {
  const found = texts.flatMap((text) => words(folded(text)))
  return words(folded(query)).every((wanted) => found.some((word) => word.startsWith(wanted)))
}
