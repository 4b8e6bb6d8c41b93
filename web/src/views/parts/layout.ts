/** The layout of a screen from the store, and the wishes that follow from it. */
import { useEffect, useRef } from 'preact/hooks'
import { type Form, type Layout, layOut, type Saving, type Strip, type View } from '../../state/layout'
import { useActs } from '../acts'

export interface Frame {
  form: Form
  view: View
  strip: Strip
  saving: Saving
  page: number
  size: { width: number; height: number }
  /** Nothing is watched while the pictures are out of sight. */
  isVisible: boolean
}

export function useLayout(frame: Frame): Layout {
  const acts = useActs()
  const { store } = acts
  const before = useRef<Layout['cells']>([])
  const onStage = frame.view === 'stage' ? store.stage.value.who : null
  const layout = layOut({
    form: frame.form,
    view: frame.view,
    strip: frame.strip,
    saving: frame.saving,
    ...frame.size,
    pixelRatio: window.devicePixelRatio,
    stage: store.stage.value.who,
    sharer: store.sharer.value,
    people: store.others.value.map((p) => p.id).filter((id) => id !== onStage),
    speaking: store.voices.value.speaking,
    cameras: store.cameras.value,
    page: frame.page,
    cells: before.current,
  })
  before.current = layout.cells
  const isReady = frame.isVisible && frame.size.width > 0
  const connection = acts.connection.value
  const isLinked = store.isLinked.value
  // Stated again on a new connection or socket.
  useEffect(() => {
    acts.watch(isReady ? layout.wanted : [])
  }, [acts, isReady, connection, isLinked, JSON.stringify(layout.wanted)])
  return layout
}
