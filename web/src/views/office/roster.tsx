/** People, members of a body or delegates from an Excel sheet: choose it, see what becomes of each line, take it in. */
import { useSignal } from '@preact/signals'
import { ArrowLeft, Check, Download, Upload } from 'lucide'
import type { OfficeBody, OfficeMeeting, RosterReport } from '../../gen/protocol'
import { checkRoster, type RosterAim, rejectedLines, rosterTemplate, takeRoster } from '../../protocol/office'
import { officeText } from '../../state/office/i18n'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { useChange } from './asking'
import { Day, today } from './bodies/day'
import { Field, Refusal } from './fields'
import { Link, OFFICE } from './place'

interface Props {
  /** Whose members they are to be. */
  body?: OfficeBody | null
  /** To which they are invited. Without either they are only to be there. */
  meeting?: OfficeMeeting | null
  given?: RosterReport | null
}

export function Roster({ body = null, meeting = null, given = null }: Props) {
  const file = useSignal<File | null>(null)
  const report = useSignal<RosterReport | null>(given)
  const taken = useSignal<RosterReport | null>(null)
  const day = useSignal(today())
  const { make, isSending, problem } = useChange()
  const makesSites = useSignal(false)
  const t = {
    ...officeText.value.roster,
    ...(body && officeText.value.bodies.roster),
    ...(meeting && officeText.value.seating),
  }
  const aim = (): RosterAim => {
    if (body) return { body: body.id, joined_on: day.value }
    return meeting && { meeting: meeting.id, makes_sites: makesSites.value ? 'true' : 'false' }
  }
  const [back, backTo] = meeting
    ? [meeting.title, `${OFFICE}/hop/${meeting.id}`]
    : body
      ? [body.name, `${OFFICE}/co-quan/${body.id}`]
      : [officeText.value.people.title, `${OFFICE}/nhan-su`]

  async function look(chosen: File | undefined) {
    file.value = chosen ?? null
    report.value = taken.value = null
    if (chosen && day.value !== '') report.value = await make(() => checkRoster(chosen, aim()))
  }

  async function take() {
    const chosen = file.value
    if (chosen === null) return
    const { name, size, lastModified } = chosen
    const content = { name, size, lastModified, ...aim() }
    taken.value = await make((keyFor) => takeRoster(chosen, aim(), keyFor(content)))
  }

  async function download() {
    const chosen = file.value
    const sheet = chosen && (await make(() => rejectedLines(chosen, aim())))
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
      <Link to={backTo} class="button quiet return">
        <Icon of={ArrowLeft} />
        {back}
      </Link>
      <div>
        <Heading>{t.title}</Heading>
        <p class="soft">{t.lead}</p>
      </div>
      <div class="card fields">
        <p>
          <a class="button" href={rosterTemplate(aim())} download="nhan-su.xlsx">
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
        {meeting && (
          <label class="tick">
            <input
              type="checkbox"
              checked={makesSites.value}
              onChange={(event) => {
                makesSites.value = event.currentTarget.checked
                void look(file.value ?? undefined)
              }}
            />
            <span class="box" aria-hidden="true">
              <Icon of={Check} />
            </span>
            {officeText.value.seating.makesSites}
          </label>
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
