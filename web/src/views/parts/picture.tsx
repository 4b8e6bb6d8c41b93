/** A video element that plays a stream for as long as it is mounted. */
import { useEffect, useRef } from 'preact/hooks'

interface Props {
  stream: MediaStream | null
  class?: string
}

export function Picture({ stream, class: className }: Props) {
  const element = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = element.current
    if (video === null) return
    video.srcObject = stream
    return () => {
      video.srcObject = null
    }
  }, [stream])
  return <video ref={element} class={className} autoPlay muted playsInline />
}
