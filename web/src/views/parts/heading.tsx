/** The heading of a screen, which names the window and takes the focus when the screen replaces another. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { text } from '../../state/i18n'

interface Props {
  children: string
  /** What the window is called where the heading greets instead of naming. */
  name?: string
  class?: string
}

let isFirstScreen = true

export function Heading({ children, name = children, class: className }: Props) {
  const element = useRef<HTMLHeadingElement>(null)
  const { product } = text.value
  useEffect(() => {
    document.title = `${name} · ${product}`
  }, [name, product])
  useLayoutEffect(() => {
    // What had the focus went with the screen before; otherwise somebody is at work here.
    if (!isFirstScreen && document.activeElement === document.body) element.current?.focus()
    isFirstScreen = false
  }, [])
  return (
    <h1 ref={element} class={className} tabIndex={-1}>
      {children}
    </h1>
  )
}
