/** The size of each page of a version, asked for once. */
import { useEffect, useState } from 'preact/hooks'
import type { PageSize } from '../../gen/protocol'
import { pageSizes } from '../../protocol/papers'

export const A4: PageSize = { width: 595, height: 842 }

export function useSizes(version: string | null): readonly PageSize[] | null {
  const [found, setFound] = useState<{ of: string; pages: readonly PageSize[] } | null>(null)
  useEffect(() => {
    if (version === null) return
    let isCurrent = true
    pageSizes(version).then(
      ({ pages }) => isCurrent && setFound({ of: version, pages }),
      // Pages then have the form of A4 until they are here.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [version])
  return found !== null && found.of === version ? found.pages : null
}
