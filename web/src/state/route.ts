/** Which screen an address asks for. */

export type Route =
  | { screen: 'start' }
  | { screen: 'enter'; token: string }
  | { screen: 'knock'; meeting: string }
  | { screen: 'check-in'; code: string }
  | { screen: 'meeting' }
  | { screen: 'wall' }
  | { screen: 'room' }
  | { screen: 'office' }
  | { screen: 'survey'; token: string }
  | { screen: 'nowhere' }

export const MEETING = '/hop'
export const WALL = '/tuong'
export const ROOM = '/tai-lieu'
export const OFFICE = '/vp'
export const SIGN_IN = '/dang-nhap'

export function routeOf(path: string): Route {
  const [first = '', second = '', ...more] = path.split('/').filter(Boolean).map(decodeURIComponent)
  if (`/${first}` === OFFICE || (`/${first}` === SIGN_IN && !second)) return { screen: 'office' }
  if (more.length > 0) return { screen: 'nowhere' }
  if (first === '') return { screen: 'start' }
  if (first === 'v' && second) return { screen: 'enter', token: second }
  if (first === 'ks' && second) return { screen: 'survey', token: second }
  if (first === 'm' && second) return { screen: 'knock', meeting: second }
  if (first === 'c' && second) return { screen: 'check-in', code: second }
  if (second) return { screen: 'nowhere' }
  if (`/${first}` === MEETING) return { screen: 'meeting' }
  if (`/${first}` === ROOM) return { screen: 'room' }
  if (`/${first}` === WALL) return { screen: 'wall' }
  return { screen: 'nowhere' }
}

/** Whether somebody who comes to it is about to need the hall. */
export function isLeadingIn({ screen }: Route): boolean {
  return screen === 'enter' || screen === 'meeting' || screen === 'wall'
}
