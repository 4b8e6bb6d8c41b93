import { expect, it } from 'vitest'
import type { OfficeUnit } from '../../../src/gen/protocol'
import { tree } from '../../../src/state/office/units'

const unit = (id: string, parent: string | null, name: string): OfficeUnit => ({
  id,
  parent,
  level: 'body',
  name,
  is_closed: false,
  revision: 1,
})

it('puts each unit below its own, siblings by the alphabet', () => {
  const shown = tree([
    unit('b', 'top', 'Xã Ấm'),
    unit('c', 'a', 'Thôn 10'),
    unit('a', 'top', 'Xã An'),
    unit('d', 'a', 'Thôn 2'),
    unit('top', 'out of reach', 'Tỉnh'),
  ])
  expect(shown.map(({ unit, depth }) => `${depth} ${unit.name}`)).toEqual([
    '0 Tỉnh',
    '1 Xã An',
    '2 Thôn 2',
    '2 Thôn 10',
    '1 Xã Ấm',
  ])
})
