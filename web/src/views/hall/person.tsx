/** One person: who they are, and what one may do about them. */
import { useSignal } from '@preact/signals'
import { Hand, MapPinCheck, MapPinOff, Mic, MicOff, MonitorUp, Pin, PinOff, Square, UserX } from 'lucide'
import { useState } from 'preact/hooks'
import type { Order } from '../../protocol/socket'
import { text } from '../../state/i18n'
import { doorsOpen, personOf } from '../../state/meeting'
import { restage } from '../../state/store'
import { order, useActs } from '../acts'
import { Face } from '../parts/face'
import { Icon } from '../parts/icon'
import { focusAround, losesFocus, Modal, Question } from '../parts/modal'

export function Person({ id, onClose }: { id: string; onClose: () => void }) {
  const acts = useActs()
  const { store } = acts
  const asks = useSignal(false)
  const [opener] = useState(() => document.activeElement)
  const t = text.value
  const meeting = store.meeting.value
  const person = meeting && personOf(meeting, id)
  if (!meeting || !person) return null
  const can = (what: Order['type']) => store.may.value.has(what)
  const act = (what: Order) => {
    onClose()
    void order(acts, what)
  }
  const remove = async () => {
    onClose()
    const { ok } = await order(acts, { type: 'remove_participant', participant: id })
    // The entry in the list that the dialog gave the focus back to goes away.
    if (ok && losesFocus(opener)) focusAround()
  }
  const isMe = id === store.me.value
  const holds = meeting.floor.holder === id
  const isPinned = store.ownPin.value === id
  if (asks.value) {
    return (
      <Question
        title={t.person.removeTitle(person.name)}
        lead={t.person.removeLead}
        yes={t.person.remove}
        no={t.cancel}
        onYes={() => void remove()}
        onClose={onClose}
      />
    )
  }
  const isOnline = store.presence.value.get(id)?.online
  return (
    <Modal title={person.name} onClose={onClose}>
      <div class="row">
        <Face name={person.name} role={person.role} />
        <div class="grow">
          <div>{person.title || t.role[person.role]}</div>
          <div class="small soft">
            {[
              person.unit,
              person.how === 'in_person' ? t.people.atHall : isOnline ? t.people.online : t.people.offline,
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
        </div>
      </div>
      <div class="stacked">
        {can('give_floor') &&
          person.role !== 'chair' &&
          (holds ? (
            <button type="button" class="gold" onClick={() => act({ type: 'take_floor' })}>
              <Icon of={Square} />
              {t.person.take}
            </button>
          ) : (
            <button type="button" class="gold" onClick={() => act({ type: 'give_floor', participant: id })}>
              <Icon of={Hand} />
              {t.person.give}
            </button>
          ))}
        {can('mute') && !isMe && person.role !== 'chair' && (
          <button
            type="button"
            onClick={() => act({ type: person.muted ? 'unmute' : 'mute', participant: id })}
          >
            <Icon of={person.muted ? Mic : MicOff} />
            {person.muted ? t.person.unmute : t.person.mute}
          </button>
        )}
        {can('pin_to_stage') && (
          <button
            type="button"
            onClick={() => act({ type: 'pin_to_stage', participant: meeting.stage === id ? null : id })}
          >
            <Icon of={MonitorUp} />
            {meeting.stage === id ? t.person.unpin : t.person.pin}
          </button>
        )}
        {!isMe && (
          <button
            type="button"
            onClick={() => {
              store.ownPin.value = isPinned ? null : id
              restage(store)
              onClose()
            }}
          >
            <Icon of={isPinned ? PinOff : Pin} />
            {isPinned ? t.person.ownUnpin : t.person.ownPin}
          </button>
        )}
        {can('check_in_at_hall') && doorsOpen(meeting) && person.how !== 'in_person' && (
          <button type="button" onClick={() => act({ type: 'check_in_at_hall', participant: id })}>
            <Icon of={MapPinCheck} />
            {t.person.atHall}
          </button>
        )}
        {can('note_leaving') && person.how === 'in_person' && (
          <button type="button" onClick={() => act({ type: 'note_leaving', participant: id })}>
            <Icon of={MapPinOff} />
            {t.person.hasLeft}
          </button>
        )}
        {can('remove_participant') && !isMe && person.role !== 'site_operator' && (
          <button
            type="button"
            class="danger"
            onClick={() => {
              asks.value = true
            }}
          >
            <Icon of={UserX} />
            {t.person.remove}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {t.close}
        </button>
      </div>
    </Modal>
  )
}
