/** The device check: what others will see and hear, before they do. */
import { Mic, MicOff, Video, VideoOff } from 'lucide'
import { type ComponentChildren, Fragment } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Entered } from '../../gen/protocol'
import {
  DeviceRefused,
  type Devices,
  lacking,
  listDevices,
  measure,
  openDevice,
} from '../../protocol/devices'
import type { Choices, Where } from '../../state/choices'
import { text } from '../../state/i18n'
import type { Saving } from '../../state/layout'
import type { Refusal } from '../../state/refusals'
import { Advice } from '../parts/advice'
import { Door } from '../parts/door'
import { Heading } from '../parts/heading'
import { Icon } from '../parts/icon'
import { Picture } from '../parts/picture'
import { Segments } from '../parts/segments'

/** Below this a microphone that is on is not hearing anything. */
const SILENCE = 1e-4
const SILENT_AFTER_MS = 5_000

type Kind = 'microphone' | 'camera'
export type Opened = Partial<Record<Kind, MediaStreamTrack>>

export interface DeviceState {
  track: MediaStreamTrack | null
  refusal: Refusal | null
  isAsking: boolean
}

interface Props {
  entered: Entered
  choices: Choices
  onEnter: (opened: Opened) => void
}

export function Check(props: Props) {
  const { choices } = props
  const switcher = (
    <Segments<Where>
      label={text.value.here.where}
      options={['online', 'hall']}
      names={text.value.here.wheres}
      value={choices.where}
    />
  )
  return choices.where.value === 'hall' ? (
    <AtHall {...props} switcher={switcher} />
  ) : (
    <Online {...props} switcher={switcher} />
  )
}

type Inner = Props & { switcher: ComponentChildren }

/** Whoever sits in the hall has no device to check: none is asked for. */
function AtHall({ entered, onEnter, switcher }: Inner) {
  const t = text.value
  return (
    <Door>
      <p class="soft">{entered.title}</p>
      <Heading name={t.check.title}>{t.check.greeting(entered.name)}</Heading>
      {switcher}
      <p>{t.here.hallLead}</p>
      <button type="button" class="primary" onClick={() => onEnter({})}>
        {t.here.hallEnter}
      </button>
    </Door>
  )
}

function Online({ entered, choices, onEnter, switcher }: Inner) {
  const missing = lacking()
  const camera = useDevice('camera', choices, missing === null)
  const microphone = useDevice('microphone', choices, missing === null)
  const devices = useDevices([camera.track, microphone.track])
  const t = text.value
  const opens = useRef<Record<'tracks' | 'taken', (MediaStreamTrack | null)[]>>({ tracks: [], taken: [] })
  opens.current.tracks = [camera.track, microphone.track]
  // Who turns out to sit in the hall sends nothing; nor does what is given after one went in.
  useEffect(
    () => () => {
      for (const track of opens.current.tracks) if (!opens.current.taken.includes(track)) track?.stop()
    },
    [],
  )

  const enter = (takes: boolean) => {
    if (takes) opens.current.taken = opens.current.tracks
    const opened: Opened = {}
    if (takes && camera.track) opened.camera = camera.track
    if (takes && microphone.track) opened.microphone = microphone.track
    if (!takes) for (const { track } of [camera, microphone]) track?.stop()
    // What is still being asked for is asked for again inside.
    choices.wantsMicrophone.value = takes && (microphone.track !== null || microphone.isAsking)
    choices.wantsCamera.value = takes && (camera.track !== null || camera.isAsking)
    onEnter(opened)
  }

  return (
    <Door isBroad>
      <div>
        <p class="soft">{entered.title}</p>
        <Heading name={t.check.title}>{t.check.greeting(entered.name)}</Heading>
      </div>
      {switcher}
      <div class="check">
        <div class="col">
          <div class="tile">
            {camera.track ? (
              <Picture class="mirror" stream={streamOf(camera.track)} />
            ) : (
              <div class="monogram">
                {camera.isAsking ? <span class="spinner" /> : <Icon of={VideoOff} />}
              </div>
            )}
            <div class="toggles">
              {missing === null && (
                <>
                  <Toggle kind="microphone" isOn={microphone.track !== null} onClick={microphone.toggle} />
                  <Toggle kind="camera" isOn={camera.track !== null} onClick={camera.toggle} />
                </>
              )}
            </div>
          </div>
          {microphone.track && <Meter track={microphone.track} />}
        </div>
        <div class="card col">
          <h2>{t.check.title}</h2>
          {missing ? (
            <Advice {...t.refusal.page[missing as 'no_webrtc' | 'insecure' | 'in_app']} />
          ) : (
            (['microphone', 'camera'] as const).map((kind) => {
              const state = kind === 'microphone' ? microphone : camera
              const list = kind === 'microphone' ? devices.microphones : devices.cameras
              return (
                <Fragment key={kind}>
                  {state.refusal && (
                    <Advice {...t.refusal[kind][state.refusal as 'blocked']}>
                      <div>
                        <button type="button" onClick={state.retry}>
                          {t.retry}
                        </button>
                      </div>
                    </Advice>
                  )}
                  {(state.refusal === null || list.length > 1) && (
                    <Picker kind={kind} devices={list} state={state} onPick={state.pick} />
                  )}
                </Fragment>
              )
            })
          )}
          <div class="col">
            <h3>{t.check.saving}</h3>
            <Segments<Saving>
              label={t.check.saving}
              options={['all', 'speaker', 'voices']}
              names={t.saving}
              value={choices.saving}
            />
          </div>
          <div class="col actions">
            {missing !== 'no_webrtc' && (camera.track || microphone.track) && (
              <button type="button" class="primary" onClick={() => enter(true)}>
                {t.check.enter}
              </button>
            )}
            <button
              type="button"
              class={camera.track || microphone.track ? '' : 'primary'}
              onClick={() => enter(false)}
            >
              {t.check.listen}
            </button>
          </div>
          {!camera.track && !microphone.track && <p class="small soft">{t.check.listenOnly}</p>}
        </div>
      </div>
    </Door>
  )
}

interface Device extends DeviceState {
  toggle: () => void
  retry: () => void
  pick: (id: string) => void
}

/** One device, asked for on its own so that the refusal of one does not cost the other. */
function useDevice(kind: Kind, choices: Choices, isAble: boolean): Device {
  const [state, setState] = useState<DeviceState>({ track: null, refusal: null, isAsking: false })
  const isGone = useRef(false)
  const wants = kind === 'camera' ? choices.wantsCamera : choices.wantsMicrophone
  const ask = async (id = choices[kind].peek()) => {
    setState((old) => ({ ...old, refusal: null, isAsking: true }))
    try {
      const track = await openDevice(kind, id)
      if (isGone.current) return track.stop()
      choices[kind].value = id
      setState({ track, refusal: null, isAsking: false })
    } catch (error) {
      if (!(error instanceof DeviceRefused)) throw error
      setState({ track: null, refusal: error.refusal, isAsking: false })
    }
  }
  // Asked once, when the page opens: a browser takes as long to give a device as a weak phone to paint.
  useLayoutEffect(() => {
    if (isAble && wants.peek()) void ask()
    return () => {
      // What is given only after one went in has nobody to stop it later.
      isGone.current = true
    }
  }, [])
  // It ends by itself when it is unplugged, or when the system takes it back; listened to before it is shown as on.
  useLayoutEffect(() => {
    const lost = () => setState({ track: null, refusal: 'missing', isAsking: false })
    state.track?.addEventListener('ended', lost)
    return () => state.track?.removeEventListener('ended', lost)
  }, [state.track])
  const stop = () => {
    state.track?.stop()
    setState({ track: null, refusal: null, isAsking: false })
  }
  return {
    ...state,
    retry: () => void ask(),
    toggle: () => {
      if (state.track) stop()
      else if (!state.isAsking) void ask()
    },
    pick: (id) => {
      state.track?.stop()
      void ask(id)
    },
  }
}

/** The list of devices; their names are known only after a permission, so it is read again with each track. */
function useDevices(tracks: readonly (MediaStreamTrack | null)[]): Devices {
  const [devices, setDevices] = useState<Devices>({ microphones: [], cameras: [] })
  useEffect(() => {
    const read = () => void listDevices().then(setDevices)
    read()
    navigator.mediaDevices?.addEventListener('devicechange', read)
    return () => navigator.mediaDevices?.removeEventListener('devicechange', read)
  }, tracks)
  return devices
}

const streams = new WeakMap<MediaStreamTrack, MediaStream>()

function streamOf(track: MediaStreamTrack): MediaStream {
  const stream = streams.get(track) ?? new MediaStream([track])
  streams.set(track, stream)
  return stream
}

function Toggle({ kind, isOn, onClick }: { kind: Kind; isOn: boolean; onClick: () => void }) {
  const t = text.value.check
  const icon = kind === 'microphone' ? (isOn ? Mic : MicOff) : isOn ? Video : VideoOff
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={kind === 'microphone' ? t.microphoneOn : t.cameraOn}
      onClick={onClick}
    >
      <Icon of={icon} />
    </button>
  )
}

interface PickerProps {
  kind: Kind
  devices: readonly MediaDeviceInfo[]
  state: DeviceState
  onPick: (id: string) => void
}

function Picker({ kind, devices, state, onPick }: PickerProps) {
  const id = useId()
  const t = text.value.check
  if (state.isAsking) return <p class="soft">{kind === 'microphone' ? t.askMicrophone : t.askCamera}</p>
  if (devices.length === 0) return null
  return (
    <div class="col">
      <label for={id}>{kind === 'microphone' ? t.microphone : t.camera}</label>
      <select
        id={id}
        value={state.track?.getSettings().deviceId}
        onChange={(event) => onPick(event.currentTarget.value)}
      >
        {devices.map((device, i) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${kind === 'microphone' ? t.microphone : t.camera} ${i + 1}`}
          </option>
        ))}
      </select>
    </div>
  )
}

function Meter({ track }: { track: MediaStreamTrack }) {
  const [level, setLevel] = useState(0)
  const [hears, setHears] = useState<'waits' | 'heard' | 'silent'>('waits')
  useEffect(() => {
    let silentSince = performance.now()
    return measure(track, (now) => {
      setLevel(now)
      if (now > SILENCE) silentSince = performance.now()
      if (now > 0.01) setHears('heard')
      else if (performance.now() - silentSince > SILENT_AFTER_MS) setHears('silent')
    })
  }, [track])
  const t = text.value.check
  // A voice of ordinary loudness should fill about half of the bar.
  const shown = Math.min(1, Math.sqrt(level) * 1.6)
  return (
    <div class="col">
      <div class="meter">
        <meter class="hidden" aria-label={t.level} min={0} max={100} value={Math.round(shown * 100)} />
        <i style={{ transform: `scaleX(${shown})` }} />
      </div>
      <p class={hears === 'silent' ? 'fault' : 'soft'} role="status">
        {hears === 'silent' ? t.silent : hears === 'heard' ? t.heard : t.speak}
      </p>
    </div>
  )
}
