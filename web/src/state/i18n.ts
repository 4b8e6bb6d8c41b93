/** The language of the screens: Vietnamese at once, English when asked for. */
import { signal } from '@preact/signals'
import { inEn, inVi } from './numbers'
import { type Text, vi } from './vi'

export type Language = 'vi' | 'en'

export const language = signal<Language>('vi')
export const text = signal<Text>(vi)

export async function speak(wanted: Language): Promise<void> {
  text.value = wanted === 'en' ? (await import('./en')).en : vi
  language.value = wanted
}

/** A count that stands by itself. */
export function numeral(count: number): string {
  return language.value === 'en' ? inEn(count) : inVi(count)
}
