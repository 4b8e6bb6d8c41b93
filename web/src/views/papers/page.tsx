/** One page: its image, with its text above it to select, to read aloud, to find. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { PageSize } from '../../gen/protocol'
import { firstImage, pageImage, pageText, type Run, SHARP } from '../../protocol/papers'
import { text } from '../../state/i18n'
import { folded } from '../../state/names'
import { Pointer } from '../parts/pointer'
import { papersText } from './texts'

interface Props {
  version: string
  page: number
  size: PageSize
  /** Words to be marked. */
  find: string
  /** Layers above it. */
  children?: ComponentChildren
}

export function Page({ version, page, size, find, children }: Props) {
  const t = papersText.value
  const address = firstImage(version, page)
  /** The page whose first picture was a smaller one. */
  const [blurred, setBlurred] = useState('')
  const [failed, setFailed] = useState<string | null>(null)
  const [attempt, setAttempt] = useState(0)
  const runs = useText(version, page)
  return (
    <div class="page" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
      <img
        key={`${address} ${attempt}`}
        src={address}
        alt=""
        onLoad={({ currentTarget }) => {
          setFailed(null)
          setBlurred(currentTarget.naturalWidth < SHARP ? address : '')
        }}
        onError={() => setFailed(address)}
      />
      {blurred === address && <img key={`sharp ${address}`} src={pageImage(version, page)} alt="" />}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: it is text, which needs no other */}
      <svg class="text" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden={runs.length === 0}>
        {places(runs, find).map(([left, top, width, height]) => (
          <rect key={`${left} ${top}`} class="found" x={left} y={top} width={width} height={height} />
        ))}
        {runs.map(([words, left, top, width, height], i) => {
          const stands = height > 2 * width && words.length > 2
          return (
            <text
              // A page's text never changes.
              key={`${version} ${page} ${i}`}
              x={left}
              y={top + height * 0.8}
              font-size={Math.max(1, stands ? width : height)}
              textLength={Math.max(1, width)}
              lengthAdjust="spacingAndGlyphs"
            >
              {words}
            </text>
          )
        })}
      </svg>
      {children}
      <Pointer version={version} page={page} size={size} />
      {failed === address && (
        <p class="failed" role="alert">
          {t.unreadable}{' '}
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            {text.value.retry}
          </button>
        </p>
      )}
    </div>
  )
}

/** Boxes of the words that are looked for, wherever a line has all of them. */
function places(runs: readonly Run[], find: string): readonly (readonly [number, number, number, number])[] {
  const wanted = folded(find.trim())
  if (wanted === '') return []
  return runs.flatMap(([words, left, top, width, height]) => {
    const text = folded(words)
    const at = text.indexOf(wanted)
    if (at < 0) return []
    const letter = width / text.length
    return [[left + at * letter, top, wanted.length * letter, height] as const]
  })
}

function useText(version: string, page: number): readonly Run[] {
  const [found, setFound] = useState<{ of: string; runs: readonly Run[] }>({ of: '', runs: [] })
  const of = `${version} ${page}`
  useEffect(() => {
    let isCurrent = true
    pageText(version, page).then(
      (runs) => isCurrent && setFound({ of, runs }),
      // The picture says the same, and says when it cannot be had.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [of, version, page])
  return found.of === of ? found.runs : []
}
