/** The bottom bar: one's own microphone, camera, hand and screen. */
import {
  Ellipsis,
  Hand,
  LogOut,
  Mic,
  MicOff,
  ScreenShare,
  ScreenShareOff,
  Square,
  Video,
  VideoOff,
} from 'lucide'
import type { Acts } from '../../protocol/call'
import { canShareScreen } from '../../protocol/devices'
import { text } from '../../state/i18n'
import { doorsOpen } from '../../state/meeting'
import { type Store, tell } from '../../state/store'
import { order, toggle, useActs } from '../acts'
import { Icon } from '../parts/icon'
import { form } from '../parts/window'

interface Props {
  onMore: () => void
  onLeave: () => void
}

export function Bar({ onMore, onLeave }: Props) {
  const acts = useActs()
  const { store } = acts
  const t = text.value.bar
  const rights = store.rights.value
  const isPhone = form.value === 'phone'
  const isApart = store.media.value === 'apart'
  return (
    <nav class="bar" aria-label={text.value.hall.controls}>
      {!isApart && <Devices />}
      <HandButton />
      {!isApart && rights.has('screen') && canShareScreen() && <ShareButton />}
      <button type="button" onClick={onMore} aria-haspopup="dialog">
        <Icon of={Ellipsis} />
        {t.more}
      </button>
      <span class="gap" />
      <button type="button" class="danger" onClick={onLeave} aria-haspopup="dialog">
        <Icon of={LogOut} />
        {isPhone ? t.leaveShort : t.leave}
      </button>
    </nav>
  )
}

function Devices() {
  const acts = useActs()
  const { store } = acts
  const t = text.value.bar
  const sends = store.sends.value
  const rights = store.rights.value
  const [long, short] = whyNoMicrophone(store)
  return (
    <>
      <button
        type="button"
        class={sends.microphone ? 'on' : rights.has('microphone') ? '' : 'waits'}
        onClick={() => void toggleMicrophone(acts)}
        aria-keyshortcuts="Control+D"
      >
        <Icon of={sends.microphone ? Mic : MicOff} />
        {sends.microphone
          ? t.mute
          : rights.has('microphone')
            ? t.unmute
            : form.value === 'phone'
              ? short
              : long}
      </button>
      <button
        type="button"
        class={sends.camera ? 'on' : ''}
        onClick={() => void toggle(acts, 'camera', !sends.camera)}
        aria-keyshortcuts="Control+E"
      >
        <Icon of={sends.camera ? Video : VideoOff} />
        {sends.camera ? t.stopCamera : t.startCamera}
      </button>
    </>
  )
}

function HandButton() {
  const acts = useActs()
  const { store } = acts
  const t = text.value.bar
  if (!store.may.value.has('raise_hand')) return null
  if (store.holdsFloor.value) {
    return (
      <button type="button" class="gold" aria-label={t.finish} onClick={() => void moveHand(acts)}>
        <Icon of={Square} />
        {form.value === 'phone' ? t.finishShort : t.finish}
      </button>
    )
  }
  const place = store.myQueuePlace.value
  return (
    <button
      type="button"
      class={place === null ? '' : 'gold'}
      aria-label={place === null ? t.raise : t.queuedLong(place)}
      aria-keyshortcuts="Control+Shift+H"
      onClick={() => void moveHand(acts)}
    >
      <Icon of={Hand} />
      {place === null ? t.raise : t.queued(place)}
    </button>
  )
}

export function ShareButton() {
  const acts = useActs()
  const isOn = acts.store.sends.value.screen
  const t = text.value.bar
  const name = isOn ? t.stopShare : t.share
  return (
    <button
      type="button"
      class={isOn ? 'on' : ''}
      aria-label={name}
      onClick={() => void toggle(acts, 'screen', !isOn)}
    >
      <Icon of={isOn ? ScreenShareOff : ScreenShare} />
      {isOn && form.value === 'phone' ? t.stopShareShort : name}
    </button>
  )
}

export async function toggleMicrophone(acts: Acts): Promise<void> {
  const { store } = acts
  const isOn = store.sends.value.microphone
  if (!isOn && !store.rights.value.has('microphone')) {
    const [, , why] = whyNoMicrophone(store)
    tell(store, { text: why, urgent: true, visible: true })
  } else await toggle(acts, 'microphone', !isOn)
}

/** What the button says while there is no right to the microphone, in many words and few, and what pressing it says. */
function whyNoMicrophone({ meeting, silenced }: Store): readonly [string, string, string] {
  const t = text.value.bar
  if (meeting.value && !doorsOpen(meeting.value)) {
    return [t.microphoneEarly, t.microphoneEarlyShort, t.microphoneEarlyWhy]
  }
  if (silenced.value) return [t.microphoneMuted, t.microphoneMutedShort, t.microphoneMutedWhy]
  return [t.microphoneWaits, t.microphoneWaitsShort, t.microphoneWhy]
}

/** Raise or lower the hand; while speaking, end the speech. */
export async function moveHand(acts: Acts): Promise<void> {
  const { store } = acts
  if (store.holdsFloor.value) await order(acts, { type: 'take_floor' })
  else await order(acts, { type: store.myQueuePlace.value === null ? 'raise_hand' : 'lower_hand' })
}
