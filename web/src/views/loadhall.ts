import { fetched } from '../protocol/code'

/** Code of the hall and its socket, in a file of its own so that what comes before appears without it. */
export const loadHall = () => fetched(() => import('./inside'))
