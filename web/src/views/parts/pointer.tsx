/** Where the presenter points, over the page that is shown. */
import type { PageSize } from '../../gen/protocol'
import { useActs } from '../acts'

interface Props {
  version: string
  page: number
  size: PageSize
}

export function Pointer({ version, page, size }: Props) {
  const { pointer, now } = useActs().store
  const moved = pointer.value
  if (moved === null || moved.at === null || moved.version !== version || moved.page !== page) return null
  if (moved.until <= now.value) return null
  const { x, y } = moved.at
  return (
    <svg class="pointer" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <g style={{ transform: `translate(${x}px, ${y}px)` }}>
        <circle class="halo" r={size.width / 45} />
        <circle r={size.width / 110} />
      </g>
    </svg>
  )
}
