/** The texts of the office in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type OfficeText, vi } from './vi'

export const officeText = signal<OfficeText>(vi)

effect(() => {
  if (language.value === 'vi') officeText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') officeText.value = en
    })
})
