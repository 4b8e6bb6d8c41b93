/** The size of an element as it is now; small changes wait until they stop. */
import { useEffect, useRef, useState } from 'preact/hooks'

const SETTLE_MS = 150

export function useSize<T extends HTMLElement>() {
  const element = useRef<T>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    const watched = element.current
    if (watched === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isFirst = true
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry?.contentRect ?? { width: 0, height: 0 }
      clearTimeout(timer)
      if (isFirst) setSize({ width, height })
      else timer = setTimeout(() => setSize({ width, height }), SETTLE_MS)
      isFirst = false
    })
    observer.observe(watched)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [])
  return { element, size }
}
