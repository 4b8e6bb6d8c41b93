/** Screens of who prepares and leads: invitations, agenda, conclusions, the rules of the floor. */
import type { ComponentChild } from 'preact'
import type { GuestList } from '../src/gen/protocol'
import type { Acts } from '../src/protocol/call'
import { ActsContext } from '../src/views/acts'
import { ItemForm } from '../src/views/hall/agenda/item'
import { Writing } from '../src/views/hall/agenda/writing'
import { ConclusionForm } from '../src/views/hall/conclusions/form'
import { FloorRulesForm } from '../src/views/hall/floorrules'
import { Hall } from '../src/views/hall/hall'
import { Inviting } from '../src/views/hall/inviting/inviting'
import { pretend } from './acts'
import { edit, hall, nowhere, slow } from './halls'
import { meeting, NOW } from './people'

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
      excused: null,
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

export const leadingScreens: Record<string, () => ComponentChild> = {
  'hall-submitted': () => hall((acts) => edit(acts, { state: 'submitted' }), { me: 'chair', tab: 'steer' }),
  'hall-inviting': () => inviting('approved'),
  'hall-invited-to': () => inviting('invited'),
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
}
