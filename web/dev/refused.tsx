/** What is refused at the doors, as a person meets it: the page's own screen, and the answer of the service. */
import type { ComponentChild } from 'preact'
import type { Problem } from '../src/gen/protocol'
import { follow, whoAmI } from '../src/protocol/http'
import { CheckIn } from '../src/views/doors/checkin'
import { Enter, EnterProblem } from '../src/views/doors/enter'
import { Knock } from '../src/views/doors/knock'
import { MeetingScreen } from '../src/views/meeting'
import { Room } from '../src/views/papers/room'
import { freshChoices } from './acts'
import { nowhere } from './halls'
import { meeting } from './people'

type Refused = (code: string) => Promise<ComponentChild>

/** The service's words for a refusal. */
async function worded(code: string): Promise<Problem> {
  return (await fetch(`/refusals/${code}`)).json()
}

/** The screen when whatever it asks for is refused; with null there is no answer at all. */
function answered(screen: () => ComponentChild): Refused {
  return async (code) => {
    const problem = code === 'unreachable' ? null : await worded(code)
    window.fetch = async () => {
      if (problem === null) throw new TypeError('Failed to fetch')
      return new Response(JSON.stringify(problem), { status: 400 })
    }
    return screen()
  }
}

/** Somebody who came in by the link and whose socket is refused. */
const unconnected: Refused = async (code) => {
  const problem = await worded(code)
  // Engine.IO's opening, and Socket.IO's CONNECT_ERROR to whoever connects.
  const opening = { sid: 's', upgrades: [], pingInterval: 10_000, pingTimeout: 10_000, maxPayload: 65_536 }
  class Refusing extends EventTarget {
    onopen = nowhere
    onmessage: (event: { data: string }) => void = nowhere
    constructor() {
      super()
      setTimeout(() => {
        this.onopen()
        this.onmessage({ data: `0${JSON.stringify(opening)}` })
      })
    }
    send(frame: string) {
      const refusal = { message: problem.message, data: problem }
      if (frame.startsWith('40')) setTimeout(() => this.onmessage({ data: `44${JSON.stringify(refusal)}` }))
    }
    close() {}
  }
  Object.assign(window, { WebSocket: Refusing })
  const choices = freshChoices()
  choices.entered.value = meeting.id
  const cameIn = {
    place: 'hall',
    session: 's7',
    meeting: meeting.id,
    title: meeting.title,
    name: '',
    role: 'delegate',
  } as const
  return <MeetingScreen choices={choices} isWall={false} cameIn={cameIn} whoAmI={whoAmI} />
}

/** Each where it is likeliest to be met. */
const doors: readonly [string, Refused, readonly string[]][] = [
  [
    'enter',
    answered(() => <Enter token="none" device="none" go={nowhere} follow={follow} />),
    [
      'bad_link',
      'used_link',
      'link_waits',
      'closed',
      'too_many',
      'wrong_state',
      'not_recorded',
      'wrong_origin',
      'unreachable',
    ],
  ],
  ['knock', answered(() => <Knock meeting="none" device="none" go={nowhere} />), ['no_meeting']],
  [
    'knock',
    answered(() => {
      askIn()
      return <Knock meeting="m7" device="none" go={nowhere} open={meeting} />
    }),
    ['bad_input', 'lobby_full'],
  ],
  [
    'meeting',
    answered(() => <MeetingScreen choices={freshChoices()} isWall={false} cameIn={null} whoAmI={whoAmI} />),
    ['no_session', 'closed'],
  ],
  ['meeting', unconnected, ['full']],
  [
    'check-in',
    answered(() => <CheckIn code="none" choices={freshChoices()} go={nowhere} />),
    [
      'code_expired',
      'other_meeting',
      'check_in_closed',
      'not_admitted',
      'not_allowed',
      'no_session',
      'seat_given_away',
    ],
  ],
  ['room', answered(() => <Room choices={freshChoices()} />), ['no_session']],
]

/** Fill in the form as soon as it is there, and send it. */
function askIn() {
  const seen = new MutationObserver(() => {
    const form = document.querySelector('form')
    if (form === null) return
    seen.disconnect()
    for (const input of form.querySelectorAll('input'))
      input.value = { name: 'Lương Thị Hồng', unit: 'Hội Phụ nữ xã Tam Quang' }[input.name] ?? ''
    form.requestSubmit()
  })
  seen.observe(document.body, { childList: true, subtree: true })
}

export const refusedScreens: Record<string, () => ComponentChild | Promise<ComponentChild>> = {
  nowhere: () => <EnterProblem problem={{ code: 'nowhere', message: '' }} />,
  ...Object.fromEntries(
    doors.flatMap(([door, refused, codes]) => codes.map((code) => [`${door}-${code}`, () => refused(code)])),
  ),
}
