/** The course of the meeting: its state for the chair, the vote, the floor, the agenda. */
import { useSignal } from '@preact/signals'
import { MicOff, QrCode } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Answer, MeetingState, WallShows } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { doorsOpen } from '../../state/meeting'
import { running } from '../../state/votes'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { useLazily } from '../parts/lazily'
import { openDialogs, Question } from '../parts/modal'
import { Agenda } from './agenda'
import { Queue } from './queue'
import { VoteSection } from './vote'

export function Steer() {
  const { store } = useActs()
  const leads = store.may.value.has('set_state') || store.may.value.has('submit_meeting')
  const meeting = store.meeting.value
  const course = [
    leads && <Course key="course" />,
    store.may.value.has('check_in_at_hall') && <CheckIn key="desk" />,
  ]
  const vote = <VoteSection key="vote" />
  const queue = <Queue key="queue" />
  const isVoting = running(meeting?.vote ?? null) !== null
  // In session the next speaker is called again and again, and the state changes twice.
  const inSession = isVoting ? [vote, queue, ...course] : [queue, vote, ...course]
  const sections = useUnmoved(leads && meeting?.state === 'in_session' ? inSession : [...course, vote, queue])
  return (
    <>
      {sections}
      <Agenda />
      {store.may.value.has('show_on_wall') && <WallChoice />}
    </>
  )
}

/**
 * The sections in their order, or while a dialog is open in the one they had.
 *
 * Without `moveBefore` (Chromium before 133, Firefox before 144, Safari) what is moved loses the focus, and a dialog
 * in it no longer covers the page.
 */
function useUnmoved(sections: ComponentChildren[]): ComponentChildren[] {
  const shown = useRef(sections)
  if (openDialogs.value === 0) shown.current = sections
  const focused = document.activeElement
  useLayoutEffect(() => {
    if (document.activeElement === document.body && focused instanceof HTMLElement) focused.focus()
  })
  return shown.current
}

const WALL = ['auto', 'speaker', 'agenda', 'vote', 'conclusions', 'address', 'check_in'] as const

function WallChoice() {
  const acts = useActs()
  const t = text.value.steer
  const shows = acts.store.meeting.value?.wall ?? 'auto'
  return (
    <section>
      <h2>
        <label for="wall-shows">{t.wall}</label>
      </h2>
      <select
        id="wall-shows"
        value={shows}
        onChange={({ currentTarget: { value } }) =>
          void order(acts, { type: 'show_on_wall', shows: value as WallShows })
        }
      >
        {WALL.map((one) => (
          <option key={one} value={one}>
            {t.wallShows[one]}
          </option>
        ))}
      </select>
    </section>
  )
}

/** The desk at the door. */
function CheckIn() {
  const { store } = useActs()
  const [desk, open, close] = useLazily(async () => (await import('./checkin/checkin')).CheckInDesk)
  if (!store.meeting.value || !doorsOpen(store.meeting.value)) return null
  return (
    <section>
      <button type="button" onClick={open}>
        <Icon of={QrCode} />
        {text.value.here.checkIn}
      </button>
      {desk.value && <desk.value onClose={close} />}
    </section>
  )
}

type Step = readonly [
  MeetingState,
  'approve' | 'sendBack' | 'openCheckIn' | 'begin' | 'pause' | 'resume' | 'prepareAgain',
]

/** What was answered so far, and the way to the letter and the list. */
function Invitations() {
  const { store } = useActs()
  const [inviting, open, close] = useLazily(async () => (await import('./inviting/inviting')).Inviting)
  const t = text.value.steer
  const answers = store.meeting.value?.participants.map((person) => person.answer) ?? []
  const count = (what: Answer) => answers.filter((answer) => answer === what).length
  const View = inviting.value
  return (
    <>
      <button type="button" onClick={open}>
        {t.invitations}
      </button>
      {store.meeting.value?.state === 'invited' && (
        <p class="small soft num">{t.answers(count('accepted'), count('declined'), count('pending'))}</p>
      )}
      {View && <View onClose={close} />}
    </>
  )
}

/** What the chair may do next, the usual first. */
const STEPS: Partial<Record<MeetingState, readonly Step[]>> = {
  submitted: [
    ['approved', 'approve'],
    ['draft', 'sendBack'],
  ],
  invited: [['check_in', 'openCheckIn']],
  check_in: [['in_session', 'begin']],
  in_session: [['paused', 'pause']],
  paused: [['in_session', 'resume']],
  postponed: [['draft', 'prepareAgain']],
}
const QUESTIONS = {
  closed: ['closeTitle', 'closeLead', 'close'],
  postponed: ['postponeTitle', 'postponeLead', 'postpone'],
  cancelled: ['cancelTitle', 'cancelLead', 'cancel'],
} as const

function Course() {
  const acts = useActs()
  const { store } = acts
  const t = text.value.steer
  const asks = useSignal<keyof typeof QUESTIONS | null>(null)
  const meeting = store.meeting.value
  if (meeting === null) return null
  const go = (state: MeetingState) => void order(acts, { type: 'set_state', state })
  const maySet = store.may.value.has('set_state')
  const mayClose = meeting.state === 'in_session' || meeting.state === 'paused'
  const [title, lead, yes] = QUESTIONS[asks.value ?? 'closed']
  return (
    <section>
      <h2>{t.title}</h2>
      <div class="row wrap">
        {meeting.state === 'draft' && store.may.value.has('submit_meeting') && (
          <button
            type="button"
            class="primary grow"
            onClick={() => void order(acts, { type: 'submit_meeting' })}
          >
            {t.submit}
          </button>
        )}
        {meeting.state === 'submitted' && !maySet && <p class="soft">{t.waitsForApproval}</p>}
        {maySet &&
          (STEPS[meeting.state] ?? []).map(([state, name], i) => (
            <button
              key={state}
              type="button"
              class={state === 'paused' || i > 0 ? 'grow' : 'primary grow'}
              onClick={() => go(state)}
            >
              {t[name]}
            </button>
          ))}
        {maySet && mayClose && (
          <button
            type="button"
            class="danger grow"
            onClick={() => {
              asks.value = 'closed'
            }}
          >
            {t.close}
          </button>
        )}
      </div>
      {store.may.value.has('invite') && <Invitations />}
      {maySet && (
        <details>
          <summary>{t.callOff}</summary>
          <div class="row wrap">
            {(['postponed', 'cancelled'] as const).map(
              (state) =>
                state !== meeting.state && (
                  <button
                    key={state}
                    type="button"
                    class="danger grow"
                    onClick={() => {
                      asks.value = state
                    }}
                  >
                    {t[QUESTIONS[state][2]]}
                  </button>
                ),
            )}
          </div>
        </details>
      )}
      {store.may.value.has('set_floor_mode') && (
        <fieldset class="segments" aria-label={t.mode}>
          {(['chaired', 'open'] as const).map((mode) => (
            <button
              key={mode}
              type="button"
              aria-pressed={meeting.floor.mode === mode}
              onClick={() => void order(acts, { type: 'set_floor_mode', mode })}
            >
              {t[mode]}
            </button>
          ))}
        </fieldset>
      )}
      {store.may.value.has('mute_all') && (
        <button type="button" onClick={() => void order(acts, { type: 'mute_all' })}>
          <Icon of={MicOff} />
          {t.muteAll}
        </button>
      )}
      {asks.value && (
        <Question
          title={t[title]}
          lead={t[lead]}
          yes={t[yes]}
          no={text.value.cancel}
          onYes={() => {
            if (asks.value) go(asks.value)
            asks.value = null
          }}
          onClose={() => {
            asks.value = null
          }}
        />
      )}
    </section>
  )
}
