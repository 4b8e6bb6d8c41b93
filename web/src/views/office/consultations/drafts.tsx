/** The versions of the draft: sent by who leads, read page by page by everybody concerned. */
import { useSignal } from '@preact/signals'
import { Download, Upload } from 'lucide'
import type { Consultation, ConsultationDraft } from '../../../gen/protocol'
import { draftFile, draftPage, sendDraft } from '../../../protocol/consultations'
import { consultationText } from '../../../state/consultations/i18n'
import { officeText } from '../../../state/office/i18n'
import { Icon } from '../../parts/icon'
import { useChange } from '../asking'
import { Field, Refusal } from '../fields'

interface Props {
  seen: Consultation
  onChange: (changed: Consultation) => void
}

const ACCEPTED = '.pdf,.doc,.docx,.odt,.xls,.xlsx,.ods,.ppt,.pptx,.odp,image/*'

export function Drafts({ seen, onChange }: Props) {
  const { make, isSending, problem } = useChange()
  const reads = useSignal<number | null>(null)
  const t = consultationText.value.drafts
  const maySend = seen.leads && (seen.state === 'draft' || seen.state === 'open')

  async function send(file: File | undefined) {
    if (!file) return
    const { name, size, lastModified } = file
    const changed = await make((keyFor) => sendDraft(seen.id, file, keyFor({ name, size, lastModified })))
    if (changed !== null) onChange(changed)
  }

  return (
    <section class="card col">
      <h2>{t.title}</h2>
      {seen.drafts.length === 0 && <p class="soft">{t.none}</p>}
      <ul class="rows plain">
        {seen.drafts.map((draft) => (
          <Version
            key={draft.number}
            id={seen.id}
            draft={draft}
            isRead={reads.value === draft.number}
            onRead={() => {
              reads.value = reads.value === draft.number ? null : draft.number
            }}
          />
        ))}
      </ul>
      {maySend && (
        <div class="fields">
          <Refusal problem={problem.value} />
          <Field label={seen.drafts.length > 0 ? t.addAnother : t.add}>
            {(attributes) => (
              <input
                {...attributes}
                type="file"
                accept={ACCEPTED}
                disabled={isSending.value}
                onChange={(event) => void send(event.currentTarget.files?.[0])}
              />
            )}
          </Field>
          <p role="status">
            {isSending.value && (
              <>
                <Icon of={Upload} /> {officeText.value.saving}
              </>
            )}
          </p>
        </div>
      )}
    </section>
  )
}

interface VersionProps {
  id: string
  draft: ConsultationDraft
  isRead: boolean
  onRead: () => void
}

function Version({ id, draft, isRead, onRead }: VersionProps) {
  const t = consultationText.value.drafts
  const pages = draft.pages ?? 0
  const looks = { ready: 'ok', converting: '', failed: 'live' }[draft.state]
  return (
    <li class="version">
      <div class="row wrap">
        <b class="num">{t.version(draft.number)}</b>
        <span class={`pill ${looks}`}>{t.state[draft.state]}</span>
        {draft.state === 'ready' && (
          <>
            <span class="small soft num grow">{t.pages(pages)}</span>
            <button type="button" aria-expanded={isRead} onClick={onRead}>
              {isRead ? t.hide : t.read}
            </button>
            <a class="button" href={draftFile(id, draft.number)} download>
              <Icon of={Download} />
              {t.download}
            </a>
          </>
        )}
      </div>
      {draft.problem !== null && <p class="fault">{t.problem[draft.problem] ?? t.state.failed}</p>}
      {isRead && (
        <>
          <p class="small soft">
            {t.key} <code>{draft.sha256}</code>
          </p>
          <ol class="sheets">
            {Array.from({ length: pages }, (_, at) => (
              <li key={at}>
                <img
                  loading="lazy"
                  src={draftPage(id, draft.number, at + 1)}
                  alt={t.page(at + 1, pages)}
                  width={595}
                  height={842}
                />
              </li>
            ))}
          </ol>
        </>
      )}
    </li>
  )
}
