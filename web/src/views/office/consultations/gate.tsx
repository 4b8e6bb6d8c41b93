/** The gate before the signature: exactly what is missing and who is waited for; then the signature. */
import { useSignal } from '@preact/signals'
import { CircleAlert, CircleCheck, Download, PenLine } from 'lucide'
import type { Consultation, SignatureGate } from '../../../gen/protocol'
import { consultation as ask, sign, signedFile } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { language } from '../../../state/i18n'
import { officeText } from '../../../state/office/i18n'
import { dayAndTime } from '../../../state/office/times'
import { Icon } from '../../parts/icon'
import { Question } from '../../parts/modal'
import { useChange } from '../asking'
import { Field, Refusal } from '../fields'
import { useKept } from '../kept'

interface Props {
  seen: Consultation
  gate: SignatureGate
  onChange: (changed: Consultation) => void
}

const WAITED = ['silent', 'unanswered', 'unopened'] as const

export function GateCard({ seen, gate, onChange }: Props) {
  const t = consultationText.value.gate
  const names = new Map(seen.units.map((unit) => [unit.id, unit.name]))
  const isOpen = WAITED.every((what) => gate[what].length === 0)
  return (
    <section class="card col gate">
      <h2>{t.title}</h2>
      {isOpen && <p class="pill ok">{t.open}</p>}
      <ul class="conditions">
        {WAITED.map((what) => (
          <li key={what} class={gate[what].length === 0 ? 'met' : 'unmet'}>
            <Icon of={gate[what].length === 0 ? CircleCheck : CircleAlert} />
            <div class="grow">
              <b>
                {t[what]}: {gate[what].length === 0 ? t.done : gate[what].length}
              </b>
              {gate[what].length > 0 && <p>{gate[what].map((unit) => names.get(unit)).join('; ')}</p>}
            </div>
          </li>
        ))}
      </ul>
      {gate.silent.length > 0 && !gate.may_waive && <p class="small soft">{t.wait}</p>}
      {seen.signs ? (
        <Signing seen={seen} gate={gate} names={names} onChange={onChange} />
      ) : (
        <p class="small soft">{t.byWhom(seen.signer_name)}</p>
      )}
    </section>
  )
}

function Signing({ seen, gate, names, onChange }: Props & { names: ReadonlyMap<string, string> }) {
  const { make, isSending, problem } = useChange()
  // One reason a line: what was typed is in one place, and outlasts a reload.
  const [kept, forget] = useKept(`waivers-${seen.id}`)
  // The head of the log as it was shown when the question came up: what comes afterwards is not agreed to.
  const askedAt = useSignal<string | null>(null)
  const isTried = useSignal(false)
  const head = askedAt.value
  const t = consultationText.value.gate
  const reasons: Record<string, string> = kept.value === '' ? {} : JSON.parse(kept.value)
  const waived = gate.may_waive ? gate.silent : []
  const isBlocked =
    gate.unanswered.length > 0 || gate.unopened.length > 0 || (gate.silent.length > 0 && !gate.may_waive)
  const missing = waived.filter((unit) => !reasons[unit]?.trim())

  async function send(shown: string) {
    askedAt.value = null
    const waivers = waived.map((unit) => ({ unit, reason: reasons[unit] ?? '' }))
    const content = { head: shown, waivers }
    const changed = await make((keyFor) => sign(seen.id, { ...content, key: keyFor(content) }))
    if (changed !== null) {
      forget()
      onChange(changed)
    } else if (problem.value?.code === 'consultation_changed') onChange(await ask(seen.id))
  }

  return (
    <div class="fields">
      {waived.map((unit) => (
        <Field
          key={unit}
          label={t.waive(names.get(unit) ?? '')}
          fault={isTried.value && missing.includes(unit) ? t.waiveMissing : ''}
        >
          {(attributes) => (
            <textarea
              {...attributes}
              rows={2}
              maxLength={2000}
              value={reasons[unit] ?? ''}
              onInput={(event) => {
                kept.value = JSON.stringify({ ...reasons, [unit]: event.currentTarget.value })
              }}
            />
          )}
        </Field>
      ))}
      <Refusal problem={problem.value}>
        {problem.value?.code === 'consultation_changed' && <p>{t.loaded}</p>}
      </Refusal>
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={isBlocked || isSending.value}
          onClick={() => {
            isTried.value = true
            askedAt.value = missing.length === 0 ? seen.head : null
          }}
        >
          <Icon of={PenLine} />
          {isSending.value ? t.signing : t.sign}
        </button>
      </div>
      {head !== null && (
        <Question
          title={t.sure}
          lead={t.sureLead}
          yes={t.sign}
          no={officeText.value.cancel}
          onYes={() => void send(head)}
          onClose={() => {
            askedAt.value = null
          }}
        />
      )}
    </div>
  )
}

export function SignedCard({ seen }: { seen: Consultation }) {
  const t = consultationText.value.signed
  return (
    <section class="card col">
      <h2>{t.title(seen.signer_name, dayAndTime(seen.signed_at ?? '', language.value))}</h2>
      <dl class="facts">
        <dt>{t.key}</dt>
        <dd>
          <code>{seen.signed_sha256}</code>
        </dd>
        <dt>{t.head}</dt>
        <dd>
          <code>{seen.head}</code>
        </dd>
      </dl>
      <p>
        <a class="button" href={signedFile(seen.id)} download>
          <Icon of={Download} />
          {t.download}
        </a>
      </p>
    </section>
  )
}
