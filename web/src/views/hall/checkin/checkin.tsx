/** The desk at the door: the code to scan, who came and how, and noting those who have no telephone. */
import './checkin.css'
import { useComputed, useSignal } from '@preact/signals'
import { Check, Download } from 'lucide'
import { useEffect, useId } from 'preact/hooks'
import type { AttendanceSheet, HallCode, Participant, SheetCount } from '../../../gen/protocol'
import { attendanceSheet } from '../../../protocol/http'
import { checkInText } from '../../../state/checkin/i18n'
import { hourOf } from '../../../state/hours'
import { numeral, text } from '../../../state/i18n'
import { attendants, personOf } from '../../../state/meeting'
import { byGivenName, matches } from '../../../state/names'
import { order, useActs } from '../../acts'
import { CodePicture, useHallCode } from '../../parts/hallcode'
import { Icon } from '../../parts/icon'
import { Modal } from '../../parts/modal'

const SHOWN = 60

interface Props {
  onClose: () => void
  given?: { sheet: AttendanceSheet; code: HallCode }
}

export function CheckInDesk({ onClose, given }: Props) {
  const { store } = useActs()
  const t = checkInText.value
  const meeting = store.meeting.value
  const own = meeting && store.role.value === 'site_operator' ? personOf(meeting, store.me.value)?.site : null
  const site = useSignal<string | null>(own ?? null)
  const sheet = useSheet(own === null, given?.sheet ?? null)
  if (meeting === null) return null
  return (
    <Modal title={t.title} class="broad checkin" onClose={onClose}>
      {sheet && <p>{t.summary(sheet.present, sheet.convened, sheet.needed)}</p>}
      {own === null && meeting.sites.length > 0 && <SitePicker site={site} />}
      <Code site={site.value} given={given?.code ?? null} />
      <Scan site={site.value} />
      <Roll site={site.value} isOwn={own !== null} sheet={sheet} />
      {sheet && (
        <>
          {sheet.sites.length > 0 && <Counts name={t.bySite} empty={t.nowhere} counts={sheet.sites} />}
          <Counts name={t.byUnit} empty={t.noUnit} counts={sheet.units} />
          <a class="button" href="/api/attendance.xlsx" download="Diem-danh.xlsx">
            <Icon of={Download} />
            {t.excel}
          </a>
        </>
      )}
      <button type="button" onClick={onClose}>
        {text.value.close}
      </button>
    </Modal>
  )
}

/** As the service has it; asked for again whenever somebody comes or goes. A site operator has none. */
function useSheet(mayRead: boolean, given: AttendanceSheet | null) {
  const { store } = useActs()
  const sheet = useSignal(given)
  const here = useComputed(() =>
    (store.meeting.value?.participants ?? []).map((one) => `${one.id}${one.how}${one.site}`).join(),
  )
  useEffect(() => {
    if (mayRead && !given)
      void attendanceSheet().then(
        (now) => (sheet.value = now),
        () => undefined,
      )
  }, [here.value])
  return sheet.value
}

function SitePicker({ site }: { site: { value: string | null } }) {
  const { store } = useActs()
  const t = checkInText.value
  const id = useId()
  return (
    <div class="col">
      <label for={id}>{t.where}</label>
      <select
        id={id}
        value={site.value ?? ''}
        onChange={({ currentTarget }) => {
          site.value = currentTarget.value || null
        }}
      >
        <option value="">{t.mainHall}</option>
        {store.meeting.value?.sites.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  )
}

function Code({ site, given }: { site: string | null; given: HallCode | null }) {
  const t = checkInText.value
  const { code, isLate } = useHallCode(site, given)
  return (
    <section class="poster">
      <h3>{code?.site ? t.codeFor(code.site) : t.code}</h3>
      {code && <CodePicture code={code} alt={t.codeAlt} />}
      <p class="soft">{t.codeLead}</p>
      {isLate && (
        <p class="fault" role="status">
          {t.codeLate}
        </p>
      )}
    </section>
  )
}

/** A scanner at the desk types what the code says, and Enter. */
function Scan({ site }: { site: string | null }) {
  const acts = useActs()
  const link = useSignal('')
  const said = useSignal('')
  const t = checkInText.value
  const id = useId()
  const send = async (event: Event) => {
    event.preventDefault()
    if (!link.value.trim()) return
    const before = new Map(acts.store.meeting.value?.participants.map((one) => [one.id, one.how]))
    const { ok } = await order(acts, { type: 'check_in_by_link', link: link.value.trim(), site })
    if (!ok) return
    const came = acts.store.meeting.value?.participants.find(
      (one) => one.how === 'in_person' && before.get(one.id) !== 'in_person',
    )
    said.value = came ? t.scanned(came.name) : ''
    link.value = ''
  }
  return (
    <form class="col" onSubmit={(event) => void send(event)}>
      <label for={id}>{t.scan}</label>
      <div class="row">
        <input
          id={id}
          class="grow"
          autocomplete="off"
          maxLength={300}
          aria-describedby={`${id}-hint`}
          value={link.value}
          onInput={({ currentTarget }) => {
            link.value = currentTarget.value
          }}
        />
        <button type="submit">{t.scanDo}</button>
      </div>
      <p id={`${id}-hint`} class="small soft">
        {t.scanHint}
      </p>
      <p role="status">{said.value}</p>
    </form>
  )
}

interface RollProps {
  site: string | null
  isOwn: boolean
  sheet: AttendanceSheet | null
}

function Roll({ site, isOwn, sheet }: RollProps) {
  const { store } = useActs()
  const query = useSignal('')
  const t = checkInText.value
  const meeting = store.meeting.value
  if (meeting === null) return null
  // A site operator reaches those of the site and those of none.
  const reached = attendants(meeting).filter((one) =>
    site === null ? true : one.site === site || (isOwn && one.site === null),
  )
  const found = reached
    .filter((one) => matches(query.value, one.name, one.unit, one.title))
    .sort((a, b) => Number(b.site === site) - Number(a.site === site) || byGivenName(a.name, b.name))
  const lines = new Map(sheet?.lines.map((line) => [line.participant, line]))
  return (
    <section class="col">
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={query.value}
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value
        }}
      />
      <p class="small soft num" role="status">
        {found.length === 0 ? t.none : text.value.people.count(found.length, reached.length)}
      </p>
      <ul>
        {found.slice(0, SHOWN).map((person) => (
          <Row key={person.id} person={person} site={site} line={lines.get(person.id) ?? null} />
        ))}
      </ul>
    </section>
  )
}

interface RowProps {
  person: Participant
  site: string | null
  line: AttendanceSheet['lines'][number] | null
}

function Row({ person, site, line }: RowProps) {
  const acts = useActs()
  const t = checkInText.value
  const sits = person.how === 'in_person'
  const excuse = line?.excused ? t.excused : line?.excused === false ? t.unexcused : t.asked
  const absent = line?.left_at ? t.gone : person.answer === 'declined' ? excuse : t.absent
  const how = line?.method ? t.way[line.method] : sits ? text.value.people.atHall : t.way.remote
  const state = person.how === null ? absent : how
  return (
    <li>
      <span class="grow">
        <b>{person.name}</b>
        <span class="small soft"> {[person.title, person.unit].filter(Boolean).join(' · ')}</span>
        <br />
        <span class="small">
          {state}
          {person.how !== null && line?.came_at && ` · ${t.since(hourOf(line.came_at))}`}
        </span>
      </span>
      {person.how !== null && (
        <span class="pill ok">
          <Icon of={Check} />
          {t.here}
        </span>
      )}
      {sits ? (
        <button
          type="button"
          class="quiet"
          aria-label={t.leftLong(person.name)}
          onClick={() => void order(acts, { type: 'note_leaving', participant: person.id })}
        >
          {t.left}
        </button>
      ) : (
        <button
          type="button"
          aria-label={person.how === null ? t.comeLong(person.name) : t.comeHereLong(person.name)}
          onClick={() => void order(acts, { type: 'check_in_at_hall', participant: person.id, site })}
        >
          {person.how === null ? t.come : t.comeHere}
        </button>
      )}
    </li>
  )
}

function Counts({ name, empty, counts }: { name: string; empty: string; counts: readonly SheetCount[] }) {
  const { column } = checkInText.value
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section class="scroll" tabIndex={0} aria-label={name}>
      <table>
        <caption>
          <h3>{name}</h3>
        </caption>
        <thead>
          <tr>
            <th scope="col">{column.name}</th>
            {(['all', 'in_person', 'remote', 'excused'] as const).map((one) => (
              <th key={one} scope="col" class="num">
                {column[one]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.name}>
              <th scope="row">{count.name || empty}</th>
              <td class="num">
                {numeral(count.all) + (count.capacity ? ` / ${numeral(count.capacity)}` : '')}
              </td>
              <td class="num">{numeral(count.in_person)}</td>
              <td class="num">{numeral(count.remote)}</td>
              <td class="num">{numeral(count.excused)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
