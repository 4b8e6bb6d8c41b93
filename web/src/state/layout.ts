/**
 * Which pictures this screen shows, where, and how large a layer each is worth.
 *
 * Tile cell number `i` is always fed by tile slot `i`. People keep their cell as long as they belong to the page: who
 * leaves is replaced in place by who comes, and nothing else moves.
 */
import type { Layer } from '../gen/protocol'

export type Form = 'phone' | 'desktop' | 'wall'
/** What the person lets the line carry: all, only the speaker and the screen, or voices alone. */
export type Saving = 'all' | 'speaker' | 'voices'
export type View = 'stage' | 'grid'
/** Who has a tile in the strip below the stage: the others, the one on the stage before them, or nobody. */
export type Strip = 'others' | 'all' | 'none'

/** How many tile slots a screen of each form asks for, once, in its offer. */
export const TILE_SLOTS: Record<Form, number> = { phone: 4, desktop: 16, wall: 5 }

const ASPECT = 16 / 9
const GAP = 10
const STRIP_TILE = { phone: 150, desktop: 160, wall: 220 } as const
/** Width of the two buttons that turn the pages beside a strip, and their height below tiles. */
const PAGER = 110
const PAGER_ROW = 54
/** Of the area, the width that the picture beside an upright page has. */
const BESIDE_PAGE = 1 / 3
const LARGEST_Q = 360
const LARGEST_H = 720

export interface Scene {
  form: Form
  view: View
  strip: Strip
  saving: Saving
  /** Of the area for pictures, CSS pixels. */
  width: number
  height: number
  pixelRatio: number
  stage: string | null
  /** Who shares a screen that is shown. */
  sharer: string | null
  /** Everybody else who is connected, the most interesting first. */
  people: readonly string[]
  speaking: readonly string[]
  cameras: ReadonlySet<string>
  page: number
  /** The cells of the layout before; they are kept where they still belong. */
  cells: readonly (string | null)[]
}

export type Slot = 'stage' | 'screen' | number

export interface Wanted {
  slot: Slot
  source: string | null
  layer: Layer
}

export interface Layout {
  columns: number
  rows: number
  cells: readonly (string | null)[]
  page: number
  pages: number
  wanted: readonly Wanted[]
}

interface Box {
  columns: number
  rows: number
  tileWidth: number
  stageWidth: number
}

/** What a chosen view comes to: a phone has no grid, and a shared screen is shown on the stage. */
export function viewOf(form: Form, chosen: View, sharer: string | null): View {
  return form === 'phone' || sharer !== null ? 'stage' : chosen
}

/** Whether a phone's pictures have the people below the stage, not beside it: a shared screen needs so much height. */
export function isUpright({ width, height }: { width: number; height: number }): boolean {
  return height >= width * 1.2
}

export function layOut(scene: Scene): Layout {
  const box = measure(scene)
  const taken = scene.strip === 'all' && scene.stage !== null ? 1 : 0
  const size = scene.strip === 'none' ? 0 : box.columns * box.rows - taken
  const pages = Math.max(1, Math.ceil(scene.people.length / Math.max(1, size)))
  const page = Math.min(Math.max(0, scene.page), pages - 1)
  const members = membersOf(scene, page, size)
  const cells = settle(members, scene.cells, size)
  return { columns: box.columns, rows: box.rows, cells, page, pages, wanted: wishes(scene, box, cells) }
}

/** The smallest layer that fills a picture of this width. */
export function layerFor(width: number, pixelRatio: number): Layer {
  // Beyond a ratio of 1.5 a sharper picture costs more than the eye gains.
  const pixels = width * Math.min(pixelRatio, 1.5)
  if (pixels <= LARGEST_Q) return 'q'
  return pixels <= LARGEST_H ? 'h' : 'f'
}

function measure(scene: Scene): Box {
  const { form, width, height, people } = scene
  const most = TILE_SLOTS[form]
  if (scene.view === 'grid') return grid(width, height, Math.min(people.length, most), most)
  if (form === 'phone') {
    const upright = isUpright(scene)
    const columns = upright ? 2 : 1
    const tileWidth = upright ? (width - GAP) / 2 : STRIP_TILE.phone
    // Below a shared screen stand the speaker and oneself, each two fifths as wide.
    const faces = scene.sharer === null ? 0 : (width * 2) / 5 / ASPECT + GAP
    const room = (upright ? height - width / ASPECT - GAP - faces : height) - PAGER_ROW
    const rows = Math.max(1, Math.floor((room + GAP) / (tileWidth / ASPECT + GAP)))
    return { columns, rows: Math.min(rows, most / columns), tileWidth, stageWidth: width }
  }
  const room = form === 'wall' ? width : width - PAGER
  const widest = form === 'wall' ? most : 8
  const columns = Math.max(2, Math.min(Math.floor((room + GAP) / (STRIP_TILE[form] + GAP)), widest))
  const tileWidth = (room - GAP * (columns - 1)) / columns
  return {
    columns,
    rows: 1,
    tileWidth,
    stageWidth: Math.min(width, (height - tileWidth / ASPECT - GAP) * ASPECT),
  }
}

/** The grid of at most so many cells whose tiles are largest. */
function grid(width: number, height: number, count: number, most: number): Box {
  let best: Box = { columns: 1, rows: 1, tileWidth: 0, stageWidth: 0 }
  for (let columns = 1; columns <= 5; columns += 1) {
    const rows = Math.max(1, Math.min(Math.ceil(count / columns), 5))
    if (columns * rows > most) continue
    const byWidth = (width - GAP * (columns - 1)) / columns
    const byHeight = ((height - GAP * (rows - 1)) / rows) * ASPECT
    const tileWidth = Math.min(byWidth, byHeight)
    if (columns * rows >= count && tileWidth > best.tileWidth) {
      best = { columns, rows, tileWidth, stageWidth: 0 }
    }
  }
  return best
}

/** Who belongs to the page. On the first page who speaks elsewhere takes the place of the last silent one. */
function membersOf(scene: Scene, page: number, size: number): string[] {
  const members = scene.people.slice(page * size, (page + 1) * size)
  if (page > 0) return members
  const elsewhere = scene.people.slice(size).filter((id) => scene.speaking.includes(id))
  for (const speaker of elsewhere) {
    const silent = members.findLastIndex((id) => !scene.speaking.includes(id))
    if (silent >= 0) members[silent] = speaker
  }
  return members
}

/** Members in cells: those who had one keep it, newcomers take the free ones in order. */
function settle(
  members: readonly string[],
  before: readonly (string | null)[],
  size: number,
): (string | null)[] {
  const cells: (string | null)[] = Array.from({ length: size }, (_, i) => {
    const occupant = before[i] ?? null
    return occupant !== null && members.includes(occupant) ? occupant : null
  })
  const newcomers = members.filter((id) => !cells.includes(id))
  return cells.map((occupant) => occupant ?? newcomers.shift() ?? null)
}

/** What to ask the worker for, the most important first. */
function wishes(scene: Scene, box: Box, cells: readonly (string | null)[]): Wanted[] {
  const wanted: Wanted[] = []
  const camera = (id: string | null) => (id !== null && scene.cameras.has(id) ? `${id}:camera` : null)
  const showsStage = scene.saving !== 'voices' && scene.view === 'stage'
  const showsScreen = scene.saving !== 'voices' && scene.sharer !== null
  wanted.push({ slot: 'screen', source: showsScreen ? `${scene.sharer}:screen` : null, layer: 'f' })
  wanted.push({
    slot: 'stage',
    source: showsStage ? camera(scene.stage) : null,
    layer: scene.saving === 'all' ? layerFor(stageWidthOf(scene, box), scene.pixelRatio) : 'q',
  })
  cells.forEach((id, i) => {
    wanted.push({
      slot: i,
      source: scene.saving === 'all' ? camera(id) : null,
      layer: layerFor(box.tileWidth, scene.pixelRatio),
    })
  })
  const rank = ({ slot }: Wanted) => (typeof slot === 'number' && speaks(cells[slot], scene) ? 0 : 1)
  // While somebody shares, the screen is the paper everybody reads; the speaker is heard without a picture.
  const [screen, stage, ...tiles] = wanted as [Wanted, Wanted, ...Wanted[]]
  return [screen, stage, ...tiles.sort((a, b) => rank(a) - rank(b))]
}

function stageWidthOf({ strip, sharer, width }: Scene, box: Box): number {
  if (strip === 'all') return box.tileWidth
  if (strip === 'none') return width * BESIDE_PAGE
  return sharer === null ? box.stageWidth : box.stageWidth / 3
}

function speaks(id: string | null | undefined, scene: Scene): boolean {
  return id != null && scene.speaking.includes(id)
}
