/** What form of screen the window is now. */
import { signal } from '@preact/signals'
import { formOf } from '../../state/choices'

const read = () => formOf(window.innerWidth, window.innerHeight)

export const form = signal(read())

window.addEventListener('resize', () => {
  form.value = read()
})
