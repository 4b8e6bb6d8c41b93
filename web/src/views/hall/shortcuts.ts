/** Keys that work anywhere in the hall but where somebody writes or answers a dialog. */
import { useEffect } from 'preact/hooks'
import { toggle, useActs } from '../acts'
import { moveHand, toggleMicrophone } from './bar'

export function useShortcuts(): void {
  const acts = useActs()
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      // Vietnamese input methods send letters and backspaces of their own while they compose.
      if (event.isComposing || !event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
      const isWriting = event.target instanceof Element && event.target.closest('input, textarea') !== null
      if (isWriting || document.querySelector('dialog[open]') !== null) return
      const key = event.shiftKey ? `Shift+${event.code}` : event.code
      if (key === 'KeyD') void toggleMicrophone(acts)
      else if (key === 'KeyE') void toggle(acts, 'camera', !acts.store.sends.value.camera)
      else if (key === 'Shift+KeyH' && acts.store.may.value.has('raise_hand')) void moveHand(acts)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [acts])
}
