/** The texts of consultations in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type ConsultationText, vi } from './vi'

export const consultationText = signal<ConsultationText>(vi)

effect(() => {
  if (language.value === 'vi') consultationText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') consultationText.value = en
    })
})
