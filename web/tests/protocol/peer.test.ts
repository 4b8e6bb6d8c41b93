import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Peer } from '../../src/protocol/peer'

/** What a browser does with changes that its end overtakes (webrtc-pc 5.2). */
class FakeConnection {
  signalingState = 'stable'
  readonly #refuse = async () => {
    if (this.signalingState === 'closed')
      throw new DOMException('the connection is closed', 'InvalidStateError')
  }
  addTransceiver(kind: string) {
    const sender = {
      replaceTrack: this.#refuse,
      getParameters: () => ({ encodings: [{ rid: 'q', active: true }] }),
      setParameters: this.#refuse,
    }
    return { sender, receiver: { track: { kind } }, setCodecPreferences: () => undefined }
  }
  getTransceivers() {
    return []
  }
  close() {
    this.signalingState = 'closed'
  }
}

beforeEach(() => {
  vi.stubGlobal('RTCPeerConnection', FakeConnection)
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
