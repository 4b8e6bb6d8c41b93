/** The dialog that sends a file: a new paper, or another version of one. */
import { useSignal } from '@preact/signals'
import { Check } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import type { Paper, UploadRequest } from '../../gen/protocol'
import { Refused } from '../../protocol/http'
import { newKey } from '../../protocol/key'
import { sendFile } from '../../protocol/papers'
import { text } from '../../state/i18n'
import { currentItem } from '../../state/meeting'
import { useActs } from '../acts'
import { Icon } from '../parts/icon'
import { Modal } from '../parts/modal'
import { chosen, faultOf, useWhom, WhomFields } from './readers'
import { papersText } from './texts'

interface Props {
  /** null: a new paper. */
  of: Paper | null
  onClose: () => void
}

export function Uploading({ of, onClose }: Props) {
  const { store } = useActs()
  const t = papersText.value
  const meeting = store.meeting.value
  const file = useSignal<File | null>(null)
  /** null: not touched, the title is the file's name. */
  const title = useSignal<string | null>(null)
  const item = useSignal((meeting && currentItem(meeting)?.id) ?? '')
  const whom = useWhom(null)
  const confidential = useSignal(false)
  const progress = useSignal<{ share: number; waits: boolean } | null>(null)
  const problem = useSignal<string | null>(null)
  /** One upload for each file, however often it is begun. */
  const key = useRef({ file: null as File | null, key: '' })
  const stop = useRef(new AbortController())
  useEffect(() => () => stop.current.abort(), [])

  const named = title.value ?? file.value?.name.replace(/\.[^.]*$/, '') ?? ''
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    problem.value = null
    if (file.value === null) problem.value = t.fileMissing
    else if (of === null && named.trim() === '') problem.value = t.titleMissing
    else if (of === null) problem.value = faultOf(whom)
    if (file.value === null || problem.value !== null) return
    const about: Omit<UploadRequest, 'key'> =
      of === null
        ? {
            size: file.value.size,
            title: named.trim(),
            item: item.value || null,
            ...chosen(whom),
            confidential: confidential.value,
          }
        : { size: file.value.size, document: of.id }
    if (key.current.file !== file.value) key.current = { file: file.value, key: newKey() }
    progress.value = { share: 0, waits: false }
    try {
      await sendFile(
        file.value,
        { ...about, key: key.current.key },
        {
          signal: stop.current.signal,
          progress: (share, waits) => {
            progress.value = { share, waits }
          },
        },
      )
      onClose()
    } catch (error) {
      progress.value = null
      key.current.file = null
      if (stop.current.signal.aborted) return
      if (!(error instanceof Refused)) throw error
      problem.value = error.problem.message || text.value.notice.failed
    }
  }

  const running = progress.value
  const percent = Math.floor((running?.share ?? 0) * 100)
  return (
    <Modal title={of === null ? t.add : t.newVersionOf(of.title)} onClose={onClose}>
      <form class="col" onSubmit={(event) => void send(event)} noValidate>
        <label for="paper-file">{t.file}</label>
        <input
          id="paper-file"
          type="file"
          accept=".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.odt,.ods,.odp,image/*"
          disabled={running !== null}
          aria-describedby="paper-file-lead"
          onChange={(event) => {
            file.value = event.currentTarget.files?.[0] ?? null
            problem.value = null
          }}
        />
        <p class="small soft" id="paper-file-lead">
          {t.fileLead}
        </p>
        {of === null && (
          <>
            <label for="paper-title">{t.title}</label>
            <input
              id="paper-title"
              maxLength={500}
              disabled={running !== null}
              value={named}
              onInput={(event) => {
                title.value = event.currentTarget.value
              }}
            />
            <label for="paper-item">{t.item}</label>
            <select
              id="paper-item"
              disabled={running !== null}
              value={item.value}
              onChange={(event) => {
                item.value = event.currentTarget.value
              }}
            >
              <option value="">{t.noItem}</option>
              {meeting?.agenda.map((one) => (
                <option key={one.id} value={one.id}>
                  {t.ofItem(one.number, one.title)}
                </option>
              ))}
            </select>
            {meeting && <WhomFields whom={whom} meeting={meeting} disabled={running !== null} />}
            <label class="tick">
              <input
                type="checkbox"
                disabled={running !== null}
                checked={confidential.value}
                onChange={(event) => {
                  confidential.value = event.currentTarget.checked
                }}
              />
              <span class="box" aria-hidden="true">
                <Icon of={Check} />
              </span>
              {t.markNames}
            </label>
          </>
        )}
        {problem.value && <p role="alert">{problem.value}</p>}
        {running && (
          <div class="col" role="status">
            <progress max={1} value={running.share} aria-label={t.uploading(percent)} />
            <span class="small num">{running.waits ? t.noLine : t.uploading(percent)}</span>
          </div>
        )}
        <div class="actions">
          <button type="button" onClick={onClose}>
            {text.value.cancel}
          </button>
          <button type="submit" class="primary" disabled={running !== null}>
            {t.upload}
          </button>
        </div>
      </form>
    </Modal>
  )
}
