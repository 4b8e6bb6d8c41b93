/** One person's picture, or their initials while there is none. */
import { Mic, MicOff, Pin } from 'lucide'
import type { ComponentChildren } from 'preact'
import type { Participant } from '../../gen/protocol'
import { text } from '../../state/i18n'
import type { Slot } from '../../state/layout'
import { initials } from '../../state/names'
import { useActs } from '../acts'
import { Icon } from './icon'
import { CoveredPicture } from './picture'

interface Props {
  person: Participant
  slot: Slot
  class?: string
  /** The number of the cell, for tiles of the grid. */
  cell?: number
  caption?: ComponentChildren
  mark?: ComponentChildren
  onOpen?: (id: string) => void
}

export function Tile({ person, slot, class: className = '', cell, caption, mark, onOpen }: Props) {
  const acts = useActs()
  const { store } = acts
  const t = text.value
  // A new connection has new streams under the same slots.
  acts.connection.value
  const mid = acts.mid(slot)
  const shown = mid === null ? undefined : store.shows.value.get(mid)
  const presence = store.presence.value.get(person.id)
  const isSpeaking = store.voices.value.speaking.includes(person.id)
  const camera = `${person.id}:camera`
  const hasPicture = shown?.source === camera && presence?.camera !== false
  const content = (
    <>
      <CoveredPicture stream={acts.picture(slot)} source={hasPicture ? camera : null}>
        <span class="monogram" aria-hidden="true">
          <span>{initials(person.name)}</span>
        </span>
      </CoveredPicture>
      {mark && <span class="mark">{mark}</span>}
      {shown?.cause === 'downlink' && shown.source === null && (
        <span class="why">{t.hall.noPictureLine}</span>
      )}
      <span class="caption">
        {caption ?? (
          <>
            {store.ownPin.value === person.id && (
              <>
                <Icon of={Pin} />
                <span class="hidden">{t.hall.ownPinned}</span>
              </>
            )}
            {presence?.microphone ? (
              <span class={isSpeaking ? 'sound row' : 'row'}>
                <Icon of={Mic} />
              </span>
            ) : (
              <Icon of={MicOff} />
            )}
            <span class="line">{person.name}</span>
          </>
        )}
      </span>
      {isSpeaking && <span class="hidden">, {t.hall.speaking}</span>}
    </>
  )
  const attributes = {
    class: `tile ${className} ${isSpeaking ? 'speaking' : ''}`,
    'data-participant': person.id,
    'data-slot': mid ?? undefined,
    'data-tile': cell,
    'data-picture': hasPicture ? 'on' : 'off',
  }
  if (!onOpen) return <div {...attributes}>{content}</div>
  return (
    <button type="button" {...attributes} onClick={() => onOpen(person.id)}>
      {content}
    </button>
  )
}
