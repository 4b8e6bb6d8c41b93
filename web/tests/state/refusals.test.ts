import { expect, test } from 'vitest'
import { en } from '../../src/state/en'
import { missingAbility, refusalOf } from '../../src/state/refusals'
import { vi } from '../../src/state/vi'

test.each([
  ['NotAllowedError', 'Permission denied', 'blocked'],
  ['NotAllowedError', 'Permission denied by system', 'blocked_by_system'],
  ['NotAllowedError', 'Permission dismissed', 'dismissed'],
  ['NotFoundError', '', 'missing'],
  ['NotReadableError', 'Could not start audio source', 'busy'],
  ['AbortError', '', 'busy'],
  ['OverconstrainedError', '', 'unsuitable'],
  ['SecurityError', '', 'forbidden'],
  ['TypeError', '', 'unknown'],
] as const)('%s "%s" is told as %s, in both languages, for each device', (name, message, refusal) => {
  expect(refusalOf({ name, message })).toBe(refusal)
  for (const { refusal: texts } of [vi, en]) {
    for (const device of ['microphone', 'camera', 'screen'] as const) {
      expect(texts[device][refusal].what).not.toBe('')
      expect(texts[device][refusal].todo).not.toBe('')
    }
  }
})

test('what a page lacks is told before anything is asked', () => {
  expect(missingAbility({ webrtc: false, secure: true, devices: true })).toBe('no_webrtc')
  expect(missingAbility({ webrtc: true, secure: false, devices: false })).toBe('insecure')
  expect(missingAbility({ webrtc: true, secure: true, devices: false })).toBe('in_app')
  expect(missingAbility({ webrtc: true, secure: true, devices: true })).toBeNull()
})
