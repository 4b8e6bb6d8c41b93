import { expect, test } from 'vitest'
import type { OfficeInvited, Site } from '../../../src/gen/protocol'
import { byUnit } from '../../../src/state/office/sites'

const site = (id: string, unit: string): Site => ({ id, name: id, unit, capacity: 0 })
const invited = (id: string, unit: string, at: string | null = null): OfficeInvited => ({
  id,
  person: null,
  name: id,
  title: '',
  unit,
  role: 'delegate',
  link: 'none',
  site: at,
  answer: 'pending',
  email: '',
  mail: null,
  fault: null,
  is_opened: false,
})

test('those of its unit who sit nowhere belong to a site', () => {
  const sites = [site('s1', 'Xã Nậm Cắn'), site('s2', ''), site('s3', 'Xã Khác')]
  const people = [invited('a', 'xã nậm cắn '), invited('b', 'Xã Nậm Cắn', 's3'), invited('c', '')]
  expect(byUnit({ sites, invited: people })).toEqual([['s1', ['a']]])
})
