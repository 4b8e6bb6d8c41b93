/** The loudspeakers: one audio element for each voice slot. */
import { type Signal, useSignal } from '@preact/signals'
import { Volume2 } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { text } from '../../state/i18n'
import { Icon } from './icon'

/** Shows a button when the browser lets nothing sound before the page was touched. */
export function Voices({ streams }: { streams: Signal<readonly MediaStream[]> }) {
  const needsTouch = useSignal(false)
  const box = useRef<HTMLDivElement>(null)
  const playAll = () => {
    const elements = [...(box.current?.querySelectorAll('audio') ?? [])]
    Promise.all(elements.map((audio) => audio.play())).then(
      () => {
        needsTouch.value = false
      },
      (error: DOMException) => {
        // AbortError: a new connection replaced the stream meanwhile.
        if (error.name === 'NotAllowedError') needsTouch.value = true
      },
    )
  }
  useEffect(() => {
    if (!needsTouch.value) return
    // Of a finger it is its lifting that lets a page sound, not its touch.
    const gestures = ['keydown', 'pointerup'] as const
    for (const gesture of gestures) window.addEventListener(gesture, playAll)
    return () => {
      for (const gesture of gestures) window.removeEventListener(gesture, playAll)
    }
  }, [needsTouch.value])
  return (
    <>
      <div ref={box} hidden>
        {streams.value.map((stream, slot) => (
          // The slot is the identity.
          <Voice key={slot} stream={stream} slot={slot} onReady={playAll} />
        ))}
      </div>
      {needsTouch.value && (
        <button type="button" class="primary unmute" onClick={playAll}>
          <Icon of={Volume2} />
          {text.value.banner.sound}
        </button>
      )}
    </>
  )
}

function Voice({ stream, slot, onReady }: { stream: MediaStream; slot: number; onReady: () => void }) {
  const element = useRef<HTMLAudioElement>(null)
  // Started once for each stream.
  useEffect(() => {
    if (element.current === null) return
    element.current.srcObject = stream
    onReady()
  }, [stream])
  // biome-ignore lint/a11y/useMediaCaption: live speech has no captions
  return <audio ref={element} data-voice={slot} />
}
