/** Steps that cannot be taken back, asked first. */
import type { ComponentChild } from 'preact'
import { text } from '../src/state/i18n'
import { ActsContext } from '../src/views/acts'
import { Hall } from '../src/views/hall/hall'
import { Person } from '../src/views/hall/person'
import { form } from '../src/views/parts/window'
import { pretend } from './acts'
import { hall, nowhere, pressWords } from './halls'

export const askedScreens: Record<string, () => ComponentChild> = {
  'hall-leaving': () => {
    const { leave, leaveShort } = text.value.bar
    pressWords(form.value === 'phone' ? leaveShort : leave)
    return hall()
  },
  'hall-removing': () => {
    pressWords(text.value.person.remove)
    const acts = pretend('chair', 'chair')
    return (
      <ActsContext.Provider value={acts}>
        <Hall acts={acts} tab="people" />
        <Person id="d4" onClose={nowhere} />
      </ActsContext.Provider>
    )
  },
  'hall-ending': () => {
    pressWords(text.value.steer.close)
    return hall(nowhere, { me: 'chair', tab: 'steer' })
  },
}
