/** Choices of the person at this device: the line, the look, the language, the devices. */
import { useEffect, useId, useState } from 'preact/hooks'
import { canShareScreen, DeviceRefused, type Devices, listDevices } from '../../protocol/devices'
import type { Theme } from '../../state/choices'
import { language, speak, text } from '../../state/i18n'
import type { Saving } from '../../state/layout'
import { useActs } from '../acts'
import { Modal } from '../parts/modal'
import { Segments } from '../parts/segments'
import { form } from '../parts/window'
import { ShareButton } from './bar'

export function Settings({ onClose }: { onClose: () => void }) {
  const acts = useActs()
  const { store, choices } = acts
  const { here } = text.value
  const isApart = store.media.value === 'apart'
  const t = text.value.settings
  const isPhone = form.value === 'phone'
  return (
    <Modal title={t.title} onClose={onClose}>
      {/* Says why not; where it can, it is in the bar. */}
      {!isApart && store.rights.value.has('screen') && !canShareScreen() && <ShareButton />}
      <h3>{here.where}</h3>
      <fieldset class="segments" aria-label={here.where}>
        {(['online', 'hall'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={isApart === (one === 'hall')}
            onClick={() => void acts.accompany(one === 'hall')}
          >
            {here.wheres[one]}
          </button>
        ))}
      </fieldset>
      {!isApart && <Line />}
      <h3>{t.theme}</h3>
      <Segments<Theme>
        label={t.theme}
        options={['system', 'light', 'dark']}
        names={t.themes as Record<Theme, string>}
        value={choices.theme}
      />
      {!isPhone && (
        <>
          <h3>{t.shortcuts}</h3>
          <dl class="row wrap small">
            {t.shortcutList.map(([keys, does]) => (
              <div key={keys}>
                <dt>{keys}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <div class="actions">
        <button
          type="button"
          class="quiet"
          lang={language.value === 'vi' ? 'en' : 'vi'}
          onClick={() => void speak(language.value === 'vi' ? 'en' : 'vi')}
        >
          {text.value.otherLanguage}
        </button>
        <button type="button" class="primary" onClick={onClose}>
          {text.value.close}
        </button>
      </div>
    </Modal>
  )
}

function Line() {
  const { choices } = useActs()
  const t = text.value.settings
  return (
    <>
      <h3>{t.saving}</h3>
      <Segments<Saving>
        label={t.saving}
        options={['all', 'speaker', 'voices']}
        names={text.value.saving}
        value={choices.saving}
      />
      <DevicePickers />
    </>
  )
}

function DevicePickers() {
  const [devices, setDevices] = useState<Devices>({ microphones: [], cameras: [] })
  useEffect(() => void listDevices().then(setDevices), [])
  return (
    <>
      <DevicePicker kind="microphone" devices={devices.microphones} />
      <DevicePicker kind="camera" devices={devices.cameras} />
    </>
  )
}

interface PickerProps {
  kind: 'microphone' | 'camera'
  devices: readonly MediaDeviceInfo[]
}

function DevicePicker({ kind, devices }: PickerProps) {
  const acts = useActs()
  const id = useId()
  const [fault, setFault] = useState('')
  const t = text.value
  if (devices.length < 2) return null
  const pick = async (device: string) => {
    setFault('')
    try {
      await acts.change(kind, device)
    } catch (error) {
      if (!(error instanceof DeviceRefused)) throw error
      setFault(t.refusal[kind][error.refusal as 'blocked'].what)
    }
  }
  return (
    <div>
      <label for={id}>{t.check[kind]}</label>
      <select
        id={id}
        value={acts.choices[kind].value ?? devices[0]?.deviceId}
        onChange={(event) => void pick(event.currentTarget.value)}
      >
        {devices.map((device, i) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${t.check[kind]} ${i + 1}`}
          </option>
        ))}
      </select>
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}
