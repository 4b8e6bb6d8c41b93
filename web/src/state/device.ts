/** What this browser calls itself when it uses a personal link or knocks, so that an answer lost on its way is given again. */
import { type Keeper, keep, kept } from './keeping'

const NAME = 'device'

/** The name of before, else the one that `chosen` makes up, kept from now on. */
export function deviceOf(lasting: Keeper, chosen: () => string): string {
  const device = kept(lasting, NAME, '') || chosen()
  keep(lasting, NAME, device)
  return device
}
