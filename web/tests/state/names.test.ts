import { expect, test } from 'vitest'
import { byGivenName, folded, initials, matches } from '../../src/state/names'

test('people are sorted by given name, then family name', () => {
  const names = ['Trần Quốc Bảo', 'Nguyễn Văn Ân', 'Lê Thị An', 'Đặng Văn Đạt', 'Bùi Văn An', 'Vũ Dung']
  expect(names.sort(byGivenName)).toEqual([
    'Bùi Văn An',
    'Lê Thị An',
    'Nguyễn Văn Ân',
    'Trần Quốc Bảo',
    'Vũ Dung',
    'Đặng Văn Đạt',
  ])
})

test('initials are of the last two words', () => {
  expect(initials('Nguyễn Đức Hạnh')).toBe('ĐH')
  expect(initials('ánh')).toBe('Á')
  expect(initials('  ')).toBe('')
})

test('a search finds words by their beginning, without marks, in composed or decomposed letters', () => {
  expect(folded('Đặng Thị ÁNH')).toBe('dang thi anh')
  expect(matches('dang anh', 'Đặng Thị Ánh', 'Xã Nậm Cắn')).toBe(true)
  expect(matches('nam ca', 'Đặng Thị Ánh', 'Xã Nậm Cắn')).toBe(true)
  expect(matches('Ánh'.normalize('NFD'), 'Đặng Thị Ánh')).toBe(true)
  expect(matches('nh', 'Đặng Thị Ánh')).toBe(false)
  expect(matches('', 'ai cũng khớp')).toBe(true)
})
