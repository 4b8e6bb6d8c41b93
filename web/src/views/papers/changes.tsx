/** The dialog that shows what a version of a paper says otherwise than an older one. */
import { useSignal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Paper, PaperChanges, PaperPiece, PaperVersion } from '../../gen/protocol'
import { paperChanges } from '../../protocol/papers'
import { text } from '../../state/i18n'
import { type Change, changesOf, comparable } from '../../state/papers'
import { Modal } from '../parts/modal'
import { Segments } from '../parts/segments'
import { papersText } from './texts'

const WAYS = ['inline', 'columns'] as const

interface Props {
  of: Paper
  onRead: (version: string, page: number) => void
  onClose: () => void
}

export function Changes({ of, onRead, onClose }: Props) {
  const t = papersText.value
  const versions = comparable(of)
  const newer = useSignal(versions.at(-1)?.id ?? '')
  const older = useSignal(versions.at(-2)?.id ?? '')
  const way = useSignal<(typeof WAYS)[number]>('inline')
  const [attempt, setAttempt] = useState(0)
  const found = useChanges(newer.value, older.value, attempt)
  const numberOf = (id: string) => versions.find((one) => one.id === id)?.number ?? 0
  const pick = (id: string) => {
    newer.value = id
    if (numberOf(older.value) >= numberOf(id))
      older.value = versions.findLast((one) => one.number < numberOf(id))?.id ?? ''
  }
  return (
    <Modal class="broad changes" title={t.changesOf(of.title)} onClose={onClose}>
      <div class="row wrap">
        <Which
          name="changes-older"
          label={t.older}
          versions={versions.filter((one) => one.number < numberOf(newer.value))}
          value={older.value}
          onPick={(id) => {
            older.value = id
          }}
        />
        <Which
          name="changes-newer"
          label={t.newer}
          versions={versions.slice(1)}
          value={newer.value}
          onPick={pick}
        />
        <Segments label={t.way} options={WAYS} names={t.ways} value={way} />
      </div>
      <p class="small" role="status">
        {found === null ? t.comparing : found === 'failed' ? '' : t.changed(found.added, found.removed)}
      </p>
      {found === 'failed' ? (
        <p role="alert">
          {t.notCompared}{' '}
          <button type="button" onClick={() => setAttempt(attempt + 1)}>
            {text.value.retry}
          </button>
        </p>
      ) : (
        <Told
          changes={found === null ? [] : changesOf(found.pieces)}
          inColumns={way.value === 'columns'}
          onOpen={(piece) => onRead(piece.kind === 'removed' ? older.value : newer.value, piece.page)}
        />
      )}
      {found !== null && found !== 'failed' && found.more && <p class="small soft">{t.moreChanges}</p>}
      <div class="actions">
        <button type="button" onClick={onClose}>
          {text.value.close}
        </button>
      </div>
    </Modal>
  )
}

interface WhichProps {
  name: string
  label: string
  versions: readonly PaperVersion[]
  value: string
  onPick: (version: string) => void
}

function Which({ name, label, versions, value, onPick }: WhichProps) {
  const t = papersText.value
  return (
    <div class="which">
      <label for={name}>{label}</label>
      <select id={name} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {versions.map((one) => (
          <option key={one.id} value={one.id}>
            {t.versionOf(one.number, day(one.added_at))}
          </option>
        ))}
      </select>
    </div>
  )
}

interface ToldProps {
  changes: readonly Change[]
  inColumns: boolean
  onOpen: (piece: PaperPiece) => void
}

function Told({ changes, inColumns, onOpen }: ToldProps) {
  const t = papersText.value
  return (
    <ol class={inColumns ? 'told columns' : 'told'}>
      {changes.map((change, i) => {
        const first = change.find((piece) => piece.kind !== 'same') ?? change[0]
        return (
          // Changes never change.
          <li key={String(i)}>
            {first && (
              <button type="button" class="quiet small" onClick={() => onOpen(first)}>
                {t.atPage(first.page)}
              </button>
            )}
            {inColumns ? (
              <div class="both">
                <Side label={t.before} pieces={change.filter((piece) => piece.kind !== 'added')} />
                <Side label={t.after} pieces={change.filter((piece) => piece.kind !== 'removed')} />
              </div>
            ) : (
              <p>
                <Words pieces={change} />
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Side({ label, pieces }: { label: string; pieces: readonly PaperPiece[] }) {
  return (
    <div>
      <span class="small soft">{label}</span>
      <p>
        <Words pieces={pieces} />
      </p>
    </div>
  )
}

function Words({ pieces }: { pieces: readonly PaperPiece[] }) {
  const t = papersText.value
  return (
    <>
      {pieces.map(({ kind, text: words }, i) =>
        kind === 'same' ? (
          <span key={String(i)}>{words} </span>
        ) : kind === 'added' ? (
          <ins key={String(i)}>
            <span class="hidden">{t.added}: </span>
            {words}{' '}
          </ins>
        ) : (
          <del key={String(i)}>
            <span class="hidden">{t.removed}: </span>
            {words}{' '}
          </del>
        ),
      )}
    </>
  )
}

function useChanges(newer: string, older: string, attempt: number): PaperChanges | 'failed' | null {
  const of = `${newer} ${older} ${attempt}`
  const [found, setFound] = useState<{ of: string; changes: PaperChanges | 'failed' } | null>(null)
  useEffect(() => {
    let isCurrent = true
    paperChanges(newer, older).then(
      (changes) => isCurrent && setFound({ of, changes }),
      () => isCurrent && setFound({ of, changes: 'failed' }),
    )
    return () => {
      isCurrent = false
    }
  }, [of, newer, older])
  return found?.of === of ? found.changes : null
}

const day = (at: string) =>
  new Intl.DateTimeFormat('vi', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(new Date(at))
