/** Video elements, which play a stream for as long as they are mounted. */
import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface Props {
  stream: MediaStream | null
  class?: string
}

export function Picture({ stream, class: className }: Props) {
  const element = usePlaying(stream)
  return <video ref={element} class={className} autoPlay muted playsInline />
}

interface CoveredProps {
  stream: MediaStream | null
  /** Whose picture plays; `null` for nobody's. */
  source: string | null
  /** What lies over it until a frame of this source has come. */
  children: ComponentChildren
}

/** A browser whose `receiveTime` can't be trusted is not waited for any longer. */
const LONGEST_COVER_MS = 2_000

/**
 * A picture whose stream shows one person after another. What the browser still has of the one before is covered:
 * where it tells when a frame was received, only one that came after the change counts, elsewhere the next one shown.
 */
export function CoveredPicture({ stream, source, children }: CoveredProps) {
  const element = usePlaying(stream)
  const [seen, setSeen] = useState<string | null>(null)
  useEffect(() => {
    const video = element.current
    if (video === null || source === null || !('requestVideoFrameCallback' in video)) {
      setSeen(source)
      return
    }
    setSeen(null)
    const changed = performance.now()
    const look = (now: number, frame: VideoFrameCallbackMetadata) => {
      if ((frame.receiveTime ?? now) >= changed || now - changed > LONGEST_COVER_MS) setSeen(source)
      else next = video.requestVideoFrameCallback(look)
    }
    let next = video.requestVideoFrameCallback(look)
    return () => video.cancelVideoFrameCallback(next)
  }, [element, stream, source])
  return (
    <>
      <video ref={element} autoPlay muted playsInline />
      {(source === null || seen !== source) && children}
    </>
  )
}

function usePlaying(stream: MediaStream | null): RefObject<HTMLVideoElement | null> {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = element.current
    if (video === null) return
    video.srcObject = stream
    return () => {
      video.srcObject = null
    }
  }, [stream])
  return element
}
