/** Light or dark, as the person or their system wants it. */
import { effect } from '@preact/signals'
import type { Choices } from '../state/choices'

export function followTheme(choices: Choices): void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const { theme } = choices
    const isDark = theme.value === 'dark' || (theme.value === 'system' && system.matches)
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  }
  effect(apply)
  system.addEventListener('change', apply)
}
