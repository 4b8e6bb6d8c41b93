/** What happened and what to do about it. */
import { TriangleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { Icon } from './icon'

interface Props {
  what: string
  todo: string
  children?: ComponentChildren
}

export function Advice({ what, todo, children }: Props) {
  return (
    <div class="advice" role="alert">
      <Icon of={TriangleAlert} />
      <div class="col grow">
        <div>
          <b>{what}</b>
          <p class="soft">{todo}</p>
        </div>
        {children}
      </div>
    </div>
  )
}
