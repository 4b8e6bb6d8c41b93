import { expect, test } from 'vitest'
import { firstQuality, judge, type Level, steady, worse } from '../../src/state/quality'

function said(samples: readonly (readonly [seconds: number, seen: Level])[]): Level {
  return samples.reduce((quality, [s, seen]) => steady(quality, seen, s * 1000), firstQuality(0)).said
}

test('it is worse only after five seconds of it', () => {
  expect(
    said([
      [0, 'poor'],
      [4.9, 'poor'],
    ]),
  ).toBe('good')
  expect(
    said([
      [0, 'poor'],
      [5, 'poor'],
    ]),
  ).toBe('poor')
  expect(
    said([
      [0, 'poor'],
      [3, 'good'],
      [4, 'poor'],
      [8, 'poor'],
    ]),
  ).toBe('good')
})

test('it is better only after twenty', () => {
  const bad = [
    [0, 'poor'],
    [5, 'poor'],
  ] as const
  expect(said([...bad, [6, 'good'], [25, 'good']])).toBe('poor')
  expect(said([...bad, [6, 'good'], [26, 'good']])).toBe('good')
})

test('a lost line is said at once and taken back at once', () => {
  expect(said([[0, 'lost']])).toBe('lost')
  expect(
    said([
      [0, 'lost'],
      [1, 'fair'],
    ]),
  ).toBe('fair')
})

test('figures become words, and the worse opinion counts', () => {
  expect(judge({ uplinkLoss: 0, downlinkLoss: 0.01, roundTripMs: 40 })).toBe('good')
  expect(judge({ uplinkLoss: 0.05, downlinkLoss: 0, roundTripMs: 40 })).toBe('fair')
  expect(judge({ uplinkLoss: 0, downlinkLoss: 0.2, roundTripMs: 40 })).toBe('poor')
  expect(judge({ uplinkLoss: 0, downlinkLoss: 0, roundTripMs: 900 })).toBe('poor')
  expect(worse('poor', 'good')).toBe('poor')
  expect(worse(null, 'fair')).toBe('fair')
  expect(worse('good', 'lost')).toBe('lost')
})
