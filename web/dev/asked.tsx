/** Steps that cannot be taken back, asked first. */
import type { ComponentChild } from 'preact'
import { text } from '../src/state/i18n'
import { form } from '../src/views/parts/window'
import { hall, nowhere, person, pressWords } from './halls'

export const askedScreens: Record<string, () => ComponentChild> = {
  'hall-leaving': () => {
    const { leave, leaveShort } = text.value.bar
    pressWords(form.value === 'phone' ? leaveShort : leave)
    return hall()
  },
  'hall-removing': () => {
    pressWords(text.value.person.remove)
    return person()
  },
  'hall-ending': () => {
    pressWords(text.value.steer.close)
    return hall(nowhere, { me: 'chair', tab: 'steer' })
  },
}
