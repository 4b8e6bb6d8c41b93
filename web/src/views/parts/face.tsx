/** A person's initials where there is no picture. */
import type { Role } from '../../gen/protocol'
import { initials } from '../../state/names'

export function Face({ name, role }: { name: string; role?: Role | null }) {
  return (
    <span class={`face ${role ?? ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
