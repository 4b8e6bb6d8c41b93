/** The texts of surveys in the language of the screens. */
import { effect, signal } from '@preact/signals'
import { language } from '../i18n'
import { type SurveyText, vi } from './vi'

export const surveyText = signal<SurveyText>(vi)

effect(() => {
  if (language.value === 'vi') surveyText.value = vi
  else
    void import('./en').then(({ en }) => {
      if (language.value === 'en') surveyText.value = en
    })
})
