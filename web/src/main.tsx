/** Starts the page: the remembered choices, the language, the look, the screen. */
import { device, follow, whoAmI } from './early'
import './css/all.css'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { hasCookie, keepLanguage, languageOfCookie } from './protocol/cookies'
import { createChoices } from './state/choices'
import { isDemo } from './state/demo'
import { language, speak } from './state/i18n'
import { isLeadingIn, routeOf } from './state/route'
import { App } from './views/app'
import { fetchHall } from './views/loadhall'
import { followTheme } from './views/theme'

/** Fonts come after what one waits for, and not on a line that is short of data. */
function loadFonts(): void {
  const line = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection
  const isThrifty = line?.saveData || /(^|-)(2g|3g)$/.test(line?.effectiveType ?? '')
  if (!isThrifty) void import('./css/fonts.css')
}

async function start(): Promise<void> {
  const choices = createChoices(
    () => localStorage,
    () => sessionStorage,
  )
  followTheme(choices)
  isDemo.value = hasCookie('demo=1')
  // Vietnamese is here already when the line is down; the choice of before stays.
  const chosen = languageOfCookie()
  await speak(chosen).catch(() => undefined)
  let isFallback = language.value !== chosen
  effect(() => {
    document.documentElement.lang = language.value
    if (isFallback) {
      isFallback = false
      return
    }
    keepLanguage(language.value)
  })
  const root = document.getElementById('root') as HTMLElement
  // Preact 11 renders beside what the container holds already.
  root.replaceChildren()
  render(<App choices={choices} device={device} ask={{ follow, whoAmI }} />, root)
  if (isLeadingIn(routeOf(location.pathname))) fetchHall().then(loadFonts)
  else requestAnimationFrame(loadFonts)
}

void start()
