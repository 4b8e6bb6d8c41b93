/** The units as a tree: each below the one it belongs to, siblings in the order of the alphabet. */
import type { OfficeUnit } from '../../gen/protocol'

export interface Branch {
  unit: OfficeUnit
  depth: number
}

const collator = new Intl.Collator('vi', { numeric: true })

export function tree(units: readonly OfficeUnit[]): Branch[] {
  const known = new Set(units.map((unit) => unit.id))
  const below = new Map<string | null, OfficeUnit[]>()
  for (const unit of units) {
    // What lies above one's reach is not in the list.
    const parent = unit.parent !== null && known.has(unit.parent) ? unit.parent : null
    below.set(parent, [...(below.get(parent) ?? []), unit])
  }
  const branches: Branch[] = []
  const grow = (parent: string | null, depth: number) => {
    const units = below.get(parent) ?? []
    for (const unit of [...units].sort((a, b) => collator.compare(a.name, b.name))) {
      branches.push({ unit, depth })
      grow(unit.id, depth + 1)
    }
  }
  grow(null, 0)
  return branches
}
