import { afterEach, expect, test } from 'vitest'
import { en as checkIn } from '../../src/state/checkin/en'
import { en as consultations } from '../../src/state/consultations/en'
import { en } from '../../src/state/en'
import { numeral, speak } from '../../src/state/i18n'
import { en as inviting } from '../../src/state/inviting/en'
import { counted, inEn, inVi } from '../../src/state/numbers'
import { en as office } from '../../src/state/office/en'
import { vi as officeVi } from '../../src/state/office/vi'
import { en as repeating } from '../../src/state/repeating/en'
import { en as surveys } from '../../src/state/surveys/en'
import { vi as surveysVi } from '../../src/state/surveys/vi'
import { vi } from '../../src/state/vi'
import { papersText } from '../../src/views/papers/texts'

afterEach(() => speak('vi'))

test('thousands are parted as each language does it', async () => {
  expect([inVi(999), inVi(1000), inVi(27_600)]).toEqual(['999', '1.000', '27.600'])
  expect([inEn(999), inEn(27_600)]).toEqual(['999', '27,600'])
  expect(numeral(1000)).toBe('1.000')
  await speak('en')
  expect(numeral(1000)).toBe('1,000')
})

test('one is one, and everything else several', () => {
  expect([0, 1, 2, 1000].map((count) => counted(count, 'page', 'pages'))).toEqual([
    '0 pages',
    '1 page',
    '2 pages',
    '1,000 pages',
  ])
})

test.each([
  [vi.vote.voted(1000, 3321), 'Đã biểu quyết 1.000/3.321'],
  [vi.wall.present(1203, 1500), '1.203/1.500 đại biểu có mặt'],
  [surveysVi.answers(1024), '1.024 phiếu trả lời'],
  [officeVi.roster.taken(1200), 'Đã thêm 1.200 người'],
  [en.vote.voted(1000, 3321), '1,000/3,321 have voted'],
  [surveys.answers(1024), '1,024 answers'],
])('a count in a sentence: %s', (said, expected) => {
  expect(said).toBe(expected)
})

type Leaf = readonly [path: string, text: (...given: unknown[]) => unknown]

function functions(tree: unknown, path = ''): Leaf[] {
  if (typeof tree === 'function') return [[path, tree as Leaf[1]]]
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([key, value]) => functions(value, `${path}.${key}`))
}

// A fraction is no plural, and what follows a name is a verb.
const PLURAL_OF_ONE =
  /(?<!\/)\b1 (?!has|is|was|goes|comes|asks|shows|registers|leaves|means)[a-z]+s\b|(?<!\/)\b1 (people|have|were|are)\b/

function ofOne(texts: unknown): string[] {
  return functions(texts).map(([path, text]) => `${path}: ${text(...Array(text.length).fill(1))}`)
}

test('of one nothing is said in the plural', async () => {
  await speak('en')
  const said = ofOne({
    en,
    office,
    surveys,
    consultations,
    inviting,
    checkIn,
    repeating,
    papers: papersText.value,
  })
  expect(said.length).toBeGreaterThan(100)
  expect(said.filter((one) => PLURAL_OF_ONE.test(one))).toEqual([])
})
