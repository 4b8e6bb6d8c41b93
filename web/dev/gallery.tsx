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
import type { GuestList, Invitation, MeetingState } from '../src/gen/protocol'
import type { Acts } from '../src/protocol/call'
import { kept } from '../src/protocol/kept'
import { inkAt, noteAt } from '../src/protocol/papers'
import { unsentOf } from '../src/protocol/unsent'
import { isDemo } from '../src/state/demo'
import { text } from '../src/state/i18n'
import { tell } from '../src/state/store'
import { ActsContext } from '../src/views/acts'
import { Check } from '../src/views/check/check'
import { EndedScreen } from '../src/views/doors/ended'
import { EnterProblem } from '../src/views/doors/enter'
import { InvitationScreen } from '../src/views/doors/invitation'
import { Knock } from '../src/views/doors/knock'
import { Lobby } from '../src/views/doors/lobby'
import { Start } from '../src/views/doors/start'
import { ItemForm } from '../src/views/hall/agenda/item'
import { Writing } from '../src/views/hall/agenda/writing'
import { ConclusionForm } from '../src/views/hall/conclusions/form'
import { FloorRulesForm } from '../src/views/hall/floorrules'
import { Hall, type Tab } from '../src/views/hall/hall'
import { Inviting } from '../src/views/hall/inviting/inviting'
import { Person } from '../src/views/hall/person'
import { Settings } from '../src/views/hall/settings'
import { Changes } from '../src/views/papers/changes'
import { Desk } from '../src/views/papers/room'
import { Found } from '../src/views/papers/search'
import { Uploading } from '../src/views/papers/upload'
import { ChangingReaders } from '../src/views/papers/whom'
import { Wall } from '../src/views/wall/wall'
import { freshChoices, pretend } from './acts'
import { checkInScreens } from './checkin'
import { officeScreens } from './office'
import { everyPaper, twoVersions } from './papers'
import {
  election,
  meeting,
  NOW,
  OWN_CODE,
  openVote,
  people,
  publishedVote,
  secretVote,
  shownHands,
} from './people'
import { portrait } from './portraits'

const asked = new URLSearchParams(location.search)
const theme = asked.get('theme') === 'dark' ? 'dark' : 'light'
const nowhere = () => undefined
const entered = {
  place: 'hall',
  meeting: 'm7',
  title: meeting.title,
  name: 'Lò Thị Mẩy',
  role: 'delegate',
} as const

const office = {
  url: '/dang-nhap',
  login: 'quan-tri',
  password: 'hội trường mùa xuân',
}

function demo() {
  return people.slice(0, 7).map(({ role, name, title, unit }, i) => ({
    role: i === 6 ? ('big_screen' as const) : role,
    name: i === 6 ? 'Màn hình hội trường tỉnh' : name,
    title: i === 6 ? '' : `${title} · ${unit}`,
    url: `/v/${i}`,
  }))
}

function problem(code: string, message: string) {
  return (
    <EnterProblem problem={{ code, message }}>
      <button type="button" class="primary">
        {code === 'used_link' ? text.value.enter.again : text.value.retry}
      </button>
    </EnterProblem>
  )
}

function inviting(state: 'approved' | 'invited') {
  const acts = pretend('chair', 'chair')
  const { participants } = meeting
  const answers = ['accepted', 'pending', 'accepted', 'declined'] as const
  const some = participants.slice(0, 6).map((person, i) => ({
    ...person,
    answer: state === 'approved' ? ('pending' as const) : (answers[i % 4] ?? 'pending'),
  }))
  edit(acts, { state, participants: some })
  const given: GuestList = {
    sends_mail: false,
    is_written: true,
    reminders: { answer_days: 2, day_before: true, hour_before: true, task_days: 1 },
    sent:
      state === 'approved'
        ? []
        : [
            { kind: 'reminder', made_at: '2026-11-20T01:00:00Z', mails: 12, sent: 11, refused: 1 },
            { kind: 'invitation', made_at: '2026-11-12T02:15:00Z', mails: 40, sent: 40, refused: 0 },
          ],
    words: {
      number: '05/GM-MTTQ-BTT',
      above: 'Ủy ban Trung ương MTTQ Việt Nam',
      body: meeting.unit,
      town: 'Lam Sơn',
      dated: '2026-11-12',
      note: '',
      powers: 'TM. BAN THƯỜNG TRỰC',
      signer_title: 'Chủ tịch',
      signer: 'Phạm Thu Hà',
    },
    guests: some.map((person, i) => ({
      participant: person.id,
      email: i % 2 ? '' : `daibieu${i}@lamson.example`,
      reason: person.answer === 'declined' ? 'Đi công tác theo kế hoạch của huyện' : '',
      mail: i % 2 || state === 'approved' ? null : i === 4 ? 'refused' : 'sent',
      fault: i === 4 && state !== 'approved' ? 'no_mailbox' : null,
      is_opened: i < 4,
    })),
  }
  return (
    <ActsContext.Provider value={acts}>
      <Inviting given={given} onClose={nowhere} />
    </ActsContext.Provider>
  )
}

function form(choice: 'other' | null): NonNullable<Invitation['opinion']> {
  return {
    vote: 'v1',
    question: 'Cho ý kiến về dự thảo Quy chế phối hợp giám sát năm 2027',
    state: 'open',
    due_at: '2026-11-21T10:00:00Z',
    choice,
    text: choice && 'Đề nghị nêu rõ đơn vị chủ trì ở Điều 3.',
  }
}

function invitation(change: Partial<Invitation>) {
  const first: Invitation = {
    title: meeting.title,
    unit: meeting.unit,
    kind: 'conference',
    state: 'invited',
    starts_at: meeting.starts_at,
    place: 'Hội trường tầng 2, trụ sở Ủy ban MTTQ Việt Nam tỉnh, kết nối trực tuyến đến các điểm cầu',
    name: 'Lò Thị Mẩy',
    role: 'delegate',
    answer: 'pending',
    reason: '',
    substitute: null,
    has_letter: true,
    was_here: false,
    agenda: meeting.agenda.map((item) => `${item.number}. ${item.title}`),
    opinion: null,
    ...change,
  }
  return <InvitationScreen token="none" first={first} onEnter={nowhere} />
}

function hall(
  change: (acts: Acts) => void = nowhere,
  { me = 'd1', tab = undefined as Tab | undefined } = {},
) {
  const acts = pretend(me, me === 'chair' ? 'chair' : 'delegate')
  change(acts)
  return <Hall acts={acts} tab={tab} />
}

/** Press a button as soon as it is there. */
function press(label: string) {
  const seen = new MutationObserver(() => {
    const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
    if (button === null) return
    seen.disconnect()
    button.click()
  })
  seen.observe(document.body, { childList: true, subtree: true })
}

function pressWords(words: string) {
  const seen = new MutationObserver(() => {
    const button = [...document.querySelectorAll('button')].find((one) => one.textContent === words)
    if (button === undefined) return
    seen.disconnect()
    button.click()
  })
  seen.observe(document.body, { childList: true, subtree: true })
}

function pointed(acts: Acts, version: string) {
  edit(acts, { shown: shownPage })
  acts.point({ version, page: shownPage.page, at: { x: 300, y: 240 } })
}

function room(state: MeetingState) {
  kept.value = state === 'closed' ? { me: 'd1', versions: ['wp1', 'wp2'] } : null
  return (
    <Desk
      room={{ me: 'd1', role: 'delegate', meeting: { ...meeting, state } }}
      choices={freshChoices()}
      onChanged={nowhere}
    />
  )
}

function compared() {
  const acts = pretend('d1', 'delegate')
  return (
    <ActsContext.Provider value={acts}>
      <Hall acts={acts} tab="papers" />
      <Changes of={twoVersions} onRead={nowhere} onClose={nowhere} />
    </ActsContext.Provider>
  )
}

function wall(change: (acts: Acts) => void = nowhere) {
  const acts = pretend('wall', 'big_screen')
  acts.choices.theme.value = theme
  change(acts)
  return <Wall acts={acts} />
}

function edit({ store }: Acts, change: Partial<typeof meeting>) {
  store.meeting.value = { ...meeting, ...change }
}

/** The current item has taken this share of its time. */
function slow(acts: Acts, share: number) {
  const agenda = meeting.agenda.map((item) =>
    item.state === 'current' ? { ...item, opened_at: NOW, spent_s: item.budget_s * share } : item,
  )
  edit(acts, { agenda })
}

function itemForm(change: (acts: Acts) => void = nowhere) {
  const acts = pretend('secretary', 'secretary')
  change(acts)
  return (
    <ActsContext.Provider value={acts}>
      <Hall acts={acts} tab="steer" />
      <ItemForm of={{ item: 'i3' }} onBelow={nowhere} onClose={nowhere} />
    </ActsContext.Provider>
  )
}

function conclusionForm(change: (acts: Acts) => void = nowhere) {
  const acts = pretend('secretary', 'secretary')
  change(acts)
  return (
    <ActsContext.Provider value={acts}>
      <Hall acts={acts} tab="steer" />
      <ConclusionForm item="i1" conclusion="e1" onClose={nowhere} />
    </ActsContext.Provider>
  )
}

function share({ store }: Acts) {
  store.said.value = new Map(store.said.value).set('speaker', {
    participant: 'speaker',
    online: true,
    microphone: true,
    camera: true,
    screen: true,
  })
}

const inkFull = {
  code: 'ink_full',
  message:
    'Đồng chí đã vẽ quá nhiều nét trên trang này hoặc trong cả cuộc họp, nên nét mới không được lưu. Hãy tẩy bớt nét cũ rồi vẽ tiếp.',
}
const meetingOver = { code: 'closed', message: 'Cuộc họp đã kết thúc.' }
const shownPage = {
  document: 'p2',
  version: 'wp2',
  page: 7,
  participant: 'speaker',
  audience: 'delegates',
} as const

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

/** Devices as the check would find them: painted, or refused for the given reason. */
function devices(refusal?: { name: string; message: string }) {
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (refusal) throw new DOMException(refusal.message, refusal.name)
    if (wanted?.video) return portrait('d1')
    const context = new AudioContext()
    const tone = new OscillatorNode(context, { frequency: 220 })
    const quiet = new GainNode(context, { gain: 0.1 })
    const output = context.createMediaStreamDestination()
    tone.connect(quiet).connect(output)
    tone.start()
    return output.stream
  }
}

const check = () => <Check entered={entered} choices={freshChoices()} onEnter={nowhere} />

const screens: Record<string, () => ComponentChild> = {
  'start-demo': () => {
    isDemo.value = true
    return <Start links={{ meeting: 'm7', title: meeting.title, links: demo(), office }} />
  },
  start: () => <Start />,
  'enter-wrong': () =>
    problem('bad_link', 'Liên kết này không đúng hoặc đã bị thu hồi. Hãy mở lại liên kết trong giấy mời.'),
  'enter-used': () =>
    problem(
      'used_link',
      'Liên kết này đã được dùng trên một thiết bị khác. Nếu đó là đồng chí, hãy bấm nút dưới đây.',
    ),
  'enter-closed': () =>
    problem('closed', 'Hội nghị đã kết thúc hoặc bị hủy. Nếu cần tài liệu, hãy liên hệ thư ký hội nghị.'),
  'invitation-pending': () => invitation({}),
  'invitation-accepted': () => invitation({ answer: 'accepted' }),
  'invitation-declined': () =>
    invitation({ answer: 'declined', reason: 'Đi công tác theo kế hoạch của huyện' }),
  'invitation-substituted': () => invitation({ answer: 'substituted', substitute: 'Vi Văn Thế' }),
  'invitation-opinion': () => invitation({ opinion: form(null) }),
  'invitation-opinion-given': () => invitation({ answer: 'accepted', opinion: form('other') }),
  'hall-form-opening': () =>
    hall(
      (acts) => {
        edit(acts, { state: 'invited' })
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.form-open')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-form-led': () =>
    hall((acts) => edit(acts, { state: 'invited', vote: { ...openVote, due_at: '2026-11-21T10:00:00Z' } }), {
      me: 'chair',
      tab: 'steer',
    }),
  'invitation-early': () => invitation({ state: 'approved', role: 'chair', has_letter: false }),
  knock: () => (
    <Knock
      meeting="m7"
      go={nowhere}
      open={{ title: meeting.title, unit: meeting.unit, state: 'in_session' }}
    />
  ),
  lobby: () => <Lobby title={meeting.title} onLeave={nowhere} />,
  check: () => {
    devices()
    return check()
  },
  'check-blocked': () => {
    devices({ name: 'NotAllowedError', message: 'Permission denied' })
    return check()
  },
  'check-unable': () => {
    Object.defineProperty(window, 'RTCPeerConnection', { value: undefined })
    Reflect.deleteProperty(window, 'RTCPeerConnection')
    return check()
  },
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
  'hall-screen': () => hall(share, { me: 'chair' }),
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
  'hall-submitted': () => hall((acts) => edit(acts, { state: 'submitted' }), { me: 'chair', tab: 'steer' }),
  'hall-inviting': () => inviting('approved'),
  'hall-invited-to': () => inviting('invited'),
  'hall-empty': () =>
    hall((acts) =>
      edit(acts, {
        participants: meeting.participants.filter((p) => p.id === 'd1'),
        floor: { ...meeting.floor, holder: null, queue: [] },
        chat: [],
        agenda: [],
      }),
    ),
  'hall-vote': () => hall((acts) => edit(acts, { vote: openVote })),
  'hall-vote-unsent': () =>
    hall((acts) => {
      edit(acts, { vote: openVote })
      acts.choices.ballot.value = { vote: 'v1', choices: ['for'], key: 'never-answered', code: null }
      const keys: unknown[] = []
      // The line carries nothing at first; the second attempt arrives when it is the same command.
      acts.command = async (_, key) => {
        keys.push(key)
        const isLost = keys.length === 1 || keys[0] !== key
        return isLost ? { ok: false, problem: { code: 'unreachable', message: '' } } : { ok: true }
      }
    }),
  'hall-vote-recorded': () =>
    hall((acts) => {
      edit(acts, { vote: openVote })
      acts.choices.ballot.value = { vote: 'v1', choices: ['for'], key: 'answered', code: null }
    }),
  'hall-vote-cast': () =>
    hall(
      (acts) => {
        edit(acts, { vote: openVote })
        acts.store.ballot.value = { vote: 'v1', choice: 'against' }
      },
      { me: 'd4' },
    ),
  'hall-vote-led': () => hall((acts) => edit(acts, { vote: openVote }), { me: 'chair', tab: 'steer' }),
  'hall-vote-closed': () =>
    hall((acts) => edit(acts, { vote: { ...openVote, state: 'closed' } }), { me: 'chair', tab: 'steer' }),
  'hall-vote-result': () => hall((acts) => edit(acts, { vote: publishedVote(true) }), { tab: 'steer' }),
  'hall-vote-opening': () =>
    hall(
      () => {
        // The dialog opens by a press, as for anybody.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.vote-open')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-vote-opinion': () =>
    hall((acts) => {
      edit(acts, { vote: openVote })
      // Another opinion is chosen by a press; its words are asked for then.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.choice.other')?.click()),
      )
    }),
  'hall-vote-opinions': () =>
    hall((acts) => edit(acts, { vote: publishedVote(true) }), { me: 'chair', tab: 'steer' }),
  'hall-vote-majorities': () =>
    hall(
      () => {
        requestAnimationFrame(() => {
          document.querySelector<HTMLElement>('.vote-open')?.click()
          requestAnimationFrame(() => document.querySelector<HTMLElement>('dialog summary')?.click())
        })
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-hands': () => hall((acts) => edit(acts, { vote: shownHands(false) }), { tab: 'steer' }),
  'hall-hands-differ': () =>
    hall((acts) => edit(acts, { vote: shownHands(true) }), { me: 'chair', tab: 'steer' }),
  'hall-election': () => hall((acts) => edit(acts, { vote: election('open') })),
  'hall-election-result': () => hall((acts) => edit(acts, { vote: election('published') }), { tab: 'steer' }),
  'hall-counting': () =>
    hall(
      (acts) => {
        edit(acts, { vote: election('published') })
        // The page opens by a press, as for anybody.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('.vote-minutes')?.click())
      },
      { me: 'chair', tab: 'steer' },
    ),
  'hall-secret': () => hall((acts) => edit(acts, { vote: secretVote('open') })),
  'hall-secret-recorded': () =>
    hall((acts) => {
      edit(acts, { vote: secretVote('open') })
      acts.choices.ballot.value = { vote: 'v1', choices: ['for'], key: 'answered', code: OWN_CODE }
    }),
  'hall-secret-result': () =>
    hall(
      (acts) => {
        edit(acts, { vote: secretVote('published') })
        acts.choices.code.value = { vote: 'v1', code: OWN_CODE }
      },
      { tab: 'steer' },
    ),
  'hall-agenda': () => hall(nowhere, { me: 'chair', tab: 'steer' }),
  'hall-conclusion': () => conclusionForm(),
  'hall-conclusion-met': () =>
    conclusionForm(({ store }) => {
      const conclusions = meeting.conclusions.map((one) => ({
        ...one,
        text: 'Hội nghị đủ điều kiện tiến hành.',
        revision: 2,
      }))
      setTimeout(() => {
        store.meeting.value = { ...meeting, conclusions }
      })
    }),
  'hall-floor-rules': () => {
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="steer" />
        <FloorRulesForm onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  'hall-floor-paused': () =>
    hall((acts) => edit(acts, { floor: { ...meeting.floor, paused_at: NOW, limit_s: 240 } }), {
      me: 'chair',
      tab: 'steer',
    }),
  'hall-floor-over': () =>
    hall((acts) => edit(acts, { floor: { ...meeting.floor, limit_s: 180 } }), { tab: 'steer' }),
  'hall-agenda-writing': () => {
    const acts = pretend('secretary', 'secretary')
    return (
      <ActsContext.Provider value={acts}>
        <main class="side">
          <h1 class="hidden">{meeting.title}</h1>
          <div class="panel">
            <Writing onClose={nowhere} />
          </div>
        </main>
      </ActsContext.Provider>
    )
  },
  'hall-agenda-item': () => itemForm(),
  'hall-agenda-item-met': () =>
    itemForm(({ store }) => {
      const agenda = meeting.agenda.map((item) =>
        item.id === 'i3'
          ? { ...item, title: 'Thảo luận tại hội trường', revision: 2, changed_by: 'chair' }
          : item,
      )
      setTimeout(() => {
        const title = document.getElementById('item-title') as HTMLTextAreaElement
        title.value = 'Thảo luận theo cụm thi đua'
        title.dispatchEvent(new Event('input', { bubbles: true }))
        store.meeting.value = { ...meeting, agenda }
      })
    }),
  'hall-agenda-soon': () => hall((acts) => slow(acts, 0.86), { me: 'chair', tab: 'steer' }),
  'hall-agenda-over': () => hall((acts) => slow(acts, 1.1), { tab: 'steer' }),
  'hall-papers': () => hall(nowhere, { tab: 'papers' }),
  'hall-papers-prepared': () =>
    hall((acts) => edit(acts, { documents: everyPaper }), { me: 'chair', tab: 'papers' }),
  'papers-found': () => (
    <main class="panel papers">
      <h1>Tài liệu</h1>
      <Found query="tầng lớp" meeting={meeting} onRead={nowhere} />
    </main>
  ),
  room: () => room('in_session'),
  'room-after': () => {
    pressWords('Chương trình, quy chế làm việc của Hội nghị12 trang · Đã lưu trên máy')
    return room('closed')
  },
  'papers-changes': () => compared(),
  'papers-changes-columns': () => {
    pressWords('Hai cột')
    return compared()
  },
  'hall-papers-add': () => {
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="papers" />
        <Uploading of={null} onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  'hall-papers-named': () => {
    setTimeout(() => {
      const select = document.getElementById('paper-audience') as HTMLSelectElement
      select.value = 'named'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="papers" />
        <Uploading of={null} onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  'hall-papers-readers': () => {
    const acts = pretend('chair', 'chair')
    edit(acts, { documents: everyPaper })
    const paper = everyPaper.find((one) => one.audience === 'named')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="papers" />
        {paper && <ChangingReaders of={paper} onClose={nowhere} />}
      </ActsContext.Provider>
    )
  },
  'hall-page-hidden': () => hall((acts) => edit(acts, { shown_to_others: true })),
  'hall-page-shown': () => hall((acts) => edit(acts, { shown: shownPage })),
  'hall-page-own': () =>
    hall((acts) => edit(acts, { shown: { ...shownPage, version: 'wp3', participant: 'chair' } }), {
      me: 'chair',
    }),
  'hall-page-pointed': () => hall((acts) => pointed(acts, 'wp2')),
  'hall-page-pointing': () => {
    pressWords('Con trỏ')
    return hall((acts) => edit(acts, { shown: { ...shownPage, participant: 'chair' } }), { me: 'chair' })
  },
  'hall-page-noted': () => {
    press('Ghi chú của tôi')
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-page-drawn': () => {
    press('Ghi chú của tôi')
    pressWords('Vẽ lên trang')
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-page-ink-refused': () => {
    const path = inkAt(shownPage.version, shownPage.page, 'stroke-0009')
    const body = { tool: 'pen', points: [900, 4100, 1600, 40, 1700, -30] }
    unsentOf('d1').refused.value = new Map([[path, { path, body, problem: inkFull }]])
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-page-note-refused': () => {
    press('Ghi chú của tôi')
    const path = noteAt(shownPage.version, shownPage.page)
    const body = { text: 'Hỏi lại số liệu quý II' }
    unsentOf('d1').refused.value = new Map([[path, { path, body, problem: meetingOver }]])
    return hall((acts) => edit(acts, { shown: shownPage }))
  },
  'hall-people': () => hall(nowhere, { tab: 'people' }),
  'hall-chat': () => hall(nowhere, { me: 'd4', tab: 'chat' }),
  'hall-person': () => {
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="people" />
        <Person id="d4" onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
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
  'wall-speech-over': () => wall((acts) => edit(acts, { floor: { ...meeting.floor, limit_s: 180 } })),
  'wall-agenda': () => wall((acts) => edit(acts, { wall: 'agenda' })),
  'wall-conclusions': () => wall((acts) => edit(acts, { wall: 'conclusions' })),
  'wall-address': () => wall((acts) => edit(acts, { wall: 'address' })),
  'wall-speaker': () => wall((acts) => edit(acts, { wall: 'speaker' })),
  'wall-soon': () => wall((acts) => slow(acts, 0.86)),
  'wall-over': () => wall((acts) => slow(acts, 1.1)),
  'wall-screen': () => wall(share),
  'wall-page': () => wall((acts) => edit(acts, { shown: shownPage })),
  'wall-page-pointed': () => wall((acts) => pointed(acts, 'wp2')),
  'wall-vote': () => wall((acts) => edit(acts, { vote: openVote })),
  'wall-vote-passed': () => wall((acts) => edit(acts, { vote: publishedVote(true) })),
  'wall-vote-failed': () => wall((acts) => edit(acts, { vote: publishedVote(false) })),
  'wall-hands': () => wall((acts) => edit(acts, { vote: shownHands(false) })),
  'wall-election': () => wall((acts) => edit(acts, { vote: election('published') })),
  'wall-secret': () => wall((acts) => edit(acts, { vote: secretVote('open') })),
  'wall-secret-passed': () => wall((acts) => edit(acts, { vote: secretVote('published') })),
  'wall-paused': () => wall((acts) => edit(acts, { state: 'paused' })),
  ...checkInScreens,
  ...officeScreens,
  'ended-closed': () => <EndedScreen reason="closed" title={meeting.title} onAgain={nowhere} />,
  'ended-left': () => <EndedScreen reason="left" title={meeting.title} onAgain={nowhere} />,
}

const name = asked.get('screen') ?? ''
document.documentElement.dataset.theme = theme
kept.value = null
const root = document.getElementById('root') as HTMLElement
Object.assign(window, { screens: Object.keys(screens) })
render(screens[name]?.() ?? <List />, root)

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
