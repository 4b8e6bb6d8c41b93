/** The list of people: searched by name or unit, only the rows in sight are in the page. */
import { type Signal, useComputed, useSignal } from '@preact/signals'
import { Hand, Mic, MicOff, Search, Video } from 'lucide'
import type { Participant } from '../../gen/protocol'
import { text } from '../../state/i18n'
import { attendants } from '../../state/meeting'
import { byGivenName, matches } from '../../state/names'
import { useActs } from '../acts'
import { Face } from '../parts/face'
import { Icon } from '../parts/icon'
import { useSize } from '../parts/sized'

const ROW_REM = 4
const SPARE_ROWS = 4

export function People({ onOpen }: { onOpen: (id: string) => void }) {
  const { store } = useActs()
  const t = text.value.people
  const query = useSignal('')
  const top = useSignal(0)
  const { element, size } = useSize<HTMLDivElement>()
  const all = useComputed(() => {
    const rank = (p: Participant) => {
      if (p.role === 'chair') return 0
      if (p.role === 'secretary') return 1
      return store.presence.value.get(p.id)?.online ? 2 : 3
    }
    const people = store.meeting.value ? attendants(store.meeting.value) : []
    return [...people].sort((a, b) => rank(a) - rank(b) || byGivenName(a.name, b.name))
  })
  const site = useSignal('')
  const placed = useComputed(() => all.value.filter((p) => site.value === '' || p.site === site.value))
  const found = useComputed(() => placed.value.filter((p) => matches(query.value, p.name, p.unit, p.title)))
  const row = ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const first = Math.max(0, Math.floor(top.value / row) - SPARE_ROWS)
  const last = Math.ceil((top.value + (size.height || 600)) / row) + SPARE_ROWS
  return (
    <>
      <div class="find">
        <Icon of={Search} />
        <input
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value
            if (element.current) element.current.scrollTop = 0
          }}
        />
      </div>
      <SitePicker site={site} all={all.value} />
      <p class="small soft find" role="status">
        {found.value.length ? t.count(found.value.length, placed.value.length) : t.none}
      </p>
      <div
        class="roll"
        ref={element}
        onScroll={(event) => {
          top.value = event.currentTarget.scrollTop
        }}
      >
        <ul style={{ height: `${found.value.length * ROW_REM}rem` }}>
          {found.value.slice(first, last).map((person, i) => (
            <li
              key={person.id}
              style={{ top: `${(first + i) * ROW_REM}rem` }}
              aria-setsize={found.value.length}
              aria-posinset={first + i + 1}
            >
              <Row person={person} onOpen={onOpen} />
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

/** The list by site, each with how many are here. */
function SitePicker({ site, all }: { site: Signal<string>; all: readonly Participant[] }) {
  const { store } = useActs()
  const { here } = text.value
  const sites = store.meeting.value?.sites ?? []
  if (sites.length === 0) return null
  const count = (people: readonly Participant[]) =>
    [people.filter((p) => p.present).length, people.length] as const
  return (
    <div class="find">
      <select
        aria-label={here.site}
        value={site.value}
        onChange={(event) => {
          site.value = event.currentTarget.value
        }}
      >
        <option value="">{here.everywhere(...count(all))}</option>
        {sites.map((one) => (
          <option key={one.id} value={one.id}>
            {here.atSite(one.name, ...count(all.filter((p) => p.site === one.id)))}
          </option>
        ))}
      </select>
    </div>
  )
}

function Row({ person, onOpen }: { person: Participant; onOpen: (id: string) => void }) {
  const { store } = useActs()
  const t = text.value
  const presence = store.presence.value.get(person.id)
  const hasHand = store.meeting.value?.floor.queue.some((request) => request.participant === person.id)
  const isOnline = presence?.online ?? false
  const isThere = person.how === 'in_person'
  const isExcused = person.answer === 'declined'
  const at = store.meeting.value?.sites.find((one) => one.id === person.site)?.name
  const where = isThere
    ? (at ?? t.people.atHall)
    : isOnline
      ? ''
      : isExcused
        ? t.people.excused
        : t.people.offline
  const leads = person.role === 'chair' || person.role === 'secretary'
  return (
    <button
      type="button"
      class={isOnline || isThere ? '' : 'away'}
      data-person={person.id}
      onClick={() => onOpen(person.id)}
      aria-haspopup="dialog"
    >
      <Face name={person.name} role={person.role} />
      <span class="grow">
        <span class="row">
          <b class="line">{person.name}</b>
          {leads && (
            <span class={`pill ${person.role === 'chair' ? 'live' : 'gold'}`}>{t.role[person.role]}</span>
          )}
        </span>
        <span class="small soft line row">{where ? `${where} · ${person.unit}` : person.unit}</span>
      </span>
      <span class="signs">
        {hasHand && <Sign icon={Hand} class="hand" means={t.people.hand} />}
        {person.muted && <Sign icon={MicOff} means={t.people.muted} />}
        {presence?.camera && <Sign icon={Video} means={t.people.camera} />}
        {presence?.microphone && <Sign icon={Mic} class="on" means={t.people.microphone} />}
      </span>
    </button>
  )
}

function Sign({ icon, means, class: className = '' }: { icon: typeof Hand; means: string; class?: string }) {
  return (
    <span class={className}>
      <Icon of={icon} />
      <span class="hidden">{means}</span>
    </span>
  )
}
