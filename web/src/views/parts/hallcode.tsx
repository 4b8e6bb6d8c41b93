/** The code that hangs at a hall or a site: fetched anew before it changes, and again while the line is down. */
import { useEffect, useState } from 'preact/hooks'
import type { HallCode } from '../../gen/protocol'
import { hallCode } from '../../protocol/http'

const AGAIN_MS = 3_000

/** The code to show; null until the first has come. `isLate` when the next one should be there and is not. */
export function useHallCode(site: string | null, given: HallCode | null = null) {
  const [code, setCode] = useState<HallCode | null>(given)
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (given) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGone = false
    const fetch = () =>
      void hallCode(site).then(
        (next) => {
          if (isGone) return
          setCode(next)
          setLate(false)
          timer = setTimeout(fetch, next.left_s * 1000 + 200)
        },
        () => {
          if (isGone) return
          setLate(true)
          timer = setTimeout(fetch, AGAIN_MS)
        },
      )
    setCode(null)
    fetch()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [site, given])
  return { code, isLate }
}

export function CodePicture({ code, alt }: { code: HallCode; alt: string }) {
  return <img class="hall-code" src={`/api/qr?link=${encodeURIComponent(code.link)}`} alt={alt} />
}
