/** The texts of checking in, in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type CheckInText, vi } from './vi'

export const checkInText = signal<CheckInText>(vi)

effect(() => {
  if (language.value === 'vi') checkInText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') checkInText.value = en
    })
})
