/** Microphones and cameras: asking for each on its own, naming them, measuring loudness. */
import { type Device, missingAbility, type Refusal, refusalOf } from '../state/refusals'

/** A device that was not given, and why. */
export class DeviceRefused extends Error {
  constructor(
    readonly device: Device,
    readonly refusal: Refusal,
  ) {
    super(`${device}: ${refusal}`)
  }
}

export interface Devices {
  microphones: readonly MediaDeviceInfo[]
  cameras: readonly MediaDeviceInfo[]
}

/** What this browser lacks for a conference; null when all is there. */
export function lacking(): Refusal | null {
  return missingAbility({
    secure: window.isSecureContext,
    devices: navigator.mediaDevices?.getUserMedia !== undefined,
    webrtc: 'RTCPeerConnection' in window,
  })
}

const WANTED = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } },
} as const

/** A track of one device; `id` null is the system's choice. */
export async function openDevice(
  device: 'microphone' | 'camera',
  id: string | null,
): Promise<MediaStreamTrack> {
  const missing = lacking()
  if (missing !== null && missing !== 'no_webrtc') throw new DeviceRefused(device, missing)
  // `ideal`: a device that was unplugged since is replaced by another instead of refused.
  const wanted = { ...WANTED[device], ...(id ? { deviceId: { ideal: id } } : {}) }
  const constraints = device === 'microphone' ? { audio: wanted } : { video: wanted }
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints)
    return stream.getTracks()[0] as MediaStreamTrack
  } catch (error) {
    throw new DeviceRefused(device, refusalOf(error as DOMException))
  }
}

/** Browsers of phones cannot. */
export function canShareScreen(): boolean {
  return navigator.mediaDevices?.getDisplayMedia !== undefined
}

/** A track of a screen or window that the person picks. */
export async function openScreen(): Promise<MediaStreamTrack> {
  if (!canShareScreen()) throw new DeviceRefused('screen', 'missing')
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: 10, max: 15 }, width: { max: 1920 }, height: { max: 1080 } },
      audio: false,
    })
    const track = stream.getVideoTracks()[0] as MediaStreamTrack
    track.contentHint = 'detail'
    return track
  } catch (error) {
    throw new DeviceRefused('screen', refusalOf(error as DOMException))
  }
}

/** What there is to choose from; labels are empty until a permission was given. */
export async function listDevices(): Promise<Devices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  const of = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind && device.deviceId !== '')
  return { microphones: of('audioinput'), cameras: of('videoinput') }
}

/** Loudness of a microphone, 0 to 1, as often as `heard` is wanted. Returns what ends it. */
export function measure(track: MediaStreamTrack, heard: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    // Before a gesture some browsers keep the context suspended: silence then says nothing about the microphone.
    if (context.state !== 'running') return
    analyser.getFloatTimeDomainData(samples)
    heard(Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length))
  }, 100)
  void context.resume()
  return () => {
    clearInterval(timer)
    void context.close()
  }
}
