/** The texts for those who invite, in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type InvitingText, vi } from './vi'

export const invitingText = signal<InvitingText>(vi)

effect(() => {
  if (language.value === 'vi') invitingText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') invitingText.value = en
    })
})
