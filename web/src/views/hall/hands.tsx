/** Raised hands: who counts them, what each counted once both have, and the form for who counts. */
import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Choice, Vote } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { personOf } from '../../state/meeting'
import { tell } from '../../state/store'
import { optionName, tallied } from '../../state/votes'
import { order, useActs } from '../acts'

export function Hands({ vote }: { vote: Vote }) {
  const { store } = useActs()
  const t = text.value.vote
  const meeting = store.meeting.value
  if (meeting === null) return null
  const name = (id: string) => personOf(meeting, id)?.name ?? t.gone
  const state = tallied(vote)
  return (
    <div class="col hands">
      {state === 'waiting' ? (
        <ul>
          {vote.tellers.map((one) => (
            <li key={one}>
              {name(one)}: {vote.counted.includes(one) ? t.hasCounted : t.counts}
            </li>
          ))}
        </ul>
      ) : (
        <>
          <p class={state === 'differ' ? 'outcome failed' : ''}>{state === 'differ' ? t.differ : t.agree}</p>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.tellers}</th>
                {vote.options.map((option) => (
                  <th key={option} scope="col">
                    {optionName(vote, option, t.choice)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {vote.tellers.map((one) => (
                <tr key={one}>
                  <th scope="row">{name(one)}</th>
                  {vote.options.map((option) => (
                    <td key={option} class="num">
                      {vote.tallies[one]?.[option]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {vote.state === 'open' && vote.tellers.includes(store.me.value) && state !== 'agree' && (
        <Count key={vote.id} vote={vote} />
      )}
    </div>
  )
}

function Count({ vote }: { vote: Vote }) {
  const acts = useActs()
  const t = text.value.vote
  const written = useSignal<Readonly<Record<string, string>>>({})
  const isSending = useSignal(false)
  const field = useId()
  const counts = vote.options.map((option) => Number.parseInt(written.value[option] ?? '', 10))
  const isWhole = counts.every((count) => count >= 0)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const isTooMany = isWhole && all > vote.roster.length
  const send = async (event: Event) => {
    event.preventDefault()
    isSending.value = true
    const named = Object.fromEntries(vote.options.map((option, i) => [option, counts[i] ?? 0]))
    const result = await order(acts, {
      type: 'count_hands',
      vote: vote.id,
      counts: named as Record<Choice, number>,
    })
    isSending.value = false
    if (result.ok) tell(acts.store, { text: t.countSent, urgent: true, visible: true })
  }
  return (
    <form class="col" onSubmit={(event) => void send(event)}>
      <p class="soft">{t.countLead}</p>
      {vote.options.map((option) => (
        <div key={option} class="row">
          <label class="grow" for={`${field}-${option}`}>
            {optionName(vote, option, t.choice)}
          </label>
          <input
            id={`${field}-${option}`}
            class="num count"
            inputMode="numeric"
            pattern="[0-9]*"
            maxLength={5}
            autocomplete="off"
            value={written.value[option] ?? ''}
            onInput={(event) => {
              written.value = { ...written.value, [option]: event.currentTarget.value }
            }}
          />
        </div>
      ))}
      {isTooMany && <p role="alert">{t.tooManyHands(all, vote.roster.length)}</p>}
      <button type="submit" class="primary" disabled={!isWhole || isTooMany || isSending.value}>
        {t.countSend}
      </button>
    </form>
  )
}
