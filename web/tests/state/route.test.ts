import { expect, test } from 'vitest'
import { routeOf } from '../../src/state/route'

test.each([
  ['/', { screen: 'start' }],
  ['/v/abc-1', { screen: 'enter', token: 'abc-1' }],
  ['/m/m7', { screen: 'knock', meeting: 'm7' }],
  ['/ks/k3J9', { screen: 'survey', token: 'k3J9' }],
  ['/hop', { screen: 'meeting' }],
  ['/tuong', { screen: 'wall' }],
  ['/vp', { screen: 'office' }],
  ['/vp/hop/m1', { screen: 'office' }],
  ['/dang-nhap', { screen: 'office' }],
  ['/dang-nhap/x', { screen: 'nowhere' }],
  ['/v', { screen: 'nowhere' }],
  ['/hop/x', { screen: 'nowhere' }],
  ['/v/a/b', { screen: 'nowhere' }],
])('%s', (path, route) => {
  expect(routeOf(path)).toEqual(route)
})
