/** What is loaded when somebody goes in: the call, its store, the hall, the wall. */
export { Call } from '../protocol/call'
export { createStore } from '../state/store'
export { Hall } from './hall/hall'
export { Wall } from './wall/wall'
