/** The few requests that are made before a meeting's socket is open. */
import type {
  AttendanceSheet,
  CheckedIn,
  CheckInRequest,
  DemoLinks,
  Entered,
  EnterRequest,
  Followed,
  GuestList,
  HallCode,
  KnockRequest,
  MeetingState,
  Problem,
  ReadingRoom,
} from '../gen/protocol'

import { newKey } from './key'

/** What was refused, with the service's reason; `unreachable` when there was no answer. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message)
  }
}

export function problemOf(error: unknown): Problem {
  return error instanceof Refused ? error.problem : { code: 'unknown', message: '' }
}

export function json(body: unknown): RequestInit {
  return { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
}

export interface OpenMeeting {
  title: string
  unit: string
  state: MeetingState
}

/** `unreachable` where nobody answered, the line broke before the end, or another did, as a hotel's Wi-Fi does. */
export async function reached<T>(coming: Promise<T>, signal?: AbortSignal | null): Promise<T> {
  try {
    return await coming
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Refused({ code: 'unreachable', message: '' })
  }
}

/** GET without a body, else POST; raises as `fetchJson` does. */
export function ask<T>(path: string, body?: unknown): Promise<T> {
  return fetchJson(path, body === undefined ? {} : { method: 'POST', ...json(body) })
}

/** What the service answers; null where the answer is empty. Raises `Refused`, or what `init.signal` aborts with. */
export async function fetchJson<T>(path: string, init: RequestInit): Promise<T> {
  const response = await answered(path, init)
  const read = async () => {
    const said = await response.text()
    return said === '' ? null : JSON.parse(said)
  }
  return reached(read(), init.signal)
}

/** The answer, when it is none of the refusals. */
export async function answered(path: string, init: RequestInit): Promise<Response> {
  const response = await reached(fetch(path, init), init.signal)
  if (response.ok) return response
  throw new Refused(problemIn(await reached(response.text(), init.signal), response.status))
}

/** What a refusal says, or its status where it is none of ours. */
function problemIn(said: string, status: number): Problem {
  try {
    const problem: Problem | null = JSON.parse(said)
    if (problem?.code) return problem
  } catch {
    // Its words are for people who look after proxies.
  }
  return { code: `http_${status}`, message: '' }
}

export const enter = (link: EnterRequest) => ask<Entered>('/api/enter', link)
/** Into the hall while its doors are open, else to the invitation. */
export const follow = (link: EnterRequest) => ask<Followed>('/api/link', link)
export const guestList = () => ask<GuestList>('/api/guests')
export const knock = (request: KnockRequest) => ask<Entered>('/api/knock', request)
export const readingRoom = () => ask<ReadingRoom>('/api/room')
export const enterRoom = (link: EnterRequest) => ask<ReadingRoom>('/api/room', link)
export const recall = (document: string) =>
  ask<unknown>('/api/room/recall', { type: 'recall_document', key: newKey(), document })
export const whoAmI = () => ask<Entered>('/api/me')
export const logOut = () => ask<unknown>('/api/logout', {})
export const demoLinks = () => ask<DemoLinks>('/api/demo')
export const openMeeting = (id: string) => ask<OpenMeeting>(`/api/meetings/${encodeURIComponent(id)}`)
export const hallCode = (site: string | null) =>
  ask<HallCode>(`/api/check-in/code${site ? `?site=${encodeURIComponent(site)}` : ''}`)
export const checkIn = (request: CheckInRequest) => ask<CheckedIn>('/api/check-in', request)
export const attendanceSheet = () => ask<AttendanceSheet>('/api/attendance')
