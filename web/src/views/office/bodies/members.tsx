/** Taking members into a body, and letting one go. */
import { useSignal } from '@preact/signals'
import type { OfficeBodyCard, OfficeMember, Position } from '../../../gen/protocol'
import { addMembers, endMembership } from '../../../protocol/bodies'
import { officeText } from '../../../state/office/i18n'
import { Modal } from '../../parts/modal'
import { Segments } from '../../parts/segments'
import { useChange } from '../asking'
import { Choose, type Chosen } from '../choose'
import { Refusal } from '../fields'
import { Day, today } from './day'

const POSITIONS: readonly Position[] = ['member', 'deputy', 'head']

interface Shared {
  onChange: (card: OfficeBodyCard) => void
  onClose: () => void
}

export function NewMembers({ card, onChange, onClose }: Shared & { card: OfficeBodyCard }) {
  const chosen = useSignal<Chosen>(new Map())
  const position = useSignal<Position>('member')
  const day = useSignal(today())
  const { make, isSending, problem } = useChange()
  const t = officeText.value.bodies

  async function send() {
    const content = { people: [...chosen.value.keys()], position: position.value, joined_on: day.value }
    const changed = await make((keyFor) => addMembers(card.body.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    onChange(changed)
    onClose()
  }

  return (
    <Modal title={t.addMembers} class="broad" onClose={onClose}>
      <Segments label={t.positionLabel} options={POSITIONS} names={t.position} value={position} />
      <Day label={t.joinedOn} day={day} />
      <Choose
        chosen={chosen}
        taken={new Set(card.members.map((member) => member.person))}
        problem={problem.value}
      />
      <div class="actions">
        <button type="button" onClick={onClose}>
          {officeText.value.cancel}
        </button>
        <button
          type="button"
          class="primary"
          disabled={chosen.value.size === 0 || day.value === '' || isSending.value}
          onClick={() => void send()}
        >
          {t.addMembers}
        </button>
      </div>
    </Modal>
  )
}

export function EndMembership({
  body,
  member,
  onChange,
  onClose,
}: Shared & { body: string; member: OfficeMember }) {
  const day = useSignal(today())
  const { make, isSending, problem } = useChange()
  const t = officeText.value.bodies

  async function end() {
    const content = { left_on: day.value }
    const changed = await make((keyFor) =>
      endMembership(body, member.id, { ...content, key: keyFor(content) }),
    )
    if (changed === null) return
    onChange(changed)
    onClose()
  }

  return (
    <Modal title={t.endTitle(member.name)} onClose={onClose}>
      <p>{t.endLead}</p>
      <Refusal problem={problem.value} />
      <Day label={t.lastDay} day={day} />
      <div class="actions">
        <button type="button" onClick={onClose}>
          {officeText.value.cancel}
        </button>
        <button
          type="button"
          class="danger"
          disabled={day.value === '' || isSending.value}
          onClick={() => void end()}
        >
          {t.endYes}
        </button>
      </div>
    </Modal>
  )
}
