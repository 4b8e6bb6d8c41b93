import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Peer } from '../../src/protocol/peer'

/** What a browser does with changes that its end overtakes (webrtc-pc 5.2). */
class FakeConnection {
  signalingState = 'stable'
  readonly senders: { getParameters(): { encodings: { active: boolean }[] } }[] = []
  readonly #refuse = async () => {
    if (this.signalingState === 'closed')
      throw new DOMException('the connection is closed', 'InvalidStateError')
  }
  addTransceiver(kind: string) {
    let encodings = [{ rid: 'q', active: true }]
    const sender = {
      replaceTrack: this.#refuse,
      getParameters: () => structuredClone({ encodings }),
      setParameters: async (parameters: { encodings: typeof encodings }) => {
        await this.#refuse()
        encodings = parameters.encodings
      },
    }
    this.senders.push(sender)
    return { sender, receiver: { track: { kind } }, setCodecPreferences: () => undefined }
  }
  getTransceivers() {
    return []
  }
  close() {
    this.signalingState = 'closed'
  }
}

let made: FakeConnection
beforeEach(() => {
  vi.stubGlobal(
    'RTCPeerConnection',
    class extends FakeConnection {
      constructor() {
        super()
        made = this
      }
    },
  )
  vi.stubGlobal('MediaStream', class {})
})
afterEach(() => vi.unstubAllGlobals())

test('what the end of a connection overtakes is no fault', async () => {
  const peer = new Peer(
    4,
    [],
    async () => '',
    () => undefined,
  )
  const changes = [peer.send('microphone', null), peer.obey([], false)]
  peer.close()
  changes.push(peer.send('camera', null), peer.obey([], false))
  await expect(Promise.all(changes)).resolves.toBeDefined()
})

test('of two demands close together the later one counts', async () => {
  const peer = new Peer(
    4,
    [],
    async () => '',
    () => undefined,
  )
  await Promise.all([peer.obey([], true), peer.obey(['q'], true)])
  expect(made.senders[1]?.getParameters().encodings[0]?.active).toBe(true)
})
