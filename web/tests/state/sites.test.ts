import { describe, expect, test } from 'vitest'
import type { MeetingEvent, Participant } from '../../src/gen/protocol'
import {
  apply,
  attendants,
  personOf,
  pictured,
  screenOf,
  speaksThrough,
  subtitle,
} from '../../src/state/meeting'
import { publishingRights } from '../../src/state/rights'
import { happened, MEETING, participant } from '../meetings'

const SITE = { id: 's1', name: 'Điểm cầu xã Đông', unit: 'Xã Đông', capacity: 40 }
const SCREEN: Participant = { ...participant('screen', 'site_operator', SITE.name), site: 's1' }
const added = happened('site_added', { site: SITE, operator: SCREEN })
const sits = (id: string) => happened('checked_in', { participant: id, how: 'in_person', site: 's1' })
const given = (id: string) =>
  happened('floor_given', { participant: id, kind: 'speech', limit_s: 0, previous: null })
const meetingAfter = (...events: MeetingEvent[]) => [added, ...events].reduce(apply, MEETING)

describe('a site', () => {
  test('has a screen that is seen and not counted', () => {
    expect(pictured(meetingAfter())).toContainEqual(SCREEN)
    expect(attendants(meetingAfter())).not.toContainEqual(SCREEN)
  })

  test('renamed, it renames its screen', () => {
    const site = { ...SITE, name: 'Điểm cầu phường Đông' }
    const meeting = meetingAfter(happened('site_changed', { site, operator: 'screen' }))
    expect(meeting.sites).toEqual([site])
    expect(personOf(meeting, 'screen')?.name).toBe(site.name)
  })

  test('removed, it leaves its people nowhere', () => {
    const placed = happened('placed', { site: 's1', participants: ['a', 'b'] })
    const removed = happened('site_removed', { site: 's1', operator: 'screen', previous: null })
    expect(personOf(meetingAfter(placed), 'a')?.site).toBe('s1')
    const meeting = meetingAfter(placed, removed)
    expect([meeting.sites, personOf(meeting, 'screen'), personOf(meeting, 'a')?.site]).toEqual([
      [],
      null,
      null,
    ])
  })

  test('speaks for who has the floor there, and only then', () => {
    const meeting = meetingAfter(sits('a'), given('a'))
    expect(screenOf(meeting, 'a')?.id).toBe('screen')
    expect(speaksThrough(meeting, 'screen')?.id).toBe('a')
    expect(subtitle(meeting, SCREEN)).toContain(personOf(meeting, 'a')?.name)
    expect(publishingRights(meeting, 'screen').has('microphone')).toBe(true)
    expect(publishingRights(meetingAfter(sits('a'), given('b')), 'screen').has('microphone')).toBe(false)
    expect(screenOf(meetingAfter(given('a')), 'a')).toBe(null)
  })

  test('coming by a connection changes no seat', () => {
    const placed = happened('placed', { site: 's1', participants: ['a'] })
    const comes = happened('checked_in', { participant: 'a', how: 'remote', site: null })
    expect(personOf(meetingAfter(placed, comes), 'a')?.site).toBe('s1')
  })
})
