/** The size of each page of a version, asked for until it is here. */
import { useEffect, useState } from 'preact/hooks'
import type { PageSize } from '../../gen/protocol'
import { pageSizes } from '../../protocol/papers'

const AGAIN_MS = 3_000

export const A4: PageSize = { width: 595, height: 842 }

export function useSizes(version: string | null): readonly PageSize[] | null {
  const [found, setFound] = useState<{ of: string; pages: readonly PageSize[] } | null>(null)
  useEffect(() => {
    if (version === null) return
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () => {
      pageSizes(version).then(
        ({ pages }) => isCurrent && setFound({ of: version, pages }),
        () => {
          if (isCurrent) timer = setTimeout(ask, AGAIN_MS)
        },
      )
    }
    ask()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [version])
  return found !== null && found.of === version ? found.pages : null
}
