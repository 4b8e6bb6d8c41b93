/** The ballot: a dialog for who may vote, from the question to the receipt. */
import { type Signal, useSignal } from '@preact/signals'
import { Check } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Choice } from '../../gen/protocol'
import { newKey } from '../../protocol/key'
import { text } from '../../state/i18n'
import { passes } from '../../state/problems'
import { tell } from '../../state/store'
import { isSealed, newCode, optionName, owesBallot, spelled, wordsOf } from '../../state/votes'
import { useActs } from '../acts'
import { chime } from '../parts/chime'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'
import { Rule, Turnout } from '../parts/result'
import { Names } from './names'

/** `putOff`: the vote whose ballot this person has put aside or done with. */
export function Ballot({ putOff }: { putOff: Signal<string | null> }) {
  const acts = useActs()
  const { store, choices } = acts
  const chosen = useSignal<readonly string[] | null>(null)
  const recorded = useSignal<string | null>(null)
  const opinion = useSignal('')
  const isSending = useSignal(false)
  const why = useSignal<string | null>(null)
  const vote = store.meeting.value?.vote ?? null
  const unsent = choices.ballot.value

  const send = async () => {
    const ballot = choices.ballot.value
    if (ballot === null || isSending.value) return
    isSending.value = true
    why.value = null
    const result = await acts.command(
      ballot.code === null
        ? {
            type: 'cast_ballot',
            vote: ballot.vote,
            choice: (ballot.choices[0] ?? 'other') as Choice,
            text: ballot.text ?? '',
          }
        : { type: 'cast_secret_ballot', vote: ballot.vote, choices: ballot.choices, code: ballot.code },
      ballot.key,
    )
    isSending.value = false
    const code = result.problem?.code ?? ''
    if (passes(code)) {
      why.value = result.problem?.message || text.value.notice.unreachable
      return
    }
    choices.ballot.value = null
    if (result.ok) {
      store.ballot.value = {
        vote: ballot.vote,
        choice: ballot.code === null ? ((ballot.choices[0] ?? null) as Choice | null) : null,
      }
      if (ballot.code !== null) choices.code.value = { vote: ballot.vote, code: ballot.code }
      recorded.value = ballot.vote
      tell(store, { text: wordsOf(vote, text.value).recorded, urgent: true, visible: false })
    } else {
      tell(store, {
        text: result.problem?.message || text.value.notice.failed,
        urgent: true,
        visible: true,
      })
    }
  }
  // Also what a reload or a broken line left unanswered: under its key it counts once.
  const isLinked = store.isLinked.value
  useEffect(() => {
    if (isLinked) void send()
  }, [unsent?.key, isLinked])
  // Before another vote is painted: what is pressed there is chosen in it.
  useLayoutEffect(() => {
    chosen.value = null
    opinion.value = ''
  }, [vote?.id, chosen, opinion])

  const owes = owesBallot(vote, store.me.value, store.ballot.value)
  useEffect(() => {
    if (owes) chime()
  }, [owes, vote?.id])

  if (vote === null) return null
  const isUnsent = unsent?.vote === vote.id
  const isReceipt = recorded.value === vote.id && vote.state === 'open'
  const isOpen = owes || isReceipt || isUnsent
  if (!isOpen || putOff.value === vote.id) return null
  const t = wordsOf(vote, text.value)
  const named = (picked: readonly string[]) =>
    picked.map((option) => optionName(vote, option, t.choice)).join(', ') || t.blank
  const close = () => {
    putOff.value = vote.id
  }
  if (isReceipt) {
    const code = isSealed(vote) ? (choices.code.value?.code ?? '') : null
    return (
      <Sheet
        step="recorded"
        title={t.recorded}
        lead={code === null ? t.recordedChoice(choiceOf(store.ballot.value)) : t.yourCode(spelled(code))}
        onClose={close}
      >
        {code === null ? <Icon of={Check} /> : <p class="soft">{t.yourCodeLead}</p>}
        <Turnout vote={vote} />
        <p class="soft">{t.until}</p>
        <button type="button" onClick={close}>
          {text.value.close}
        </button>
      </Sheet>
    )
  }
  if (isUnsent) {
    return (
      <Sheet
        step="unsent"
        title={isSending.value ? t.sending : t.unsent}
        lead={t.chosen(named(unsent.choices))}
        onClose={close}
      >
        {isSending.value ? <span class="spinner" /> : <p role="alert">{why.value}</p>}
        <button type="button" class="primary" disabled={isSending.value} onClick={() => void send()}>
          {text.value.retry}
        </button>
        <button type="button" class="quiet" onClick={close}>
          {t.later}
        </button>
      </Sheet>
    )
  }
  if (chosen.value !== null) {
    const picked = chosen.value
    const hasWords = vote.kind === 'open' && picked[0] === 'other'
    return (
      <Sheet step="chosen" title={t.chosen(named(picked))} lead={t.chosenLead[vote.kind]} onClose={close}>
        {hasWords && (
          <>
            <label for="opinion">{t.opinion}</label>
            <textarea
              id="opinion"
              rows={3}
              maxLength={500}
              value={opinion.value}
              onInput={(event) => {
                opinion.value = event.currentTarget.value
              }}
            />
          </>
        )}
        <button
          type="button"
          class={`choice ${vote.kind === 'election' ? 'for' : picked[0]}`}
          onClick={() => {
            chosen.value = null
            const code = isSealed(vote) ? newCode() : null
            const text = hasWords ? opinion.value : ''
            choices.ballot.value = { vote: vote.id, choices: picked, key: newKey(), text, code }
          }}
        >
          {t.send}
        </button>
        <button
          type="button"
          onClick={() => {
            chosen.value = null
          }}
        >
          {t.back}
        </button>
      </Sheet>
    )
  }
  return (
    <Sheet step="choose" title={t.now} lead={vote.question} onClose={close}>
      <Rule vote={vote} />
      {vote.kind === 'election' ? (
        <Names
          key={vote.id}
          vote={vote}
          onDone={(picked) => {
            chosen.value = picked
          }}
        />
      ) : (
        <div class="choices">
          {vote.options.map((option) => (
            <button
              key={option}
              type="button"
              class={`choice ${option}`}
              onClick={() => {
                chosen.value = [option]
              }}
            >
              {optionName(vote, option, t.choice)}
            </button>
          ))}
        </div>
      )}
      <Turnout vote={vote} />
      <button type="button" class="quiet" onClick={close}>
        {t.later}
      </button>
    </Sheet>
  )
}

function choiceOf(ballot: { choice: Choice | null } | null): string {
  return ballot?.choice ? text.value.vote.choice[ballot.choice] : ''
}

interface SheetProps {
  step: string
  title: string
  lead: string
  onClose: () => void
  children: ComponentChildren
}

/** One dialog through all steps. Each begins at its words, so that no key meant for something else votes. */
function Sheet({ step, title, lead, onClose, children }: SheetProps) {
  const words = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    words.current?.focus()
  }, [step])
  return (
    <Modal title={title} class="ballot" onClose={onClose}>
      <p ref={words} class="question" tabIndex={-1} autofocus>
        {lead}
      </p>
      {children}
    </Modal>
  )
}
