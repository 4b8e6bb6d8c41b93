/** The vote in one line under the header, wherever one looks: it runs, one still owes a ballot, its result. */
import { type Signal, useSignal } from '@preact/signals'
import { text } from '../../state/i18n'
import { owesBallot, topical, wordsOf } from '../../state/votes'
import { useActs } from '../acts'
import { Modal } from '../parts/modal'
import { Result } from '../parts/result'
import { Hands } from './hands'
import { Ballots } from './vote'

export function VoteLine({ putOff }: { putOff: Signal<string | null> }) {
  const { store, choices } = useActs()
  const isSeen = useSignal(false)
  const isCounting = useSignal(false)
  const vote = topical(store.meeting.value?.vote ?? null, store.now.value)
  if (vote === null) return null
  const t = wordsOf(vote, text.value)
  if (vote.state === 'published') {
    return (
      <section class={`banner vote ${vote.result?.passed ? 'passed' : ''}`} aria-label={t.title}>
        <p class="grow">
          {vote.question}:{' '}
          <b>
            {vote.kind === 'election'
              ? t.electedCount(vote.result?.elected.length ?? 0, vote.seats ?? 1)
              : t.outcome(vote.result?.passed ?? false)}
          </b>
        </p>
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            isSeen.value = true
          }}
        >
          {t.see}
        </button>
        {isSeen.value && (
          <Modal
            title={t.result}
            onClose={() => {
              isSeen.value = false
            }}
          >
            <p>{vote.question}</p>
            <Result vote={vote} />
            <Ballots vote={vote} />
            <button
              type="button"
              onClick={() => {
                isSeen.value = false
              }}
            >
              {text.value.close}
            </button>
          </Modal>
        )}
      </section>
    )
  }
  const own = store.ballot.value?.vote === vote.id ? store.ballot.value : null
  const isUnsent = choices.ballot.value?.vote === vote.id
  const owes = owesBallot(vote, store.me.value, store.ballot.value)
  const isHands = vote.kind === 'show_of_hands'
  const mayCount = isHands && vote.state === 'open' && vote.tellers.includes(store.me.value)
  const standing = isUnsent
    ? `${t.unsent}.`
    : owes
      ? t.owes
      : own && (own.choice === null ? t.recordedSecretly : `${t.recorded}: ${t.choice[own.choice]}.`)
  return (
    <section class="banner vote" aria-label={t.title}>
      <p class="grow">
        <b>{vote.state === 'open' ? `${t.now}.` : t.closed}</b>{' '}
        {isHands ? (
          vote.state === 'open' && t.raise
        ) : (
          <span class="num">{t.voted(vote.cast, vote.roster.length)}.</span>
        )}{' '}
        {standing}
      </p>
      {mayCount && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            isCounting.value = true
          }}
        >
          {t.countSend}
        </button>
      )}
      {mayCount && isCounting.value && (
        <Modal
          title={t.countSend}
          onClose={() => {
            isCounting.value = false
          }}
        >
          <p>{vote.question}</p>
          <Hands vote={vote} />
          <button
            type="button"
            onClick={() => {
              isCounting.value = false
            }}
          >
            {text.value.close}
          </button>
        </Modal>
      )}
      {(owes || isUnsent) && (
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            putOff.value = null
          }}
        >
          {t.cast}
        </button>
      )}
    </section>
  )
}
