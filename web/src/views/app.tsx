/** The screen that the address asks for. */
import { signal } from '@preact/signals'
import type { Choices } from '../state/choices'
import { type Route, routeOf } from '../state/route'
import { Enter, EnterProblem } from './doors/enter'
import { Knock } from './doors/knock'
import { Start } from './doors/start'
import { MeetingScreen } from './meeting'

const route = signal<Route>(routeOf(location.pathname))

window.addEventListener('popstate', () => {
  route.value = routeOf(location.pathname)
})

/** Replaces the address: a used link is nothing to go back to. */
function go(path: string): void {
  history.replaceState(null, '', path)
  route.value = routeOf(path)
}

export function App({ choices }: { choices: Choices }) {
  const now = route.value
  switch (now.screen) {
    case 'start':
      return <Start />
    case 'enter':
      return <Enter token={now.token} go={go} />
    case 'knock':
      return <Knock meeting={now.meeting} go={go} />
    case 'meeting':
      return <MeetingScreen choices={choices} isWall={false} />
    case 'wall':
      return <MeetingScreen choices={choices} isWall />
    case 'nowhere':
      return <EnterProblem problem={{ code: 'nowhere', message: '' }} />
  }
}
