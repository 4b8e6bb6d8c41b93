/** The cookies that the page reads or writes itself; that of the session it never sees. */
import type { Language } from '../state/i18n'

const YEAR_S = 31_536_000

export function hasCookie(pair: string): boolean {
  return document.cookie.split('; ').includes(pair)
}

export function languageOfCookie(): Language {
  return hasCookie('lang=en') ? 'en' : 'vi'
}

/** The service words its refusals in the language of the page. */
export function keepLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: Safari before 18.4 and Firefox before 140 have no cookieStore
  document.cookie = `lang=${language}; path=/; max-age=${YEAR_S}; samesite=lax`
}
