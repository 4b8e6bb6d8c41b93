import { expect, test } from 'vitest'
import { keeping } from '../../src/state/presence'

const someone = (participant: string, online: boolean, camera = false) => ({
  participant,
  online,
  camera,
  microphone: false,
  screen: false,
})

test('who was here before a break stays, with the picture', () => {
  const before = new Map([
    ['an', someone('an', true, true)],
    ['binh', someone('binh', false)],
  ])
  const said = new Map([['binh', someone('binh', true)]])
  const kept = keeping(said, before)
  expect(kept.get('an')).toMatchObject({ online: true, camera: true })
  expect(kept.get('binh')).toMatchObject({ online: true, camera: false })
})

test('who is back without having said yet what they send keeps the picture too', () => {
  const kept = keeping(new Map([['an', someone('an', true)]]), new Map([['an', someone('an', true, true)]]))
  expect(kept.get('an')).toMatchObject({ online: true, camera: true })
})
