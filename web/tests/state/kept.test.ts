import { expect, test } from 'vitest'
import type { Paper, PaperVersion } from '../../src/gen/protocol'
import { addressesOf, filesOf, keepable, stale } from '../../src/state/kept'
import { MEETING } from '../meetings'

const version = (id: string, approved: boolean): PaperVersion => ({
  id,
  number: 1,
  state: 'ready',
  kind: 'pdf',
  pages: 2,
  size: 1,
  problem: null,
  added_at: '',
  approved_at: approved ? '2026-11-22T01:30:00Z' : null,
})
const paper = (id: string, change: Partial<Paper> = {}): Paper => ({
  id,
  item: null,
  title: id,
  audience: 'delegates',
  confidential: false,
  recalled: false,
  readers: null,
  revision: 0,
  versions: [version(`v-${id}`, true)],
  ...change,
})

test('neither restricted papers, nor recalled ones, nor drafts stand on a device', () => {
  const documents = [
    paper('a'),
    paper('b', { confidential: true }),
    paper('c', { recalled: true }),
    paper('d', { versions: [version('v-d', false)] }),
  ]
  expect(keepable({ ...MEETING, documents })).toEqual([{ version: 'v-a', pages: 2 }])
})

test('a paper is all that reading it asks for', () => {
  const addresses = addressesOf({ version: 'v', pages: 2 })
  expect(addresses).toContain('/api/papers/v/pages/2')
  expect(addresses).toContain('/api/papers/v/text/1')
  expect(addresses).toContain('/api/notes/v')
  expect(new Set(addresses).size).toBe(addresses.length)
})

test('what may be read no longer is dropped, and nothing else', () => {
  const kept = [
    '/',
    '/api/room',
    '/assets/a.js',
    ...addressesOf({ version: 'old', pages: 1 }),
    '/api/papers/new',
  ]
  expect(stale(kept, new Set(['new']))).toEqual(addressesOf({ version: 'old', pages: 1 }))
})

test('the files of a part are those of all it imports', () => {
  const manifest = {
    'index.html': { file: 'assets/index.js', imports: ['_shared.js'], css: ['assets/all.css'] },
    '_shared.js': { file: 'assets/shared.js', imports: ['index.html'] },
    'src/other.ts': { file: 'assets/other.js' },
  }
  expect(filesOf(manifest, ['index.html', 'gone.ts'])).toEqual([
    '/assets/index.js',
    '/assets/all.css',
    '/assets/shared.js',
  ])
})
