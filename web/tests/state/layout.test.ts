import { describe, expect, test } from 'vitest'
import { layerFor, layOut, type Scene, TILE_SLOTS, viewOf } from '../../src/state/layout'

const people = Array.from({ length: 300 }, (_, i) => `p${i}`)
const desktop: Scene = {
  form: 'desktop',
  view: 'stage',
  strip: 'others',
  saving: 'all',
  width: 1030,
  height: 740,
  pixelRatio: 1,
  stage: 'chair',
  sharer: null,
  people,
  speaking: [],
  cameras: new Set(['chair', ...people]),
  page: 0,
  cells: [],
}
const source = (scene: Scene, slot: 'stage' | 'screen' | number) =>
  layOut(scene).wanted.find((wanted) => wanted.slot === slot)

describe('cells', () => {
  test('who leaves is replaced in place; nobody else moves', () => {
    const before = layOut(desktop)
    const gone = before.cells[1]
    const after = layOut({ ...desktop, people: people.filter((id) => id !== gone), cells: before.cells })
    expect(after.cells[1]).toBe(`p${before.cells.length}`)
    expect(after.cells.filter((_, i) => i !== 1)).toEqual(before.cells.filter((_, i) => i !== 1))
  })

  test('who speaks on another page swaps with a silent one of the first', () => {
    const before = layOut(desktop)
    const after = layOut({ ...desktop, speaking: ['p0', 'p200'], cells: before.cells })
    expect(after.cells).toContain('p200')
    expect(after.cells[0]).toBe('p0')
    expect(after.cells.filter((id, i) => id !== before.cells[i])).toEqual(['p200'])
  })

  test('pages reach everybody, once, and a page too far becomes the last', () => {
    const { pages } = layOut(desktop)
    const seen = Array.from({ length: pages }, (_, page) => layOut({ ...desktop, page }).cells).flat()
    expect(seen.filter((id) => id !== null).sort()).toEqual([...people].sort())
    expect(layOut({ ...desktop, page: 999 }).page).toBe(pages - 1)
  })

  test.each([
    ['phone', 366, 600],
    ['phone', 800, 320],
    ['desktop', 1030, 740],
    ['wall', 1240, 860],
  ] as const)('a %s of %i × %i asks for no more tiles than it offered', (form, width, height) => {
    for (const view of ['stage', 'grid'] as const) {
      const { cells, rows, columns } = layOut({ ...desktop, form, width, height, view })
      expect(cells.length).toBe(rows * columns)
      expect(cells.length).toBeGreaterThan(0)
      expect(cells.length).toBeLessThanOrEqual(TILE_SLOTS[form])
    }
  })

  test.each([
    [366, 640, 2],
    [366, 580, 2],
    [351, 463, 1],
  ])(
    'an upright phone of %i × %i has room for what it shows beside a shared screen',
    (width, height, rows) => {
      const layout = layOut({ ...desktop, form: 'phone', width, height, sharer: 'p9' })
      const tall = (share: number, gaps: number) => (width - gaps) / share / (16 / 9) + 10
      const needed = tall(1, 0) + tall(2.5, 20) + layout.rows * tall(2, 10) + 44
      expect(layout.rows).toBe(rows)
      expect(needed).toBeLessThanOrEqual(height)
    },
  )

  test('on a wall who speaks stands before the others in the strip, or nobody stands there', () => {
    const wall: Scene = { ...desktop, form: 'wall', width: 1240, height: 860 }
    const { columns, cells } = layOut(wall)
    expect(layOut({ ...wall, strip: 'all' }).cells).toEqual(cells.slice(0, columns - 1))
    expect(layOut({ ...wall, strip: 'all', stage: null }).cells).toEqual(cells)
    const { wanted } = layOut({ ...wall, strip: 'none' })
    expect(wanted.map(({ slot }) => slot)).toEqual(['screen', 'stage'])
    expect(source(wall, 'stage')?.layer).toBe('f')
    expect(source({ ...wall, strip: 'none' }, 'stage')?.layer).toBe('h')
    expect(source({ ...wall, strip: 'all' }, 'stage')?.layer).toBe('q')
  })

  test('an empty hall has one page', () => {
    expect(layOut({ ...desktop, people: [] }).pages).toBe(1)
  })
})

describe('wishes', () => {
  test('a shared screen goes first, then the stage, then the tiles of who speaks', () => {
    const { wanted } = layOut({ ...desktop, sharer: 'p9', speaking: ['p3'] })
    expect(wanted.slice(0, 3).map(({ slot }) => slot)).toEqual(['screen', 'stage', 3])
  })

  test('a large stage is worth the full layer, a tile the smallest', () => {
    expect(source(desktop, 'stage')).toMatchObject({ source: 'chair:camera', layer: 'f' })
    expect(source(desktop, 0)).toMatchObject({ source: 'p0:camera', layer: 'q' })
    expect([layerFor(300, 1), layerFor(300, 3), layerFor(600, 1), layerFor(900, 1)]).toEqual([
      'q',
      'h',
      'h',
      'f',
    ])
  })

  test('a shared screen is seen on the stage, whatever view was chosen', () => {
    expect(viewOf('desktop', 'grid', null)).toBe('grid')
    expect(viewOf('phone', 'grid', null)).toBe('stage')
    const view = viewOf('desktop', 'grid', 'p9')
    expect(view).toBe('stage')
    expect(source({ ...desktop, view, sharer: 'p9' }, 'stage')?.source).toBe('chair:camera')
    expect(source({ ...desktop, view, sharer: 'p9' }, 'screen')?.source).toBe('p9:screen')
  })

  test('nothing is asked of a camera that is off', () => {
    expect(source({ ...desktop, cameras: new Set() }, 'stage')?.source).toBeNull()
  })

  test('saving keeps the speaker and the screen; sound only keeps nothing', () => {
    const sources = (scene: Scene) => layOut(scene).wanted.flatMap((wanted) => wanted.source ?? [])
    const shared: Scene = { ...desktop, sharer: 'p9' }
    expect(sources({ ...shared, saving: 'speaker' })).toEqual(['p9:screen', 'chair:camera'])
    expect(source({ ...shared, saving: 'speaker' }, 'stage')?.layer).toBe('q')
    expect(sources({ ...shared, saving: 'voices' })).toEqual([])
  })
})
