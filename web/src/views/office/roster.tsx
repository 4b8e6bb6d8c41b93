/** People, or members of a body, from an Excel sheet: choose the file, see what would happen to each line, take it in. */
import { useSignal } from '@preact/signals'
import { ArrowLeft, Download, Upload } from 'lucide'
import type { OfficeBody, RosterReport } from '../../gen/protocol'
import { checkRoster, rejectedLines, rosterTemplate, takeRoster } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { useChange } from './asking'
import { Day, today } from './bodies/day'
import { Field, Refusal } from './fields'
import { Link, OFFICE } from './place'

interface Props {
  /** Whose members they are to be; null: they are only to be there. */
  body?: OfficeBody | null
  given?: RosterReport | null
}

export function Roster({ body = null, given = null }: Props) {
  const file = useSignal<File | null>(null)
  const report = useSignal<RosterReport | null>(given)
  const taken = useSignal<RosterReport | null>(null)
  const day = useSignal(today())
  const { make, isSending, problem } = useChange()
  const t = { ...officeText.value.roster, ...(body && officeText.value.bodies.roster) }
  const members = () => body && { body: body.id, joined_on: day.value }

  async function look(chosen: File | undefined) {
    file.value = chosen ?? null
    report.value = taken.value = null
    if (chosen && day.value !== '') report.value = await make(() => checkRoster(chosen, members()))
  }

  async function take() {
    const chosen = file.value
    if (chosen === null) return
    const { name, size, lastModified } = chosen
    const content = { name, size, lastModified, ...members() }
    taken.value = await make((keyFor) => takeRoster(chosen, members(), keyFor(content)))
  }

  async function download() {
    const chosen = file.value
    const sheet = chosen && (await make(() => rejectedLines(chosen, members())))
    if (!sheet) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(sheet)
    link.download = 'dong-bi-loai.xlsx'
    link.click()
    URL.revokeObjectURL(link.href)
  }

  const shown = taken.value ?? report.value
  return (
    <>
      <Link to={body ? `${OFFICE}/co-quan/${body.id}` : `${OFFICE}/nhan-su`} class="button quiet return">
        <Icon of={ArrowLeft} />
        {body?.name ?? officeText.value.people.title}
      </Link>
      <div>
        <Heading>{t.title}</Heading>
        <p class="soft">{t.lead}</p>
      </div>
      <div class="card fields">
        <p>
          <a
            class="button"
            href={rosterTemplate(members())}
            download={body ? 'uy-vien.xlsx' : 'nhan-su.xlsx'}
          >
            <Icon of={Download} />
            {t.template}
          </a>
        </p>
        {body && (
          <Day
            label={officeText.value.bodies.joinedOn}
            day={day}
            onChange={() => void look(file.value ?? undefined)}
          />
        )}
        <Field label={t.file}>
          {(attributes) => (
            <input
              {...attributes}
              type="file"
              accept=".xlsx"
              disabled={isSending.value}
              onChange={(event) => void look(event.currentTarget.files?.[0])}
            />
          )}
        </Field>
        <Refusal problem={problem.value} />
        <p role="status">{isSending.value && officeText.value.loading}</p>
      </div>
      {shown !== null && (
        <section class="card col" aria-live="polite">
          <h2>{taken.value ? t.taken(shown.new) : t.would(shown.new)}</h2>
          <p class="soft">{t.known(shown.known)}</p>
          {shown.rejected.length > 0 && (
            <>
              <p class="warning">{t.rejected(shown.rejected.length)}</p>
              <ul class="rows plain">
                {shown.rejected.slice(0, 200).map((line) => (
                  <li key={line.number}>
                    <span class="pill num">{t.line(line.number)}</span>
                    <div class="grow">
                      <b>{line.name || '—'}</b>
                      <div class="small soft">{line.unit}</div>
                      <div>{t.reason[line.reason]}</div>
                    </div>
                  </li>
                ))}
              </ul>
              <p>
                <button type="button" disabled={isSending.value} onClick={() => void download()}>
                  <Icon of={Download} />
                  {t.download}
                </button>
              </p>
            </>
          )}
          {taken.value === null && shown.new > 0 && (
            <div class="actions">
              <button type="button" class="primary" disabled={isSending.value} onClick={() => void take()}>
                <Icon of={Upload} />
                {t.take(shown.new)}
              </button>
            </div>
          )}
        </section>
      )}
    </>
  )
}
