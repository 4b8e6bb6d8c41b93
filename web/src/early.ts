/**
 * Asks the service where this address leads, and for the hall's code, while the rest of the page is on its way.
 *
 * It runs as soon as it is here (`vite.config.ts` sees to that): before the styles, the screens and what these take a
 * weak phone to start. What it imports delays the question.
 */
import { askedAhead } from './protocol/ahead'
import { keepLanguage, languageOfCookie } from './protocol/cookies'
import * as http from './protocol/http'
import { newKey } from './protocol/key'
import { deviceOf } from './state/device'
import { isLeadingIn, routeOf } from './state/route'
import { fetchHall } from './views/loadhall'

const route = routeOf(location.pathname)

keepLanguage(languageOfCookie())
export const device = deviceOf(() => localStorage, newKey)

function followAhead(token: string): typeof http.follow {
  const first = askedAhead(() => http.follow({ token, device }))
  return (link) => (link.token === token ? first() : http.follow(link))
}

export const follow = route.screen === 'enter' ? followAhead(route.token) : http.follow
export const whoAmI =
  route.screen === 'meeting' || route.screen === 'wall' ? askedAhead(http.whoAmI) : http.whoAmI

// Behind the question, so that it does not wait for a connection, and behind what the first screen is made of.
if (isLeadingIn(route)) void fetchHall()
