/**
 * Every screen with made-up data: `gallery.html?screen=NAME&theme=dark` shows one, without a name the list.
 *
 * `window.screens` names them all, for the tests that look at each.
 */
import '../src/css/all.css'
import '../src/css/fonts.css'
import '../src/css/papers.css'
import '../src/css/viewer.css'
import { type ComponentChild, render } from 'preact'
import { kept } from '../src/protocol/kept'
import { text } from '../src/state/i18n'
import { tell } from '../src/state/store'
import { ActsContext } from '../src/views/acts'
import { Hall } from '../src/views/hall/hall'
import { Settings } from '../src/views/hall/settings'
import { pretend } from './acts'
import { askedScreens } from './asked'
import { checkInScreens } from './checkin'
import { doorScreens } from './doors'
import { edit, hall, nowhere, person, share, slow, theme, wall } from './halls'
import { leadingScreens } from './leading'
import { officeScreens } from './office'
import { meeting } from './people'
import { readingScreens } from './reading'
import { refusedScreens } from './refused'
import { voteScreens } from './votes'

const knocks = [
  {
    id: 'k1',
    name: 'Lương Thị Hồng',
    unit: 'Hội Phụ nữ xã Tam Quang',
    reason: 'guest',
    at: meeting.starts_at,
  },
  { id: 'k2', name: 'Vi Văn Phúc', unit: 'Xã Mường Lống', reason: 'used_link', at: meeting.starts_at },
] as const

const screens: Record<string, () => ComponentChild | Promise<ComponentChild>> = {
  ...doorScreens,
  ...refusedScreens,
  'hall-delegate': () => hall(),
  'hall-chair': () =>
    hall(
      ({ store }) => {
        store.sends.value = { microphone: true, camera: true, screen: false }
      },
      { me: 'chair' },
    ),
  'hall-knocks': () =>
    hall(
      ({ store }) => {
        store.knocks.value = knocks
      },
      { me: 'chair' },
    ),
  'hall-invited': () => hall((acts) => edit(acts, { floor: { ...meeting.floor, holder: 'd1', queue: [] } })),
  'hall-silenced': () =>
    hall((acts) =>
      edit(acts, {
        participants: meeting.participants.map((p) => (p.id === 'd1' ? { ...p, muted: true } : p)),
        floor: { ...meeting.floor, holder: 'd1', queue: [] },
      }),
    ),
  'hall-early': () => hall((acts) => edit(acts, { state: 'invited' }), { me: 'chair' }),
  'hall-sharing': () =>
    hall((acts) => {
      edit(acts, { floor: { ...meeting.floor, holder: 'd1', queue: [] } })
      acts.store.sends.value = { microphone: true, camera: true, screen: true }
    }),
  'hall-screen': () => hall(share, { me: 'chair' }),
  'hall-screen-saving': () =>
    hall((acts) => {
      acts.choices.saving.value = 'voices'
      share(acts)
    }),
  'hall-silent': () =>
    hall(({ voices }) => {
      // A page with a stream of nothing is never done loading.
      const begin = () => {
        voices.value = [new MediaStream()]
      }
      if (document.readyState === 'complete') begin()
      else window.addEventListener('load', begin)
    }),
  'hall-grid': () =>
    hall(({ choices }) => {
      choices.view.value = 'grid'
    }),
  'hall-grid-screen': () =>
    hall((acts) => {
      acts.choices.view.value = 'grid'
      share(acts)
    }),
  'hall-saving': () =>
    hall(({ choices }) => {
      choices.saving.value = 'speaker'
    }),
  'hall-unlinked': () =>
    hall(({ store }) => {
      store.isLinked.value = false
      store.quality.value = { said: 'lost', seen: 'lost', seenSince: 0 }
    }),
  'hall-media-down': () =>
    hall(({ store }) => {
      store.media.value = 'interrupted'
    }),
  'hall-no-webrtc': () =>
    hall(({ store }) => {
      store.media.value = 'impossible'
    }),
  'hall-poor': () =>
    hall(({ store }) => {
      store.quality.value = { said: 'poor', seen: 'poor', seenSince: 0 }
      tell(store, { text: text.value.notice.hasFloor('Trần Quốc Bảo'), urgent: false, visible: true })
    }),
  'hall-paused': () => hall((acts) => edit(acts, { state: 'paused' }), { me: 'chair' }),
  'hall-empty': () =>
    hall((acts) =>
      edit(acts, {
        participants: meeting.participants.filter((p) => p.id === 'd1'),
        floor: { ...meeting.floor, holder: null, queue: [] },
        chat: [],
        agenda: [],
      }),
    ),
  'hall-people': () => hall(nowhere, { tab: 'people' }),
  'hall-chat': () => hall(nowhere, { me: 'd4', tab: 'chat' }),
  'hall-person': person,
  'hall-settings': () => {
    const acts = pretend('d1', 'delegate')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} />
        <Settings onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  wall: () => wall(),
  'wall-long': () =>
    wall((acts) =>
      edit(acts, {
        agenda: meeting.agenda.map((item) => ({ ...item, title: `${item.title}. `.repeat(3) })),
        participants: meeting.participants.map((p) => ({ ...p, title: `${p.title}, `.repeat(5) })),
      }),
    ),
  'wall-speech-over': () => wall((acts) => edit(acts, { floor: { ...meeting.floor, limit_s: 180 } })),
  'wall-agenda': () => wall((acts) => edit(acts, { wall: 'agenda' })),
  'wall-conclusions': () => wall((acts) => edit(acts, { wall: 'conclusions' })),
  'wall-address': () => wall((acts) => edit(acts, { wall: 'address' })),
  'wall-speaker': () => wall((acts) => edit(acts, { wall: 'speaker' })),
  'wall-soon': () => wall((acts) => slow(acts, 0.86)),
  'wall-over': () => wall((acts) => slow(acts, 1.1)),
  'wall-screen': () => wall(share),
  'wall-paused': () => wall((acts) => edit(acts, { state: 'paused' })),
  'wall-before': () => wall((acts) => edit(acts, { state: 'invited' })),
  'wall-ended': () => wall((acts) => edit(acts, { state: 'closed' })),
  ...askedScreens,
  ...voteScreens,
  ...leadingScreens,
  ...readingScreens,
  ...checkInScreens,
  ...officeScreens,
}

const name = new URLSearchParams(location.search).get('screen') ?? ''
document.documentElement.dataset.theme = theme
kept.value = null
const root = document.getElementById('root') as HTMLElement
Object.assign(window, { screens: Object.keys(screens) })
render((await screens[name]?.()) ?? <List />, root)

function List() {
  return (
    <main class="panel">
      <h1>Các màn hình</h1>
      <ul>
        {Object.keys(screens).map((each) => (
          <li key={each} class="row">
            <a href={`?screen=${each}&theme=light`}>{each}</a>
            <a href={`?screen=${each}&theme=dark`}>{each}, tối</a>
          </li>
        ))}
      </ul>
    </main>
  )
}
