/** The vote in the course of the meeting: to open and lead it for who may, what it came to for all. */
import { useSignal } from '@preact/signals'
import { Vote as VoteIcon } from 'lucide'
import type { Vote } from '../../gen/protocol'
import type { Order } from '../../protocol/socket'
import { numeral, text } from '../../state/i18n'
import { personOf } from '../../state/meeting'
import { awaited, awaitedCount, isForm, optionName, running, spelled, wordsOf } from '../../state/votes'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { useLazily } from '../parts/lazily'
import { Question } from '../parts/modal'
import { Result, Rule, Turnout } from '../parts/result'
import { Hands } from './hands'
import { Opening } from './opening'

export function VoteSection() {
  const { store } = useActs()
  const asks = useSignal<Vote | 'new' | null>(null)
  const [form, openForm, closeForm] = useLazily(async () => (await import('./opinions')).AskOpinions)
  const meeting = store.meeting.value
  if (meeting === null) return null
  const { vote } = meeting
  const shown = vote?.state === 'cancelled' ? null : vote
  const mayOpen = store.may.value.has('open_vote') && running(vote) === null && meeting.state === 'in_session'
  const mayAsk =
    store.may.value.has('ask_opinions') &&
    running(vote) === null &&
    (meeting.state === 'invited' || meeting.state === 'check_in')
  if (shown === null && !mayOpen && !mayAsk) return null
  const t = wordsOf(shown, text.value)
  const isOfForms = mayAsk || (isForm(shown) && !mayOpen)
  return (
    <section>
      <h2>{isOfForms ? t.form.instead.title : text.value.vote.title}</h2>
      {shown && <Course vote={shown} />}
      {mayOpen && vote && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            asks.value = vote
          }}
        >
          {t.repeat}
        </button>
      )}
      {mayOpen && (
        <button
          type="button"
          class="vote-open"
          aria-haspopup="dialog"
          onClick={() => {
            asks.value = 'new'
          }}
        >
          <Icon of={VoteIcon} />
          {t.open}
        </button>
      )}
      {mayAsk && (
        <button type="button" class="form-open" aria-haspopup="dialog" onClick={openForm}>
          {t.form.open}
        </button>
      )}
      {form.value && <form.value onClose={closeForm} />}
      {asks.value && (
        <Opening
          repeats={asks.value === 'new' ? null : asks.value}
          onClose={() => {
            asks.value = null
          }}
        />
      )}
    </section>
  )
}

function Course({ vote }: { vote: Vote }) {
  const t = wordsOf(vote, text.value)
  return (
    <div class="col">
      <b>{vote.question}</b>
      {vote.round > 1 && <p class="soft">{t.round(vote.round)}</p>}
      {vote.state === 'published' ? (
        <>
          <Result vote={vote} />
          <Ballots vote={vote} />
          <Minutes vote={vote} />
        </>
      ) : (
        <>
          <Rule vote={vote} />
          {vote.kind === 'show_of_hands' ? <Hands vote={vote} /> : <Turnout vote={vote} />}
          {vote.state === 'closed' && <p>{t.closed}</p>}
          <Lead vote={vote} />
        </>
      )}
    </div>
  )
}

/** For who leads: the minutes of the count, loaded when they are asked for. */
function Minutes({ vote }: { vote: Vote }) {
  const acts = useActs()
  const [shown, open, close] = useLazily(async () => (await import('./counting')).Counting)
  const t = text.value.vote
  if (!acts.store.may.value.has('close_vote')) return null
  const Shown = shown.value
  return (
    <>
      <button type="button" class="vote-minutes" aria-haspopup="dialog" onClick={open}>
        {isForm(vote) ? t.form.instead.result : t.minutes.open}
      </button>
      {Shown && <Shown vote={vote} onClose={close} />}
    </>
  )
}

function Lead({ vote }: { vote: Vote }) {
  const acts = useActs()
  const asks = useSignal<'close' | 'cancel' | null>(null)
  const t = wordsOf(vote, text.value)
  const { may } = acts.store
  const silent = awaited(vote)
  const waits = awaitedCount(vote)
  const act = (type: 'close_vote' | 'cancel_vote' | 'publish_vote') => {
    asks.value = null
    void order(acts, { type, vote: vote.id } satisfies Order)
  }
  const forget = () => {
    asks.value = null
  }
  return (
    <>
      {may.value.has('close_vote') && vote.kind === 'open' && silent.length > 0 && (
        <Names title={t.waitsFor(silent.length)} participants={silent} />
      )}
      <div class="row wrap">
        {vote.state === 'open' && may.value.has('close_vote') && (
          <button
            type="button"
            class="primary grow"
            onClick={() => {
              if (waits === 0 || vote.kind === 'show_of_hands') act('close_vote')
              else asks.value = 'close'
            }}
          >
            {t.close}
          </button>
        )}
        {vote.state === 'closed' && may.value.has('publish_vote') && (
          <button type="button" class="primary grow" onClick={() => act('publish_vote')}>
            {t.publish}
          </button>
        )}
        {may.value.has('cancel_vote') && (
          <button
            type="button"
            class="danger grow"
            onClick={() => {
              asks.value = 'cancel'
            }}
          >
            {t.cancel}
          </button>
        )}
      </div>
      {asks.value === 'close' && (
        <Question
          title={t.closeTitle(waits)}
          lead={t.closeLead}
          yes={t.close}
          no={text.value.cancel}
          onYes={() => act('close_vote')}
          onClose={forget}
        />
      )}
      {asks.value === 'cancel' && (
        <Question
          title={t.cancelTitle}
          lead={t.cancelLead}
          yes={t.cancel}
          no={text.value.close}
          onYes={() => act('cancel_vote')}
          onClose={forget}
        />
      )}
    </>
  )
}

/** What is told of the ballots one by one: names and choices, or codes alone. */
export function Ballots({ vote }: { vote: Vote }) {
  if (vote.kind === 'show_of_hands') return null
  return vote.kind === 'open' ? <RollCall vote={vote} /> : <Codes vote={vote} />
}

function Codes({ vote }: { vote: Vote }) {
  const { choices } = useActs()
  const t = text.value.vote
  const codes = vote.result?.codes ?? []
  const own = choices.code.value?.vote === vote.id ? choices.code.value.code : null
  return (
    <>
      {own !== null && (
        <p class={codes.includes(own) ? '' : 'outcome failed'}>
          {codes.includes(own) ? t.codeFound(spelled(own)) : t.codeMissing(spelled(own))}
        </p>
      )}
      <details>
        <summary class="num">{t.codes(codes.length)}</summary>
        <p class="soft small">{t.codesLead}</p>
        <ul class="codes">
          {codes.map((code) => (
            <li key={code} class="num code">
              {code === own ? <b>{spelled(code)}</b> : spelled(code)}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** Who chose what, each choice to unfold. */
function RollCall({ vote }: { vote: Vote }) {
  const t = wordsOf(vote, text.value)
  const { result } = vote
  if (result === null) return null
  const silent = awaited(vote)
  return (
    <>
      <h3 class="small soft">{t.rollCall}</h3>
      {vote.options.map((option) => {
        const voters = result.ballots[option] ?? []
        return (
          voters.length > 0 && (
            <Names
              key={option}
              title={`${optionName(vote, option, t.choice)} · ${numeral(voters.length)}`}
              participants={voters}
              opinions={result.opinions}
            />
          )
        )
      })}
      {silent.length > 0 && <Names title={`${t.silent} · ${numeral(silent.length)}`} participants={silent} />}
    </>
  )
}

interface NamesProps {
  title: string
  participants: readonly string[]
  /** What some of them wrote. */
  opinions?: Readonly<Record<string, string>>
}

function Names({ title, participants, opinions = {} }: NamesProps) {
  const meeting = useActs().store.meeting.value
  if (meeting === null) return null
  return (
    <details>
      <summary class="num">{title}</summary>
      <ul>
        {participants.map((id) => (
          <li key={id}>
            {personOf(meeting, id)?.name ?? text.value.vote.gone}
            {opinions[id] && <q class="opinion">{opinions[id]}</q>}
          </li>
        ))}
      </ul>
    </details>
  )
}
