import { fetched } from '../protocol/code'

/** Code of the hall and its socket, in a file of its own so that what comes before appears without it. */
const inside = () => import('./inside')

/** For somebody who goes in. */
export const loadHall = () => fetched(inside)

/** Meanwhile: what fails is told once somebody goes in. */
export const fetchHall = (): Promise<unknown> => inside().catch(() => null)
