/** Screens of the doors: where one begins, the invitation, the check of devices, the end. */
import type { ComponentChild } from 'preact'
import type { Invitation } from '../src/gen/protocol'
import { isDemo } from '../src/state/demo'
import { text } from '../src/state/i18n'
import { Check } from '../src/views/check/check'
import { EndedScreen } from '../src/views/doors/ended'
import { EnterProblem } from '../src/views/doors/enter'
import { InvitationScreen } from '../src/views/doors/invitation'
import { Knock } from '../src/views/doors/knock'
import { Lobby } from '../src/views/doors/lobby'
import { Start } from '../src/views/doors/start'
import { freshChoices } from './acts'
import { nowhere } from './halls'
import { meeting, people } from './people'
import { portrait } from './portraits'

const entered = {
  place: 'hall',
  session: 's7',
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
    excused: null,
    substitute: null,
    has_letter: true,
    was_here: false,
    agenda: meeting.agenda.map((item) => `${item.number}. ${item.title}`),
    opinion: null,
    ...change,
  }
  return <InvitationScreen token="none" first={first} onEnter={nowhere} />
}

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

export const doorScreens: Record<string, () => ComponentChild> = {
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
    invitation({ answer: 'declined', reason: 'Đi công tác theo kế hoạch của huyện', excused: false }),
  'invitation-substituted': () => invitation({ answer: 'substituted', substitute: 'Vi Văn Thế' }),
  'invitation-opinion': () => invitation({ opinion: form(null) }),
  'invitation-opinion-given': () => invitation({ answer: 'accepted', opinion: form('other') }),
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
  'ended-closed': () => <EndedScreen reason="closed" title={meeting.title} onAgain={nowhere} />,
  'ended-removed': () => <EndedScreen reason="removed" title={meeting.title} onAgain={nowhere} />,
  'ended-left': () => <EndedScreen reason="left" title={meeting.title} onAgain={nowhere} />,
}
