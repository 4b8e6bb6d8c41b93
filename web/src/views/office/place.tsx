/** Where in the office one is: the address, and moving on without loading the page again. */
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'

export { OFFICE, SIGN_IN } from '../../state/route'

export const place = signal(location.pathname)

window.addEventListener('popstate', () => {
  place.value = location.pathname
})

export function go(path: string): void {
  if (path !== location.pathname) history.pushState(null, '', path)
  place.value = path
  scrollTo(0, 0)
}

/** Replaces the address: a screen that is done with is nothing to go back to. */
export function replace(path: string): void {
  history.replaceState(null, '', path)
  place.value = path
}

interface Props {
  to: string
  class?: string
  current?: boolean
  children: ComponentChildren
}

export function Link({ to, class: name, current = false, children }: Props) {
  const follow = (event: MouseEvent) => {
    // Another window, when that is what was asked for.
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a href={to} class={name} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
