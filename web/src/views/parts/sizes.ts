/** The size of each page of a version, asked for until it is here; none of a version that is refused. */
import { useEffect, useState } from 'preact/hooks'
import type { PageSize } from '../../gen/protocol'
import { problemOf } from '../../protocol/http'
import { pageSizes } from '../../protocol/papers'
import { again_ms, passes } from '../../state/problems'

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
        (error: unknown) => {
          if (!isCurrent) return
          if (passes(problemOf(error).code)) timer = setTimeout(ask, again_ms())
          else setFound({ of: version, pages: [] })
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
