/** Who speaks and who wants to, to speak or to question. */
import { Hand, MessageCircleQuestion, Pause, Play, Settings2, Timer } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import type { SpeechRequest } from '../../gen/protocol'
import type { Order } from '../../protocol/socket'
import { digits } from '../../state/durations'
import { inTurn, speechTime, unitTimes } from '../../state/floor'
import { text } from '../../state/i18n'
import { personOf, screenOf } from '../../state/meeting'
import { leads, tell } from '../../state/store'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { useLazily } from '../parts/lazily'
import { losesFocus } from '../parts/modal'
import { SpeechTime } from '../parts/speechtime'

const MORE_S = 60

export function Queue() {
  const { store } = useActs()
  const meeting = store.meeting.value
  if (meeting === null) return null
  const asks = meeting.floor.queue.some((request) => request.kind === 'question')
  const may = (what: string) => store.may.value.has(what)
  return (
    <>
      <Speaking />
      <Waiting kind="speech" />
      {(asks || may('raise_hand') || may('give_floor')) && <Waiting kind="question" />}
      {(may('set_floor_rules') || meeting.floor.rules.unit_budget_s > 0) && <Rules />}
    </>
  )
}

/** Acts that remove what was pressed: the heading of their section then takes the focus. */
function useHeadedActs() {
  const acts = useActs()
  const heading = useRef<HTMLHeadingElement>(null)
  const act = async (what: Order) => {
    const pressed = document.activeElement
    const { ok } = await order(acts, what)
    if (ok && losesFocus(pressed)) heading.current?.focus()
  }
  return { heading, act }
}

function Speaking() {
  const acts = useActs()
  const { store } = acts
  const { heading, act } = useHeadedActs()
  const t = text.value.queue
  const meeting = store.meeting.value
  const holder = meeting && personOf(meeting, meeting.floor.holder)
  const may = (what: string) => store.may.value.has(what)
  if (!meeting || !holder) {
    return (
      <section>
        <h2 ref={heading} tabIndex={-1}>
          {t.holder}
        </h2>
        <p class="soft">{t.free}</p>
      </section>
    )
  }
  const { floor } = meeting
  const screen = screenOf(meeting, floor.holder)
  const isPaused = floor.paused_at !== null
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {floor.kind === 'question' ? t.questioner : t.holder}
      </h2>
      <div class="entry now">
        <div class="grow">
          <b>{holder.name}</b>
          <div class="small">
            {holder.unit} · <SpeechTime />
            {screen && <div class="soft">{text.value.here.through(screen.name)}</div>}
          </div>
        </div>
        {may('give_floor') && (
          <button
            type="button"
            aria-label={t.takeLong(holder.name)}
            onClick={() => void act({ type: 'take_floor' })}
          >
            {t.take}
          </button>
        )}
      </div>
      {may('pause_speech') && (
        <div class="row">
          <button
            type="button"
            class="grow"
            onClick={() => void order(acts, { type: isPaused ? 'resume_speech' : 'pause_speech' })}
          >
            <Icon of={isPaused ? Play : Pause} />
            {isPaused ? t.resume : t.pause}
          </button>
          {may('extend_speech') && (
            <button
              type="button"
              class="grow"
              onClick={() => void order(acts, { type: 'extend_speech', seconds: MORE_S })}
            >
              <Icon of={Timer} />
              {t.more}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

function Waiting({ kind }: { kind: SpeechRequest['kind'] }) {
  const acts = useActs()
  const { store } = acts
  const { heading, act } = useHeadedActs()
  const meeting = store.meeting.value
  const t = text.value.queue
  if (meeting === null) return null
  const queue = inTurn(meeting, kind)
  const isAsking = kind === 'question'
  const isWaiting = queue.some((request) => request.participant === store.me.value)
  return (
    <section>
      <h2 ref={heading} tabIndex={-1}>
        {isAsking ? t.questions(queue.length) : t.title(queue.length)}
        {queue.length > 1 && <span class="small soft"> · {t.order[meeting.floor.rules.turn_order]}</span>}
      </h2>
      {queue.length === 0 && <p class="soft">{isAsking ? t.noQuestions : t.empty}</p>}
      <ol>
        {queue.map((request, i) => (
          <Request key={request.participant} request={request} place={i + 1} act={act} />
        ))}
      </ol>
      {isAsking && store.may.value.has('raise_hand') && (
        <button
          type="button"
          class={isWaiting ? 'gold' : ''}
          onClick={() => void order(acts, { type: isWaiting ? 'lower_hand' : 'raise_hand', kind })}
        >
          <Icon of={isWaiting ? Hand : MessageCircleQuestion} />
          {isWaiting ? t.withdrawQuestion : t.ask}
        </button>
      )}
    </section>
  )
}

interface RequestProps {
  request: SpeechRequest
  place: number
  act: (what: Order) => Promise<void>
}

function Request({ request, place, act }: RequestProps) {
  const { store } = useActs()
  const t = text.value.queue
  const person = store.meeting.value && personOf(store.meeting.value, request.participant)
  if (!person) return null
  const { kind } = request
  const spoke_s = store.meeting.value?.floor.spoken[person.id]
  return (
    <li class="entry">
      <span class="pill num">{place}</span>
      <div class="grow">
        <b>{person.name}</b>
        <div class="small soft">
          {person.unit}
          {spoke_s !== undefined && <span class="num"> · {t.spoke(digits(spoke_s))}</span>}
        </div>
      </div>
      {store.may.value.has('give_floor') && (
        <>
          <button
            type="button"
            class="quiet"
            aria-label={t.dropLong(person.name)}
            onClick={() => void act({ type: 'lower_hand', participant: person.id, kind })}
          >
            {t.drop}
          </button>
          <button
            type="button"
            class="gold"
            aria-label={kind === 'question' ? t.askLong(person.name) : t.giveLong(person.name)}
            onClick={() => void act({ type: 'give_floor', participant: person.id, kind })}
          >
            {t.give}
          </button>
        </>
      )}
    </li>
  )
}

/** The time each unit has had, and for who leads the way to the rules. */
function Rules() {
  const { store } = useActs()
  const [Form, open, close] = useLazily<{ onClose: () => void }>(
    async () => (await import('./floorrules')).FloorRulesForm,
  )
  const t = text.value.queue
  const meeting = store.meeting.value
  if (meeting === null) return null
  const budget = meeting.floor.rules.unit_budget_s
  const units = unitTimes(meeting, store.now.value)
  return (
    <section>
      {units.length > 0 && (
        <details>
          <summary>{budget > 0 ? t.unitsOf(Math.round(budget / 60)) : t.units}</summary>
          <ul>
            {units.map(({ unit, spoke_s }) => (
              <li key={unit} class="entry">
                <span class="grow">{unit}</span>
                <span class={`num clock ${budget > 0 && spoke_s > budget ? 'over' : ''}`}>
                  {digits(spoke_s)}
                  {budget > 0 && spoke_s > budget && `, ${t.overBudget}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {store.may.value.has('set_floor_rules') && (
        <button type="button" aria-haspopup="dialog" onClick={open}>
          <Icon of={Settings2} />
          {t.rules}
        </button>
      )}
      {Form.value && <Form.value onClose={close} />}
    </section>
  )
}

/** Tells the speaker and who leads once that the time is nearly up, and that it is over. */
export function useSpeechWarning(): void {
  const { store } = useActs()
  const floor = store.meeting.value?.floor
  const pace = floor ? (speechTime(floor, store.now.value)?.pace ?? null) : null
  const isConcerned = store.holdsFloor.value || leads(store)
  useEffect(() => {
    if (!isConcerned || (pace !== 'soon' && pace !== 'over')) return
    const t = text.value.queue
    tell(store, { text: pace === 'soon' ? t.soonNotice : t.overNotice, urgent: true, visible: true })
  }, [pace, floor?.since])
}
