/** The texts of giving a meeting another time, in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type ReschedulingText, vi } from './vi'

export const reschedulingText = signal<ReschedulingText>(vi)

effect(() => {
  if (language.value === 'vi') reschedulingText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') reschedulingText.value = en
    })
})
