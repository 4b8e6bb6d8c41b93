/** A screen whose code comes when it is opened. */
import { type Signal, useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { isMissing } from '../../protocol/code'
import { text } from '../../state/i18n'
import { tell } from '../../state/store'
import { useActs } from '../acts'

/** The screen while it is open, what opens it, what closes it. */
export function useLazily<P>(
  load: () => Promise<ComponentType<P>>,
): [Signal<ComponentType<P> | null>, () => void, () => void] {
  const { store } = useActs()
  const shown = useSignal<ComponentType<P> | null>(null)
  const open = () =>
    void load().then(
      (screen) => {
        shown.value = screen
      },
      async () => {
        const why = (await isMissing()) ? 'missing' : 'unreachable'
        tell(store, { text: text.value.notice[why], urgent: true, visible: true })
      },
    )
  const close = () => {
    shown.value = null
  }
  return [shown, open, close]
}
