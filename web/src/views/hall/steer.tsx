/** The course of the meeting: its state for the chair, then the vote, the floor, the agenda. */
import { useSignal } from '@preact/signals'
import { MicOff } from 'lucide'
import type { MeetingState } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { Question } from '../parts/modal'
import { Agenda } from './agenda'
import { Queue } from './queue'
import { VoteSection } from './vote'

export function Steer() {
  const { store } = useActs()
  const leads = store.may.value.has('set_state') || store.may.value.has('mute_all')
  return (
    <>
      {leads && <Course />}
      <VoteSection />
      <Queue />
      <Agenda />
    </>
  )
}

function Course() {
  const acts = useActs()
  const { store } = acts
  const t = text.value.steer
  const asks = useSignal(false)
  const meeting = store.meeting.value
  if (meeting === null) return null
  const go = (state: MeetingState) => void order(acts, { type: 'set_state', state })
  const steps: Partial<Record<MeetingState, readonly [MeetingState, string][]>> = {
    draft: [['check_in', t.openCheckIn]],
    check_in: [['in_session', t.begin]],
    in_session: [['paused', t.pause]],
    paused: [['in_session', t.resume]],
  }
  const mayClose = meeting.state === 'in_session' || meeting.state === 'paused'
  return (
    <section>
      <h2>{t.title}</h2>
      <div class="row wrap">
        {store.may.value.has('set_state') && (
          <>
            {(steps[meeting.state] ?? []).map(([state, name]) => (
              <button
                key={state}
                type="button"
                class={state === 'paused' ? 'grow' : 'primary grow'}
                onClick={() => go(state)}
              >
                {name}
              </button>
            ))}
            {mayClose && (
              <button
                type="button"
                class="danger grow"
                onClick={() => {
                  asks.value = true
                }}
              >
                {t.close}
              </button>
            )}
          </>
        )}
      </div>
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
          title={t.closeTitle}
          lead={t.closeLead}
          yes={t.close}
          no={text.value.cancel}
          onYes={() => {
            asks.value = false
            go('closed')
          }}
          onClose={() => {
            asks.value = false
          }}
        />
      )}
    </section>
  )
}
