/** Putting a question to the vote: the kind, who counts, and with one press the majority and the start. */
import { useSignal } from '@preact/signals'
import type { Vote, VoteBase, VoteKind, VoteRule } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { isEnough } from '../../state/majorities'
import { attendants, currentItem } from '../../state/meeting'
import { byGivenName } from '../../state/names'
import { candidatesOf } from '../../state/votes'
import { order, useActs } from '../acts'
import { Modal } from '../parts/modal'
import { Segments } from '../parts/segments'
import { OtherMajority } from './majority'

const PRESETS: readonly (readonly [VoteRule, VoteBase])[] = [
  ['more_than_half', 'present'],
  ['more_than_half', 'convened'],
  ['two_thirds', 'present'],
  ['two_thirds', 'convened'],
]

const KINDS: readonly VoteKind[] = ['open', 'secret', 'show_of_hands', 'election']

/** `repeats`: the vote before on the same question. */
export function Opening({ repeats, onClose }: { repeats: Vote | null; onClose: () => void }) {
  const acts = useActs()
  const t = text.value.vote
  const meeting = acts.store.meeting.value
  const item = meeting && currentItem(meeting)
  /** null: not touched, the question is that of the vote before, else of the agenda. */
  const written = useSignal<string | null>(null)
  const question = written.value ?? repeats?.question ?? (item ? t.about(item.title) : '')
  const kind = useSignal<VoteKind>(repeats?.kind ?? 'open')
  const first = useSignal('')
  const second = useSignal('')
  const lines = useSignal(
    repeats?.candidates.map(({ name, note }) => (note ? `${name}, ${note}` : name)).join('\n') ?? '',
  )
  const seats = useSignal(String(repeats?.seats ?? 1))
  const least = useSignal(String(repeats?.least ?? 1))
  const isOpening = useSignal(false)
  if (meeting === null) return null
  const { body } = meeting
  const binds = kind.value !== 'election' // which follows rules of its own
  // What the statute of the body asks comes first, and then what asks for more.
  const presets: typeof PRESETS = body
    ? [
        [body.rule, body.base],
        ...PRESETS.filter(
          ([rule, base]) =>
            (!binds || (isEnough(rule, body.rule) && isEnough(base, body.base))) &&
            (rule !== body.rule || base !== body.base),
        ),
      ]
    : PRESETS
  const tellers = kind.value === 'show_of_hands' ? [first.value, second.value] : []
  const candidates = kind.value === 'election' ? candidatesOf(lines.value) : []
  const filled = kind.value === 'election' ? Number.parseInt(seats.value, 10) : 1
  const fewest = kind.value === 'election' ? Number.parseInt(least.value, 10) : 1
  const isElection =
    kind.value !== 'election' ||
    (filled >= 1 && filled <= candidates.length && fewest >= 0 && fewest <= filled)
  const isReady =
    isElection &&
    question.trim() !== '' &&
    tellers.every((one) => one !== '') &&
    new Set(tellers).size === tellers.length
  const open = async (rule: VoteRule, base: VoteBase) => {
    isOpening.value = true
    const result = await order(acts, {
      type: 'open_vote',
      question: question.trim(),
      kind: kind.value,
      rule,
      base,
      item: repeats ? repeats.item : (item?.id ?? null),
      tellers,
      candidates,
      seats: filled,
      least: fewest,
      repeats: repeats?.id ?? null,
    })
    isOpening.value = false
    if (result.ok) onClose()
  }
  return (
    <Modal title={repeats ? t.repeat : t.open} onClose={onClose}>
      <label for="question">{t.question}</label>
      <textarea
        id="question"
        rows={3}
        maxLength={500}
        value={question}
        readOnly={repeats !== null}
        onInput={(event) => {
          written.value = event.currentTarget.value
        }}
      />
      <Segments label={t.kindLabel} options={KINDS} names={t.kindShort} value={kind} />
      <p class="soft">{t.kindLead[kind.value]}</p>
      {kind.value === 'show_of_hands' &&
        [first, second].map((teller, i) => (
          <div key={i} class="col">
            <label for={`teller-${i}`}>{t.teller(i + 1)}</label>
            <select
              id={`teller-${i}`}
              value={teller.value}
              onChange={(event) => {
                teller.value = event.currentTarget.value
              }}
            >
              <option value="">{t.tellerNone}</option>
              {attendants(meeting)
                .filter((one) => one.present)
                .sort((a, b) => byGivenName(a.name, b.name))
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.unit ? `${one.name} · ${one.unit}` : one.name}
                  </option>
                ))}
            </select>
          </div>
        ))}
      {kind.value === 'election' && (
        <>
          <label for="candidates">{t.candidates}</label>
          <textarea
            id="candidates"
            rows={4}
            aria-describedby="candidates-lead"
            value={lines.value}
            onInput={(event) => {
              lines.value = event.currentTarget.value
            }}
          />
          <p id="candidates-lead" class="soft">
            {t.candidatesLead}
          </p>
          {(
            [
              ['seats', seats],
              ['least', least],
            ] as const
          ).map(([name, number]) => (
            <div key={name} class="row">
              <label class="grow" for={name}>
                {t[name]}
              </label>
              <input
                id={name}
                class="num count"
                inputMode="numeric"
                maxLength={2}
                autocomplete="off"
                value={number.value}
                onInput={(event) => {
                  number.value = event.currentTarget.value
                }}
              />
            </div>
          ))}
        </>
      )}
      <p class="soft">{t.openLead}</p>
      {body && <p class="soft">{t.basis(body.name, body.basis)}</p>}
      <div class="stacked">
        {presets.map(([rule, base]) => (
          <button
            key={rule + base}
            type="button"
            disabled={isOpening.value || !isReady}
            onClick={() => void open(rule, base)}
          >
            {t.preset(t.rule[rule], t.base[base])}
          </button>
        ))}
        <OtherMajority
          body={body}
          binds={binds}
          disabled={isOpening.value || !isReady}
          onOpen={(rule, base) => void open(rule, base)}
        />
        <button type="button" class="quiet" onClick={onClose}>
          {text.value.cancel}
        </button>
      </div>
    </Modal>
  )
}
