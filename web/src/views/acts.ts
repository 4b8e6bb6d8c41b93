/** What the views inside a meeting may do, handed down without passing it through each of them. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Result } from '../gen/protocol'
import type { Acts } from '../protocol/call'
import { DeviceRefused } from '../protocol/devices'
import type { Order } from '../protocol/socket'
import { text } from '../state/i18n'
import { tell } from '../state/store'

export const ActsContext = createContext<Acts | null>(null)

export function useActs(): Acts {
  const acts = useContext(ActsContext)
  if (acts === null) throw new Error('outside a meeting')
  return acts
}

/** Carry out a command and say so when it could not be done. */
export async function order(acts: Acts, what: Order): Promise<Result> {
  const result = await acts.command(what)
  if (!result.ok) {
    const { notice } = text.value
    const isUnreachable = result.problem?.code === 'unreachable'
    const why = isUnreachable ? notice.unreachable : result.problem?.message || notice.failed
    tell(acts.store, { text: why, urgent: true, visible: true })
  }
  return result
}

/** Begin or end sending, and say why when a device was refused. */
export async function toggle(
  acts: Acts,
  kind: 'microphone' | 'camera' | 'screen',
  isOn: boolean,
): Promise<void> {
  if (kind === 'microphone') acts.choices.wantsMicrophone.value = isOn
  if (kind === 'camera') acts.choices.wantsCamera.value = isOn
  try {
    await acts.publish(kind, isOn)
  } catch (error) {
    if (!(error instanceof DeviceRefused)) throw error
    tell(acts.store, { text: sentence(error), urgent: true, visible: true })
  }
}

function sentence({ device, refusal }: DeviceRefused): string {
  const { refusal: all } = text.value
  const isOfPage = refusal === 'no_webrtc' || refusal === 'insecure' || refusal === 'in_app'
  const { what, todo } = isOfPage ? all.page[refusal] : all[device][refusal]
  return `${what} ${todo}`
}
