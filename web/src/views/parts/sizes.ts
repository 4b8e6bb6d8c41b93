/** The size of each page of a version, asked for until it is here; none of a version that is refused. */
import { useEffect, useState } from 'preact/hooks'
import type { PageSize } from '../../gen/protocol'
import { pageSizes } from '../../protocol/papers'
import { untilHere } from './untilhere'

export const A4: PageSize = { width: 595, height: 842 }

export function useSizes(version: string | null): readonly PageSize[] | null {
  const [found, setFound] = useState<{ of: string; pages: readonly PageSize[] } | null>(null)
  useEffect(() => {
    if (version === null) return
    return untilHere(
      () => pageSizes(version),
      ({ pages }) => setFound({ of: version, pages }),
      () => setFound({ of: version, pages: [] }),
    )
  }, [version])
  return found !== null && found.of === version ? found.pages : null
}
