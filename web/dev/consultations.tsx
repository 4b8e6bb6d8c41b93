/** Consultations with made-up units and opinions, as each side sees them. */
import type { ComponentChild } from 'preact'
import type {
  Consultation,
  ConsultationChoices,
  Consultations,
  ConsultedUnit,
  OfficeMe,
  OfficeUnits,
  Opinion,
  OpinionChoice,
} from '../src/gen/protocol'
import { ConsultationList } from '../src/views/office/consultations/list'
import { NewConsultation } from '../src/views/office/consultations/new'
import { ConsultationPage } from '../src/views/office/consultations/page'
import { ReplyForm } from '../src/views/office/consultations/reply'
import '../src/css/consultations.css'

const AT = '2026-12-01T03:20:00.000000Z'
const DEADLINE = '2026-12-05T10:00:00.000000Z'
const HASH = '8dbc4ed89e7518d307352105afab9ecce44434c9ef68fc22fb9037df9b201624'

function opinion(id: string, choice: OpinionChoice, text: string, other: Partial<Opinion> = {}): Opinion {
  return {
    id,
    number: 1,
    draft: 1,
    choice,
    text,
    name: 'Vi Thị An',
    title: 'Chủ tịch',
    given_at: AT,
    is_late: false,
    signature: HASH,
    opened_at: null,
    reply: null,
    ...other,
  }
}

const asked = (id: string, name: string, ...opinions: Opinion[]): ConsultedUnit => ({
  id,
  name,
  email: '',
  waiver: null,
  opinions,
})

const units = [
  asked('u3', 'Ủy ban MTTQ Việt Nam xã Nậm Cắn', opinion('o1', 'agree', '', { opened_at: AT })),
  asked(
    'u2',
    'Ban Dân chủ - Pháp luật',
    opinion('o2', 'disagree', 'Khoản 2 Điều 7 trùng Điều 3; chưa rõ nguồn kinh phí.', { opened_at: AT }),
    opinion('o3', 'other', 'Gộp khoản 2 Điều 7 vào Điều 3 và ghi rõ nguồn kinh phí từ ngân sách tỉnh.', {
      number: 2,
      draft: 2,
      reply: {
        outcome: 'partly',
        text: 'Tiếp thu việc gộp điều khoản. Kinh phí ghi ở kế hoạch thực hiện, không ghi trong nghị quyết.',
        name: 'Phạm Thu Hà',
        replied_at: AT,
        revision: 1,
      },
    }),
  ),
  asked('u5', 'Ủy ban MTTQ Việt Nam xã Vĩnh Thành', opinion('o4', 'agree', 'Đề nghị soát lỗi chính tả.')),
  asked('u6', 'Hội Nông dân tỉnh'),
]

const running: Consultation = {
  id: 'c1',
  title: 'Dự thảo Nghị quyết về chương trình phối hợp và thống nhất hành động năm 2027',
  note: 'Xin ý kiến về toàn văn, nhất là Điều 3 và Điều 7.',
  unit: 'u1',
  unit_name: 'Ủy ban MTTQ Việt Nam tỉnh Lam Sơn',
  state: 'open',
  deadline: DEADLINE,
  is_overdue: false,
  signer: 'o9',
  signer_name: 'Trần Thị Chủ',
  signer_title: 'Chủ tịch',
  signed_at: null,
  signed_sha256: null,
  drafts: [2, 1].map((number) => ({
    number,
    state: 'ready' as const,
    kind: 'word',
    pages: 6,
    size: 81_000,
    problem: null,
    sha256: HASH,
    added_at: AT,
  })),
  units,
  gate: { silent: ['u6'], unanswered: ['u5'], unopened: ['u2', 'u5'], may_waive: false },
  leads: true,
  signs: false,
  answers_for: null,
  head: `14:${HASH}`,
}
const signing: Consultation = {
  ...running,
  is_overdue: true,
  leads: false,
  signs: true,
  gate: { silent: ['u6'], unanswered: [], unopened: ['u2'], may_waive: true },
}
const preparing: Consultation = {
  ...running,
  state: 'draft',
  gate: null,
  units: units.map((unit) => ({ ...unit, opinions: [] })),
  drafts: running.drafts.slice(1).map((draft) => ({
    ...draft,
    state: 'failed',
    pages: null,
    problem: 'encrypted',
  })),
}
const answering: Consultation = {
  ...running,
  leads: false,
  gate: null,
  answers_for: 'u6',
  head: '',
  units: units.slice(3),
}
const signed: Consultation = {
  ...running,
  state: 'signed',
  gate: null,
  signed_at: DEADLINE,
  signed_sha256: HASH,
  units: units.map((unit) => (unit.id === 'u6' ? { ...unit, waiver: 'Đã nhắc ba lần, chưa trả lời' } : unit)),
}
const list: Consultations = {
  consultations: (
    [
      ['c1', 'open', false, true],
      ['c2', 'open', true, false],
      ['c3', 'draft', false, false],
      ['c4', 'signed', false, false],
    ] as const
  ).map(([id, state, owes, signs]) => ({
    id,
    title: running.title,
    unit: running.unit_name,
    state,
    deadline: DEADLINE,
    asked: 4,
    answered: 3,
    owes,
    signs,
  })),
}

export function consultationScreens(
  me: OfficeMe,
  organisation: OfficeUnits,
  inside: (path: string, screen: ComponentChild) => ComponentChild,
): Record<string, () => ComponentChild> {
  const known: ConsultationChoices = {
    leading: ['u1', 'u2'],
    units: organisation.units,
    signers: [
      { account: 'o9', name: 'Trần Thị Chủ', title: 'Chủ tịch', unit: 'Ủy ban MTTQ Việt Nam tỉnh Lam Sơn' },
    ],
  }
  const page = (given: Consultation) =>
    inside('/lay-y-kien/c1', <ConsultationPage id="c1" me={me} given={given} />)
  const [, , third] = units
  return {
    'office-consultations': () => inside('/lay-y-kien', <ConsultationList me={me} given={list} />),
    'office-consultation-new': () => inside('/lay-y-kien/moi', <NewConsultation me={me} given={known} />),
    'office-consultation-misaddressed': () => {
      setTimeout(() => {
        document.querySelector<HTMLElement>('.units-asked input[type=checkbox]')?.click()
        requestAnimationFrame(() => {
          const address = document.querySelector<HTMLInputElement>('input[type=email]')
          if (address === null) return
          address.value = 'vanphong'
          address.dispatchEvent(new Event('input', { bubbles: true }))
          document.querySelector('form')?.requestSubmit()
          address.scrollIntoView({ block: 'center' })
        })
      })
      return inside('/lay-y-kien/moi', <NewConsultation me={me} given={known} />)
    },
    'office-consultation-draft': () => page(preparing),
    'office-consultation-lead': () => page(running),
    'office-consultation-sign': () => page(signing),
    'office-consultation-answer': () => page(answering),
    'office-consultation-signed': () => page(signed),
    'office-consultation-reply': () =>
      inside(
        '/lay-y-kien/c1',
        third?.opinions[0] && (
          <ReplyForm
            seen={running}
            unit={third}
            opinion={third.opinions[0]}
            onChange={() => undefined}
            onClose={() => undefined}
          />
        ),
      ),
  }
}
