/** The screen that the address asks for. */
import { signal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Entered } from '../gen/protocol'
import { fetched } from '../protocol/code'
import type { follow, whoAmI } from '../protocol/http'
import type { Choices } from '../state/choices'
import { text } from '../state/i18n'
import { type Route, routeOf } from '../state/route'
import { Enter, EnterProblem } from './doors/enter'
import { Knock } from './doors/knock'
import { Start } from './doors/start'
import { MeetingScreen } from './meeting'

/** Changes the screen; `who` is whom the service has just let in there. */
export type Go = (path: string, who?: Entered) => void

const route = signal<Route>(routeOf(location.pathname))
let cameIn: Entered | null = null

window.addEventListener('popstate', () => {
  cameIn = null
  route.value = routeOf(location.pathname)
})

/** Replaces the address: a used link is nothing to go back to. */
const go: Go = (path, who) => {
  history.replaceState(null, '', path)
  cameIn = who ?? null
  route.value = routeOf(path)
}

/** What few come for is loaded when it is asked for. */
function Later<P extends object>({ load, props }: { load: () => Promise<ComponentType<P>>; props: P }) {
  const [loaded, setLoaded] = useState<{ Part: ComponentType<P> } | null>(null)
  const [isLost, setLost] = useState(false)
  useEffect(() => {
    fetched(load).then(
      (Part) => setLoaded({ Part }),
      () => setLost(true),
    )
  }, [load])
  if (isLost)
    return (
      <EnterProblem problem={{ code: 'unreachable', message: '' }}>
        <button type="button" class="primary" onClick={() => location.reload()}>
          {text.value.retry}
        </button>
      </EnterProblem>
    )
  if (loaded === null) return <p class="loading">{text.value.loading}</p>
  return <loaded.Part {...props} />
}

const office = () => import('./office/office').then(({ Office }) => Office)
const room = () => import('./papers/room').then(({ Room }) => Room)
const checkIn = () => import('./doors/checkin').then(({ CheckIn }) => CheckIn)
const survey = () => import('./survey/survey').then(({ SurveyScreen }) => SurveyScreen)

interface Props {
  choices: Choices
  device: string
  /** What may have been asked before this was here. */
  ask: { follow: typeof follow; whoAmI: typeof whoAmI }
}

export function App({ choices, device, ask }: Props) {
  const now = route.value
  switch (now.screen) {
    case 'start':
      return <Start />
    case 'enter':
      return <Enter token={now.token} device={device} go={go} follow={ask.follow} />
    case 'knock':
      return <Knock meeting={now.meeting} device={device} go={go} />
    case 'check-in':
      return <Later load={checkIn} props={{ code: now.code, choices, go }} />
    case 'meeting':
      return <MeetingScreen choices={choices} isWall={false} cameIn={cameIn} whoAmI={ask.whoAmI} />
    case 'wall':
      return <MeetingScreen choices={choices} isWall cameIn={cameIn} whoAmI={ask.whoAmI} />
    case 'office':
      return <Later load={office} props={{}} />
    case 'room':
      return <Later load={room} props={{ choices }} />
    case 'survey':
      return <Later load={survey} props={{ token: now.token }} />
    case 'nowhere':
      return <EnterProblem problem={{ code: 'nowhere', message: '' }} />
  }
}
