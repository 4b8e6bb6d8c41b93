/** Screens of the doors: where one begins, the invitation, the check of devices, the end. */
import type { ComponentChild } from 'preact'
import type { Invitation } from '../src/gen/protocol'
import { isDemo } from '../src/state/demo'
import { text } from '../src/state/i18n'
import type { Refusal } from '../src/state/refusals'
import { Check } from '../src/views/check/check'
import { EndedScreen } from '../src/views/doors/ended'
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

const PLUGGED_IN = [
  { kind: 'audioinput', deviceId: 'm1', label: 'Micrô hội nghị để bàn Jabra Speak 750 (0b0e:24c9)' },
  { kind: 'audioinput', deviceId: 'm2', label: 'Micrô trong máy' },
  { kind: 'videoinput', deviceId: 'c1', label: 'Máy ảnh trong máy (04f2:b6dd)' },
  { kind: 'videoinput', deviceId: 'c2', label: 'Logitech MeetUp' },
] as MediaDeviceInfo[]

/** Devices as the check would find them: painted, or refused for the given reason. */
function devices(refusal?: { name: string; message: string }) {
  navigator.mediaDevices.enumerateDevices = async () => (refusal?.name === 'NotFoundError' ? [] : PLUGGED_IN)
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    if (refusal) throw new DOMException(refusal.message, refusal.name)
    if (wanted?.video) return named('c1', portrait('d1'))
    const context = new AudioContext()
    const tone = new OscillatorNode(context, { frequency: 220 })
    const quiet = new GainNode(context, { gain: 0.1 })
    const output = context.createMediaStreamDestination()
    tone.connect(quiet).connect(output)
    tone.start()
    return named('m1', output.stream)
  }
}

function named(deviceId: string, stream: MediaStream): MediaStream {
  for (const track of stream.getTracks()) track.getSettings = () => ({ deviceId })
  return stream
}

type OfPage = 'no_webrtc' | 'insecure' | 'in_app'

/** How browsers say why a device is not given. */
const DENIED: Record<Exclude<Refusal, OfPage>, { name: string; message: string }> = {
  blocked: { name: 'NotAllowedError', message: 'Permission denied' },
  blocked_by_system: { name: 'NotAllowedError', message: 'Permission denied by system' },
  dismissed: { name: 'NotAllowedError', message: 'Permission dismissed' },
  missing: { name: 'NotFoundError', message: 'Requested device not found' },
  busy: { name: 'NotReadableError', message: 'Could not start source' },
  unsuitable: { name: 'OverconstrainedError', message: '' },
  forbidden: { name: 'SecurityError', message: 'Invalid security origin' },
  unknown: { name: 'UnknownError', message: '' },
}

/** What a page may be without. */
const LACKING: Record<OfPage, () => void> = {
  no_webrtc: () => void Reflect.deleteProperty(window, 'RTCPeerConnection'),
  insecure: () => void Object.defineProperty(window, 'isSecureContext', { value: false }),
  in_app: () => void Object.defineProperty(navigator, 'mediaDevices', { value: undefined }),
}

function each<T>(table: Record<string, T>, screen: (one: T) => ComponentChild) {
  return Object.fromEntries(
    Object.entries(table).map(([reason, one]) => [`check-${reason}`, () => screen(one)]),
  )
}

const { again: _, ...reasons } = text.value.ended

const check = () => <Check entered={entered} choices={freshChoices()} onEnter={nowhere} />

export const doorScreens: Record<string, () => ComponentChild> = {
  'start-demo': () => {
    isDemo.value = true
    return <Start links={{ meeting: 'm7', title: meeting.title, links: demo(), office }} />
  },
  start: () => <Start />,
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
      device="none"
      go={nowhere}
      open={{ title: meeting.title, unit: meeting.unit, state: 'in_session' }}
    />
  ),
  lobby: () => <Lobby title={meeting.title} onLeave={nowhere} />,
  check: () => {
    devices()
    return check()
  },
  // A microphone, and nothing to see with.
  'check-no_camera': () => {
    devices()
    const { getUserMedia } = navigator.mediaDevices
    navigator.mediaDevices.enumerateDevices = async () => PLUGGED_IN.slice(0, 2)
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      if (wanted?.video) throw new DOMException('Requested device not found', 'NotFoundError')
      return getUserMedia(wanted)
    }
    return check()
  },
  ...each(DENIED, (denied) => {
    devices(denied)
    return check()
  }),
  ...each(LACKING, (take) => {
    take()
    return check()
  }),
  ...Object.fromEntries(
    Object.keys(reasons).map((reason) => [
      `ended-${reason}`,
      () => <EndedScreen reason={reason as keyof typeof reasons} title={meeting.title} onAgain={nowhere} />,
    ]),
  ),
}
