/** The screen of a hall: who speaks, what is on the agenda or put to the vote, who is next. Shows nothing private. */
import { useRef } from 'preact/hooks'
import type { Meeting, MeetingState, PageSize, Participant, ShownPage } from '../../gen/protocol'
import type { Acts } from '../../protocol/call'
import { presenterNames } from '../../state/agenda'
import { isDemo } from '../../state/demo'
import { digits, pace, remaining, spent } from '../../state/durations'
import { inTurn } from '../../state/floor'
import { language, text } from '../../state/i18n'
import { attendants, currentItem, personOf, screenOf, subtitle } from '../../state/meeting'
import { quorumOf } from '../../state/quorum'
import { isForm, running, topical } from '../../state/votes'
import { ActsContext, useActs } from '../acts'
import { useAwake } from '../hall/awake'
import { Emblem } from '../parts/door'
import { Heading } from '../parts/heading'
import { useLayout } from '../parts/layout'
import { Picture } from '../parts/picture'
import { useSize } from '../parts/sized'
import { A4, useSizes } from '../parts/sizes'
import { SpeechTime } from '../parts/speechtime'
import { Tile } from '../parts/tile'
import { Voices } from '../parts/voices'
import { CheckInOnWall } from './checkin'
import { PageOnWall } from './page'
import { VoteOnWall } from './vote'
import { AddressOnWall, AgendaOnWall, ConclusionsOnWall } from './whole'

const NEXT_SHOWN = 2
const BEFORE: ReadonlySet<MeetingState> = new Set(['draft', 'submitted', 'approved', 'invited'])

export function Wall({ acts }: { acts: Acts }) {
  return (
    <ActsContext.Provider value={acts}>
      <Screen />
    </ActsContext.Provider>
  )
}

function Screen() {
  const acts = useActs()
  const { store, choices } = acts
  useAwake()
  const t = text.value
  const meeting = store.meeting.value
  if (meeting === null) return <Hush>{t.wall.connecting}</Hush>
  const quorum = quorumOf(meeting)
  const isOn = meeting.state === 'in_session' || meeting.state === 'check_in'
  return (
    <div class="wall" data-theme={choices.theme.value === 'light' ? undefined : 'dark'}>
      <header>
        <Emblem />
        <Heading class="grow line">{meeting.title}</Heading>
        {isDemo.value && <span class="pill">{t.demoShort}</span>}
        <Clock />
      </header>
      {isOn ? (
        <Chosen meeting={meeting} />
      ) : (
        <Hush>
          {meeting.state === 'paused' && t.hall.paused}
          {BEFORE.has(meeting.state) && t.wall.welcome}
          {meeting.state === 'closed' && t.wall.ended}
          {(meeting.state === 'cancelled' || meeting.state === 'postponed') && t.meetingState[meeting.state]}
        </Hush>
      )}
      <footer>
        <span>{meeting.unit}</span>
        <span class="num">
          {t.wall.present(store.presentCount.value, attendants(meeting).length)}
          {' · '}
          {t.wall.quorum(quorum.isReached, quorum.needed)}
        </span>
      </footer>
      {(!store.isLinked.value || store.media.value === 'interrupted') && (
        <p class="banner bad" role="status">
          {t.wall.connecting}
        </p>
      )}
      <Voices streams={acts.voices} />
    </div>
  )
}

/** What somebody chose, or what happens; a vote that runs here goes before both, a form that is out does not. */
function Chosen({ meeting }: { meeting: Meeting }) {
  const { store } = useActs()
  const shows = running(meeting.vote) && !isForm(meeting.vote) ? 'vote' : meeting.wall
  if (shows === 'agenda') return <AgendaOnWall />
  if (shows === 'conclusions') return <ConclusionsOnWall />
  if (shows === 'address') {
    return (
      <AddressOnWall>
        <Address meeting={meeting.id} />
      </AddressOnWall>
    )
  }
  // Before it begins the screen of a hall is for who comes in.
  if (shows === 'check_in' || (shows === 'auto' && meeting.state === 'check_in')) return <CheckInOnWall />
  const last = meeting.vote?.state === 'cancelled' ? null : meeting.vote
  const vote = { vote: last, auto: topical(meeting.vote, store.now.value), speaker: null }[shows]
  return (
    <>
      <Pictures />
      <aside>
        {vote ? (
          <VoteOnWall vote={vote} />
        ) : (
          <>
            {shows !== 'speaker' && <Current />}
            <Next />
          </>
        )}
        {vote?.state !== 'published' && shows !== 'speaker' && <Address meeting={meeting.id} />}
      </aside>
    </>
  )
}

function Hush({ children }: { children: preact.ComponentChildren }) {
  return (
    <main class="hush">
      <h2>{children}</h2>
    </main>
  )
}

function Clock() {
  const { store } = useActs()
  const time = new Intl.DateTimeFormat('vi', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  })
  return <span class="clock num">{time.format(store.now.value)}</span>
}

/** The size of the page that is shown; null until it is known. Another paper first has the form of the one before it. */
function useSizeOf(shown: ShownPage | null): PageSize | null {
  const sizes = useSizes(shown?.version ?? null)
  const known = useRef<PageSize | null>(null)
  if (shown === null) known.current = null
  else if (sizes) known.current = sizes[shown.page - 1] ?? A4
  return known.current
}

/** Who speaks, or what is read: nothing covers that, so the speaker stands beside an upright page or in the strip. */
function Pictures() {
  const acts = useActs()
  const { store } = acts
  const { element, size } = useSize<HTMLElement>()
  const meeting = store.meeting.value
  // All stands elsewhere beside an upright page than beside a wide one.
  const page = useSizeOf(meeting?.shown ?? null)
  const shown = page && meeting?.shown
  const isUpright = page !== null && page.width <= page.height
  const slot = acts.mid('screen')
  const sharer = meeting && personOf(meeting, store.sharer.value)
  const isShared =
    slot !== null && sharer !== null && store.shows.value.get(slot)?.source === `${sharer.id}:screen`
  const strip = isUpright ? 'none' : shown || isShared ? 'all' : 'others'
  const layout = useLayout({
    form: 'wall',
    view: 'stage',
    strip,
    saving: 'all',
    page: 0,
    size,
    isVisible: true,
  })
  if (meeting === null) return null
  acts.connection.value
  const person = personOf(meeting, store.stage.value.who)
  return (
    <main ref={element}>
      <div class={isUpright ? 'upper upright' : 'upper'}>
        {page && shown && <PageOnWall shown={shown} size={page} />}
        {!shown && isShared && (
          <div class="tile screen" data-participant={sharer.id} data-slot={slot} data-picture="on">
            <Picture class="contain" stream={acts.picture('screen')} />
            {sharer.id !== person?.id && <span class="caption">{text.value.hall.sharing(sharer.name)}</span>}
          </div>
        )}
        {isUpright && person && <Tile person={person} slot="stage" caption={<b>{person.name}</b>} />}
        {strip === 'others' && <Stage meeting={meeting} person={person} />}
      </div>
      {strip !== 'none' && (
        <div class="tiles" style={{ gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))` }}>
          {strip === 'all' && person && (
            <Tile person={person} slot="stage" caption={<b class="line">{person.name}</b>} />
          )}
          {layout.cells.map((id, cell) => {
            const other = personOf(meeting, id)
            // The cell is the identity.
            return other && <Tile key={cell} person={other} slot={cell} cell={cell} />
          })}
        </div>
      )}
    </main>
  )
}

function Stage({ meeting, person }: { meeting: Meeting; person: Participant | null }) {
  const { floor } = meeting
  if (person === null) {
    return (
      <div class="tile">
        <div class="monogram">{text.value.wall.welcome}</div>
      </div>
    )
  }
  return (
    <>
      <Tile
        person={person}
        slot="stage"
        class="stage"
        caption={
          <>
            <b>{person.name}</b>
            <span class="title">{subtitle(meeting, person)}</span>
          </>
        }
      />
      {(screenOf(meeting, floor.holder)?.id ?? floor.holder) === person.id && (
        <span class="speech">
          <SpeechTime />
        </span>
      )}
    </>
  )
}

function Current() {
  const { store } = useActs()
  const t = text.value
  const meeting = store.meeting.value
  const item = meeting && currentItem(meeting)
  if (!meeting || !item) return <h2>{t.wall.noAgenda}</h2>
  const now = store.now.value
  const left = remaining(item, now)
  const share = item.budget_s > 0 ? Math.min(1, spent(item, now) / item.budget_s) : 0
  const speaker = personOf(meeting, store.stage.value.who)?.name
  const presenters = presenterNames(item)
  return (
    <section class="col">
      <h2>
        {t.agenda.current} · {t.wall.item(item.number)}
      </h2>
      <p class="item">{item.title}</p>
      {presenters !== speaker && <p class="soft">{presenters}</p>}
      {left !== null && (
        <div class={`countdown num ${pace(item, now)}`}>
          {left >= 0 ? t.hall.left(digits(left)) : t.hall.over(digits(-left))}
          {pace(item, now) === 'soon' && <small>{t.agenda.soon}</small>}
        </div>
      )}
      {left !== null && (
        <div class="track" aria-hidden="true">
          <i style={{ transform: `scaleX(${share})` }} />
        </div>
      )}
    </section>
  )
}

function Next() {
  const { store } = useActs()
  const meeting = store.meeting.value
  if (meeting === null) return null
  const waiting = [...inTurn(meeting, 'speech'), ...inTurn(meeting, 'question')].map((one) => one.participant)
  // Who waits in both queues is named once.
  const people = [...new Set(waiting)].slice(0, NEXT_SHOWN).map((id) => personOf(meeting, id))
  if (people.length === 0) return null
  return (
    <section class="col">
      <h2>{text.value.wall.next}</h2>
      <ol class="next">
        {people.map(
          (person, i) =>
            person && (
              <li key={person.id}>
                <span class="num">{i + 1}.</span>
                <b>{person.name}</b>
                <span class="soft">{person.unit}</span>
              </li>
            ),
        )}
      </ol>
    </section>
  )
}

function Address({ meeting }: { meeting: string }) {
  const path = `/m/${meeting}`
  return (
    <section class="address" lang={language.value}>
      <img src={`/api/qr?link=${encodeURIComponent(location.origin + path)}`} alt="" />
      <div>
        <h2>{text.value.wall.address}</h2>
        <p>{location.host + path}</p>
      </div>
    </section>
  )
}
