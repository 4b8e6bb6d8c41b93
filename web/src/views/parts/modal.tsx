/** A dialog in the top layer that keeps the focus and gives it back to where it was. */
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { NoticesInside } from './notices'

/** How many are open, one above another. */
export const openDialogs = signal(0)

interface Props {
  title: string
  class?: string
  onClose: () => void
  children: ComponentChildren
}

export function Modal({ title, class: name, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // Before it is painted: whoever sees it may already press the next key.
  useLayoutEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    openDialogs.value += 1
    return () => {
      openDialogs.value -= 1
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
      else focusAround()
    }
  }, [])
  // Closed by unmounting, so that the state which shows it stays the only truth.
  const cancel = (event: Event) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog ref={element} class={name} aria-labelledby={heading} onCancel={cancel} onKeyDown={goRound}>
      <div class="col">
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
      <NoticesInside />
    </dialog>
  )
}

/** Where the focus goes when what had it is gone: the tab of the panel, else the heading of the screen. */
export function focusAround(): void {
  const around =
    document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]') ??
    document.querySelector<HTMLElement>('h1[tabindex]')
  around?.focus()
}

/** Whether the focus is nowhere, or still on what goes away: whoever has gone elsewhere meanwhile stays there. */
export function losesFocus(gone: Element | null): boolean {
  return document.activeElement === gone || document.activeElement === document.body
}

/** Tab goes round inside: past the last control a browser would leave the page, where nothing shows the focus. */
function goRound(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  if (event.key !== 'Tab') return
  const controls = [
    ...event.currentTarget.querySelectorAll<HTMLElement>(
      'a[href], :is(button, input, select, textarea):enabled',
    ),
  ]
  const [from, to] = event.shiftKey ? [controls.at(0), controls.at(-1)] : [controls.at(-1), controls.at(0)]
  if (document.activeElement !== from) return
  event.preventDefault()
  to?.focus()
}

interface QuestionProps {
  title: string
  lead: string
  yes: string
  no: string
  onYes: () => void
  onClose: () => void
}

/** A step that cannot be taken back, asked first. */
export function Question({ title, lead, yes, no, onYes, onClose }: QuestionProps) {
  return (
    <Modal title={title} onClose={onClose}>
      <p>{lead}</p>
      <div class="actions">
        <button type="button" onClick={onClose}>
          {no}
        </button>
        <button type="button" class="primary" onClick={onYes}>
          {yes}
        </button>
      </div>
    </Modal>
  )
}
