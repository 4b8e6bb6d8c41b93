/** The hall: pictures, the side panel, the bar, and what opens above them. */
import { type Signal, useSignal } from '@preact/signals'
import { LayoutGrid, Presentation } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Acts } from '../../protocol/call'
import { isDemo } from '../../state/demo'
import { text } from '../../state/i18n'
import { attendants, currentItem } from '../../state/meeting'
import { quorumOf } from '../../state/quorum'
import { unread } from '../../state/unread'
import { ActsContext, useActs } from '../acts'
import { Emblem } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Question } from '../parts/modal'
import { Notices } from '../parts/notices'
import { Voices } from '../parts/voices'
import { form } from '../parts/window'
import { ItemTime, useTimeWarning } from './agenda'
import { useAwake } from './awake'
import { Ballot } from './ballot'
import { Banners } from './banners'
import { Bar } from './bar'
import { Chat } from './chat'
import { Invited } from './invited'
import { Knocks } from './knocks'
import { People } from './people'
import { Person } from './person'
import { Pictures } from './pictures'
import { useSpeechWarning } from './queue'
import { type Reader, usePapers, useReader } from './reading'
import { Settings } from './settings'
import { useShortcuts } from './shortcuts'
import { ShownLine } from './shown'
import { Steer } from './steer'
import { VoteLine } from './voteline'

export type Tab = 'picture' | 'steer' | 'papers' | 'people' | 'chat'

export function Hall({ acts, tab }: { acts: Acts; tab?: Tab }) {
  return (
    <ActsContext.Provider value={acts}>
      <Inside first={tab} />
    </ActsContext.Provider>
  )
}

function Inside({ first }: { first?: Tab }) {
  const acts = useActs()
  const isPhone = form.value === 'phone'
  const tab = useSignal<Tab>(
    first ?? (isPhone && acts.choices.where.value === 'online' ? 'picture' : 'steer'),
  )
  const open = useSignal<'settings' | 'leave' | null>(null)
  const person = useSignal<string | null>(null)
  const putOff = useSignal<string | null>(null)
  useShortcuts()
  useAwake()
  useTimeWarning()
  useSpeechWarning()
  const reader = useReader()
  const isReading = reader.reading.value !== null
  const Viewer = usePapers('Viewer', isReading)
  const shown: Tab = !isPhone && tab.value === 'picture' ? 'steer' : tab.value
  const see = () => {
    reader.follow()
    if (isPhone) tab.value = 'picture'
  }
  const openPerson = (id: string) => {
    person.value = id
  }
  // A phone shows a paper where the pictures are.
  const onPhone: Reader = {
    ...reader,
    read: (...what) => {
      reader.read(...what)
      tab.value = 'picture'
    },
  }
  const close = () => {
    open.value = null
  }
  const t = text.value
  return (
    <div class="hall">
      <Header />
      <div>
        <VoteLine putOff={putOff} />
        <Banners />
        {(!isReading || (isPhone && shown !== 'picture')) && <ShownLine onSee={see} />}
      </div>
      <div class={isReading ? 'floor reading' : 'floor'}>
        <Pictures isVisible={isPhone ? shown === 'picture' && !isReading : true} onOpen={openPerson} />
        {isReading && (!isPhone || shown === 'picture') && Viewer && (
          <Frame isMain={isPhone}>
            <Viewer reading={reader.reading} onClose={reader.close} />
          </Frame>
        )}
        {!isPhone && (
          <aside class="side" aria-label={t.hall.tabs}>
            <Tabs tabs={['steer', 'papers', 'people', 'chat']} shown={shown} tab={tab} />
            <Panel shown={shown} onOpen={openPerson} reader={reader} />
          </aside>
        )}
        {isPhone && shown !== 'picture' && (
          <main class="side">
            <Panel shown={shown} onOpen={openPerson} reader={onPhone} />
          </main>
        )}
      </div>
      {isPhone && <Tabs tabs={['picture', 'steer', 'papers', 'people', 'chat']} shown={shown} tab={tab} />}
      <Bar
        onMore={() => {
          open.value = 'settings'
        }}
        onLeave={() => {
          open.value = 'leave'
        }}
      />
      <Voices streams={acts.voices} />
      <Knocks />
      <Notices store={acts.store} />
      {person.value && (
        <Person
          id={person.value}
          onClose={() => {
            person.value = null
          }}
        />
      )}
      {open.value === 'settings' && <Settings onClose={close} />}
      {open.value === 'leave' && (
        <Question
          title={t.leave.title}
          lead={t.leave.lead}
          yes={t.leave.confirm}
          no={t.cancel}
          onYes={() => acts.leave()}
          onClose={close}
        />
      )}
      <Invited />
      <Ballot putOff={putOff} />
    </div>
  )
}

/** A phone has no pictures beside what is read, so that this is what the page is about. */
function Frame({ isMain, children }: { isMain: boolean; children: ComponentChildren }) {
  return isMain ? <main class="reader">{children}</main> : <div class="reader">{children}</div>
}

function Header() {
  const { store, choices } = useActs()
  const t = text.value
  const meeting = store.meeting.value
  if (meeting === null) return <header />
  const item = currentItem(meeting)
  const all = attendants(meeting).length
  const quorum = quorumOf(meeting)
  const quality = store.quality.value.said
  const isGrid = choices.view.value === 'grid'
  return (
    <header>
      <Emblem />
      <div class="grow">
        <Heading class="line">{meeting.title}</Heading>
        <div class="small soft line">
          {item ? t.hall.item(item.number, item.title) : t.hall.noItem}
          {item && (
            <>
              {' · '}
              <ItemTime item={item} />
            </>
          )}
        </div>
      </div>
      {isDemo.value && <span class="pill">{t.demoShort}</span>}
      {meeting.state !== 'in_session' && <span class="pill gold">{t.meetingState[meeting.state]}</span>}
      <span
        class={`pill ${quorum.isReached ? 'ok' : 'gold'} wide num`}
        title={t.wall.quorum(quorum.isReached, quorum.needed)}
      >
        {t.hall.present(store.presentCount.value, all)}
      </span>
      <span class={`pill ${quality} ${quality === 'good' ? 'wide' : ''}`} data-quality={quality}>
        {t.quality[quality]}
      </span>
      <button
        type="button"
        class="quiet wide"
        aria-label={isGrid ? t.hall.asStage : t.hall.asGrid}
        title={isGrid ? t.hall.asStage : t.hall.asGrid}
        onClick={() => {
          choices.view.value = isGrid ? 'stage' : 'grid'
        }}
      >
        <Icon of={isGrid ? Presentation : LayoutGrid} />
      </button>
    </header>
  )
}

interface TabsProps {
  tabs: readonly Tab[]
  shown: Tab
  tab: Signal<Tab>
}

function Tabs({ tabs, shown, tab }: TabsProps) {
  const { store } = useActs()
  const t = text.value.hall
  const lines = store.meeting.value?.chat ?? []
  const last = lines.at(-1)?.id ?? null
  const lastRead = useSignal(last)
  useEffect(() => {
    if (shown === 'chat') lastRead.value = last
  }, [shown, last, lastRead])
  const isPhone = form.value === 'phone'
  const names: Record<Tab, string> = {
    picture: t.tab.picture,
    steer: isPhone || !store.may.value.has('give_floor') ? t.tab.agenda : t.tab.steer,
    people: t.tab.people,
    papers: t.tab.papers,
    chat: t.tab.chat,
  }
  const counts: Partial<Record<Tab, number>> = { chat: shown === 'chat' ? 0 : unread(lines, lastRead.value) }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length] as Tab
    tab.value = next
    document.getElementById(`tab-${next}`)?.focus()
  }
  return (
    <nav aria-label={t.tabs}>
      <div class="tabs" role="tablist" aria-label={t.tabs} onKeyDown={move}>
        {tabs.map((name) => (
          <button
            key={name}
            id={`tab-${name}`}
            type="button"
            role="tab"
            aria-selected={name === shown}
            // The panels of the others are not in the page.
            aria-controls={name !== shown ? undefined : name === 'picture' ? 'pictures' : 'panel'}
            tabIndex={name === shown ? 0 : -1}
            onClick={() => {
              tab.value = name
            }}
          >
            {names[name]}
            {(counts[name] ?? 0) > 0 && (
              <span class="count num" aria-label={t.unread(counts[name] ?? 0)} role="img">
                {counts[name]}
              </span>
            )}
          </button>
        ))}
      </div>
    </nav>
  )
}

interface PanelProps {
  shown: Tab
  onOpen: (id: string) => void
  reader: Reader
}

function Panel({ shown, onOpen, reader }: PanelProps) {
  const PaperList = usePapers('PaperList', shown === 'papers')
  const content: Record<Exclude<Tab, 'picture'>, ComponentChildren> = {
    steer: <Steer />,
    people: <People onOpen={onOpen} />,
    papers: PaperList ? <PaperList onRead={reader.read} /> : <p class="loading">{text.value.loading}</p>,
    chat: <Chat />,
  }
  if (shown === 'picture') return null
  return (
    <div
      class={`panel ${shown}`}
      id="panel"
      role="tabpanel"
      aria-labelledby={`tab-${shown}`}
      tabIndex={shown === 'steer' || shown === 'papers' ? 0 : undefined}
    >
      {content[shown]}
    </div>
  )
}
