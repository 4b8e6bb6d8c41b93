/** Choosing people of the organisation to invite, in one role. */
import { useSignal } from '@preact/signals'
import type { OfficeMeeting, OfficePeople, OfficePerson, Role } from '../../gen/protocol'
import { people as askPeople, invite } from '../../protocol/office'
import { text } from '../../state/i18n'
import { officeText } from '../../state/office/i18n'
import { Modal } from '../parts/modal'
import { Segments } from '../parts/segments'
import { useAnswer, useChange } from './asking'
import { Refusal } from './fields'

interface Props {
  meeting: OfficeMeeting
  given?: OfficePeople | null
  onInvited: (meeting: OfficeMeeting) => void
  onClose: () => void
}

const ROLES = ['chair', 'secretary', 'delegate', 'guest'] as const satisfies readonly Role[]

export function Pick({ meeting, given = null, onInvited, onClose }: Props) {
  const query = useSignal('')
  const hasChair = meeting.invited.some((one) => one.role === 'chair')
  const role = useSignal<(typeof ROLES)[number]>(hasChair ? 'delegate' : 'chair')
  const chosen = useSignal<ReadonlyMap<string, OfficePerson>>(new Map())
  const { answer, problem: unloaded } = useAnswer(() => askPeople(query.value), [query.value], given)
  const { make, isSending, problem } = useChange()
  const t = officeText.value.pick
  const invited = new Set(meeting.invited.map((one) => one.person))
  const found = answer.value

  function toggle(person: OfficePerson) {
    const now = new Map(chosen.value)
    if (!now.delete(person.id)) now.set(person.id, person)
    chosen.value = now
  }

  async function send() {
    const content = { role: role.value, people: [...chosen.value.keys()] }
    const changed = await make((keyFor) => invite(meeting.id, { ...content, key: keyFor(content) }))
    if (changed === null) return
    onInvited(changed)
    onClose()
  }

  return (
    <Modal title={t.title} class="broad" onClose={onClose}>
      <Segments label={t.role} options={ROLES} names={text.value.role} value={role} />
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value
        }}
      />
      <Refusal problem={problem.value ?? unloaded.value} />
      <ul class="rows scrolls">
        {found?.people.map((person) => (
          <li key={person.id}>
            <label class="pick">
              <input
                type="checkbox"
                checked={chosen.value.has(person.id)}
                disabled={invited.has(person.id)}
                onChange={() => toggle(person)}
              />
              <span class="grow">
                <b>{person.name}</b>
                <span class="small soft">{[person.title, person.unit_name].filter(Boolean).join(' · ')}</span>
              </span>
              {invited.has(person.id) && <span class="pill">{t.already}</span>}
            </label>
          </li>
        ))}
      </ul>
      {found !== null && (
        <p class="small soft" role="status">
          {found.people.length === 0 ? t.none : found.more ? t.tooMany : t.chosen(chosen.value.size)}
        </p>
      )}
      <div class="actions">
        <button type="button" onClick={onClose}>
          {officeText.value.cancel}
        </button>
        <button
          type="button"
          class="primary"
          disabled={chosen.value.size === 0 || isSending.value}
          onClick={() => void send()}
        >
          {t.send}
        </button>
      </div>
    </Modal>
  )
}
