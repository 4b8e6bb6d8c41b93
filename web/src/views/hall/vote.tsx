/** The vote in the course of the meeting: to open and lead it for who may, what it came to for all. */
import { useSignal } from '@preact/signals'
import { Vote as VoteIcon } from 'lucide'
import type { Share, Vote, VoteBase, VoteKind } from '../../gen/protocol'
import type { Order } from '../../protocol/socket'
import { text } from '../../state/i18n'
import { currentItem, personOf } from '../../state/meeting'
import { awaited, awaitedCount, running, spelled } from '../../state/votes'
import { order, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { Modal, Question } from '../parts/modal'
import { Result, Rule, Turnout } from '../parts/result'
import { Segments } from '../parts/segments'

const PRESETS: readonly (readonly [Share, VoteBase])[] = [
  ['more_than_half', 'present'],
  ['more_than_half', 'convened'],
  ['two_thirds', 'present'],
  ['two_thirds', 'convened'],
]

const KINDS: readonly VoteKind[] = ['open', 'secret']

export function VoteSection() {
  const { store } = useActs()
  const asks = useSignal(false)
  const t = text.value.vote
  const meeting = store.meeting.value
  if (meeting === null) return null
  const { vote } = meeting
  const shown = vote?.state === 'cancelled' ? null : vote
  const mayOpen = store.may.value.has('open_vote') && running(vote) === null && meeting.state === 'in_session'
  if (shown === null && !mayOpen) return null
  return (
    <section>
      <h2>{t.title}</h2>
      {shown && <Course vote={shown} />}
      {mayOpen && (
        <button
          type="button"
          class="vote-open"
          aria-haspopup="dialog"
          onClick={() => {
            asks.value = true
          }}
        >
          <Icon of={VoteIcon} />
          {t.open}
        </button>
      )}
      {asks.value && (
        <Opening
          onClose={() => {
            asks.value = false
          }}
        />
      )}
    </section>
  )
}

function Opening({ onClose }: { onClose: () => void }) {
  const acts = useActs()
  const t = text.value.vote
  const meeting = acts.store.meeting.value
  const item = meeting && currentItem(meeting)
  /** null: not touched, the question is that of the agenda. */
  const written = useSignal<string | null>(null)
  const question = written.value ?? (item ? t.about(item.title) : '')
  const kind = useSignal<VoteKind>('open')
  const isOpening = useSignal(false)
  const open = async (rule: Share, base: VoteBase) => {
    isOpening.value = true
    const result = await order(acts, {
      type: 'open_vote',
      question: question.trim(),
      kind: kind.value,
      rule,
      base,
      item: item?.id ?? null,
    })
    isOpening.value = false
    if (result.ok) onClose()
  }
  return (
    <Modal title={t.open} onClose={onClose}>
      <label for="question">{t.question}</label>
      <textarea
        id="question"
        rows={3}
        maxLength={500}
        value={question}
        onInput={(event) => {
          written.value = event.currentTarget.value
        }}
      />
      <Segments label={t.kindLabel} options={KINDS} names={t.kind} value={kind} />
      <p class="soft">{t.kindLead[kind.value]}</p>
      <p class="soft">{t.openLead}</p>
      <div class="stacked">
        {PRESETS.map(([rule, base]) => (
          <button
            key={rule + base}
            type="button"
            disabled={isOpening.value || question.trim() === ''}
            onClick={() => void open(rule, base)}
          >
            {t.preset(t.share[rule], t.base[base])}
          </button>
        ))}
        <button type="button" class="quiet" onClick={onClose}>
          {text.value.cancel}
        </button>
      </div>
    </Modal>
  )
}

function Course({ vote }: { vote: Vote }) {
  const t = text.value.vote
  return (
    <div class="col">
      <b>{vote.question}</b>
      {vote.state === 'published' ? (
        <>
          <Result vote={vote} />
          <Ballots vote={vote} />
        </>
      ) : (
        <>
          <Rule vote={vote} />
          <Turnout vote={vote} />
          {vote.state === 'closed' && <p>{t.closed}</p>}
          <Lead vote={vote} />
        </>
      )}
    </div>
  )
}

function Lead({ vote }: { vote: Vote }) {
  const acts = useActs()
  const asks = useSignal<'close' | 'cancel' | null>(null)
  const t = text.value.vote
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
              if (waits === 0) act('close_vote')
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
  const t = text.value.vote
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
            <Names key={option} title={`${t.choice[option]} · ${voters.length}`} participants={voters} />
          )
        )
      })}
      {silent.length > 0 && <Names title={`${t.silent} · ${silent.length}`} participants={silent} />}
    </>
  )
}

function Names({ title, participants }: { title: string; participants: readonly string[] }) {
  const meeting = useActs().store.meeting.value
  if (meeting === null) return null
  return (
    <details>
      <summary class="num">{title}</summary>
      <ul>
        {participants.map((id) => (
          <li key={id}>{personOf(meeting, id)?.name ?? text.value.vote.gone}</li>
        ))}
      </ul>
    </details>
  )
}
