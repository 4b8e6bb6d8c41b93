/** Whether this installation is a demonstration, which each screen then says. */
import { signal } from '@preact/signals'

/** From the cookie that the service sets with the page, and from each welcome. */
export const isDemo = signal(false)
