/** Pictures of people who do not exist, painted once and played as cameras are. */

const WALLS = [
  ['#6a4a3a', '#2b1d16'],
  ['#46545c', '#20282d'],
  ['#3f5148', '#1c2822'],
  ['#4d4660', '#221e2e'],
  ['#6a2f33', '#2c1416'],
] as const
const SKINS = ['#d9a982', '#c99672', '#b98561']
const COATS = ['#2e3d52', '#7a2a2e', '#35423a', '#4b4038']
const REPAINT_MS = 2_000

const streams = new Map<string, MediaStream>()

export function portrait(id: string): MediaStream {
  const known = streams.get(id)
  if (known) return known
  const stream = played((paint) =>
    bust(
      paint,
      [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
    ),
  )
  streams.set(id, stream)
  return stream
}

export function page(): MediaStream {
  return played((paint) => {
    paint.fillStyle = '#232327'
    paint.fillRect(0, 0, 1280, 720)
    paint.fillStyle = '#fff'
    paint.fillRect(160, 40, 960, 640)
    paint.fillStyle = '#211d19'
    paint.font = '600 34px "Be Vietnam Pro", sans-serif'
    paint.fillText('Kết quả phối hợp và thống nhất hành động', 220, 130)
    paint.font = '26px "Be Vietnam Pro", sans-serif'
    const lines = [
      '46 hội nghị trực tuyến',
      '13.812 lượt đại biểu từ 96 điểm cầu',
      '18 cuộc giám sát, 9 hội nghị phản biện',
    ]
    lines.forEach((line, i) => {
      paint.fillText(`${i + 1}. ${line}`, 220, 210 + i * 60)
    })
    paint.fillStyle = '#a8202a'
    for (const [i, height] of [120, 190, 150, 230].entries())
      paint.fillRect(240 + i * 200, 640 - height, 110, height)
  })
}

function played(draw: (paint: CanvasRenderingContext2D) => void): MediaStream {
  const canvas = document.createElement('canvas')
  canvas.width = 1280
  canvas.height = 720
  const paint = canvas.getContext('2d') as CanvasRenderingContext2D
  draw(paint)
  // A canvas that is not touched sends no frame to a video that starts later.
  setInterval(() => draw(paint), REPAINT_MS)
  return canvas.captureStream(5)
}

function bust(paint: CanvasRenderingContext2D, seed: number): void {
  const pick = <T>(list: readonly T[], shift: number) => list[(seed >>> shift) % list.length] as T
  const [light, dark] = pick(WALLS, 0)
  const wall = paint.createLinearGradient(0, 0, 500, 720)
  wall.addColorStop(0, light)
  wall.addColorStop(1, dark)
  paint.fillStyle = wall
  paint.fillRect(0, 0, 1280, 720)
  const x = 640
  paint.fillStyle = pick(COATS, 3)
  paint.beginPath()
  paint.ellipse(x, 760, 270, 260, 0, 0, Math.PI * 2)
  paint.fill()
  paint.fillStyle = '#f2efe9'
  paint.beginPath()
  paint.moveTo(x - 60, 505)
  paint.lineTo(x + 60, 505)
  paint.lineTo(x, 640)
  paint.fill()
  paint.fillStyle = '#1d1a18'
  paint.beginPath()
  paint.ellipse(x, 300, 142, 160, 0, 0, Math.PI * 2)
  paint.fill()
  paint.fillStyle = pick(SKINS, 5)
  paint.fillRect(x - 46, 430, 92, 90)
  paint.beginPath()
  paint.ellipse(x, 340, 122, 148, 0, 0, Math.PI * 2)
  paint.fill()
  paint.fillStyle = '#1d1a18'
  paint.beginPath()
  paint.ellipse(x, 238, 132, 84, 0, Math.PI, Math.PI * 2)
  paint.fill()
}
