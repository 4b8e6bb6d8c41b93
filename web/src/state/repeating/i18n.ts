/** The texts of making meetings from an earlier one, in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type RepeatingText, vi } from './vi'

export const repeatingText = signal<RepeatingText>(vi)

effect(() => {
  if (language.value === 'vi') repeatingText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') repeatingText.value = en
    })
})
