/** The texts of the invitation in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type InvitedText, vi } from './vi'

export const invitedText = signal<InvitedText>(vi)

effect(() => {
  if (language.value === 'vi') invitedText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') invitedText.value = en
    })
})
