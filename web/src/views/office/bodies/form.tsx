/** The form of a body: its name and term, its rules, and the end of its term. */
import { useSignal } from '@preact/signals'
import type { BodyBase, OfficeBody, OfficeBodyCard, Share } from '../../../gen/protocol'
import { body as ask, changeBody, closeBody } from '../../../protocol/bodies'
import { officeText } from '../../../state/office/i18n'
import { Modal, Question } from '../../parts/modal'
import { useChange } from '../asking'
import { Field, Refusal, valuesOf } from '../fields'

const SHARES: readonly Share[] = ['more_than_half', 'two_thirds', 'three_quarters']
const BASES: readonly BodyBase[] = ['all_members', 'present']

interface Props {
  body: OfficeBody
  onChange: (card: OfficeBodyCard) => void
  onClose: () => void
}

export function BodyForm({ body, onChange, onClose }: Props) {
  const { make, isSending, problem } = useChange()
  const revision = useSignal(body.revision)
  const theirs = useSignal<OfficeBody | null>(null)
  const fault = useSignal('')
  const asksToClose = useSignal(false)
  const t = officeText.value
  const words = t.bodies

  async function save(event: SubmitEvent) {
    const value = valuesOf(event)
    fault.value = value('name') === '' ? words.nameMissing : ''
    if (fault.value) return
    const content = {
      revision: revision.value,
      name: value('name'),
      term: value('term'),
      quorum: value('quorum') as Share,
      rule: value('rule') as Share,
      base: value('base') as BodyBase,
      basis: value('basis'),
    }
    const changed = await make((keyFor) => changeBody(body.id, { ...content, key: keyFor(content) }))
    if (changed) {
      onChange(changed)
      onClose()
    } else if (problem.value?.code === 'outdated') {
      theirs.value = (await ask(body.id)).body
      revision.value = theirs.value.revision
    }
  }

  async function close() {
    asksToClose.value = false
    const changed = await make((keyFor) => closeBody(body.id, { key: keyFor({ close: body.id }) }))
    if (changed === null) return
    onChange(changed)
    onClose()
  }

  if (asksToClose.value) {
    return (
      <Question
        title={words.closeTitle(body.name)}
        lead={words.closeLead}
        yes={words.close}
        no={t.cancel}
        onYes={() => void close()}
        onClose={() => {
          asksToClose.value = false
        }}
      />
    )
  }
  return (
    <Modal title={words.rules} onClose={onClose}>
      <form class="fields" onSubmit={(event) => void save(event)} noValidate>
        <Refusal problem={problem.value}>
          {theirs.value && (
            <p>
              {t.theirs} <b>{[theirs.value.name, theirs.value.term, theirs.value.basis].join(' · ')}</b>
            </p>
          )}
        </Refusal>
        <Field label={words.name} fault={fault.value}>
          {(attributes) => <input {...attributes} name="name" maxLength={200} defaultValue={body.name} />}
        </Field>
        <Field label={words.term}>
          {(attributes) => (
            <input
              {...attributes}
              name="term"
              maxLength={120}
              placeholder={words.termLike}
              defaultValue={body.term}
            />
          )}
        </Field>
        <Choice label={words.quorum} name="quorum" options={SHARES} names={words.share} value={body.quorum} />
        <Choice label={words.rule} name="rule" options={SHARES} names={words.share} value={body.rule} />
        <Choice label={words.baseLabel} name="base" options={BASES} names={words.base} value={body.base} />
        <Field label={words.basis}>
          {(attributes) => (
            <textarea
              {...attributes}
              name="basis"
              rows={2}
              maxLength={500}
              placeholder={words.basisLike}
              defaultValue={body.basis}
            />
          )}
        </Field>
        <div class="actions">
          <button
            type="button"
            class="danger"
            onClick={() => {
              asksToClose.value = true
            }}
          >
            {words.close}
          </button>
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
          <button type="submit" class="primary" disabled={isSending.value}>
            {isSending.value ? t.saving : t.save}
          </button>
        </div>
      </form>
    </Modal>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  name: string
  options: readonly T[]
  names: Readonly<Record<T, string>>
  value: T
}

function Choice<T extends string>({ label, name, options, names, value }: ChoiceProps<T>) {
  return (
    <Field label={label}>
      {(attributes) => (
        <select {...attributes} name={name}>
          {options.map((one) => (
            <option key={one} value={one} selected={one === value}>
              {names[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
