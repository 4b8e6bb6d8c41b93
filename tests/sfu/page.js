// A page that is nothing but a peer: one offer, slots, and elements that show them. `tests/sfu/chromium.py` drives it.
let pc
let camera
let local

function prefer(transceiver, kind) {
  const wanted = kind === 'audio' ? ['audio/opus'] : ['video/VP8', 'video/rtx']
  const codecs = RTCRtpReceiver.getCapabilities(kind).codecs
  transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => wanted.includes(mimeType)))
  return transceiver
}

// Each picture leaves so much later than its timestamp says; the voice does not.
function holdBack(ms) {
  const script = `onrtctransform = async ({ transformer: { readable, writable } }) => {
    const [reader, writer] = [readable.getReader(), writable.getWriter()]
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      setTimeout(() => writer.write(value), ${ms})
    }
  }`
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
  camera.sender.transform = new RTCRtpScriptTransform(worker)
}

window.offer = async (publishes, pictures, heldBackMs) => {
  pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' })
  if (publishes) {
    const media = { audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false }, video: true }
    local = await navigator.mediaDevices.getUserMedia(media)
    const own = document.body.appendChild(document.createElement('video'))
    Object.assign(own, { id: 'own', autoplay: true, muted: true, srcObject: local })
    const [voice] = local.getAudioTracks()
    const [picture] = local.getVideoTracks()
    prefer(pc.addTransceiver(voice, { direction: 'sendonly', streams: [local] }), 'audio')
    const scalabilityMode = 'L1T1' // as web/src/protocol/peer.ts sends
    const sendEncodings = [
      { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode },
      { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode },
      { rid: 'f', maxBitrate: 1_500_000, scalabilityMode },
    ]
    camera = pc.addTransceiver(picture, { direction: 'sendonly', streams: [local], sendEncodings })
    prefer(camera, 'video')
    if (heldBackMs) holdBack(heldBackMs)
  }
  for (const [kind, count] of [['audio', 3], ['video', pictures]]) {
    for (let i = 0; i < count; i += 1) {
      const { receiver } = prefer(pc.addTransceiver(kind, { direction: 'recvonly' }), kind)
      const element = document.body.appendChild(document.createElement(kind))
      Object.assign(element, { autoplay: true, srcObject: new MediaStream([receiver.track]) })
      if (kind === 'audio') element.dataset.voice = i
      else element.muted = true
    }
  }
  await pc.setLocalDescription()
  return pc.localDescription.sdp
}

window.accept = async (sdp) => {
  await pc.setRemoteDescription({ type: 'answer', sdp })
  const pictures = pc.getTransceivers().filter((t) => t.receiver.track.kind === 'video' && t.direction === 'recvonly')
  document.querySelectorAll('video:not(#own)').forEach((video, i) => {
    video.dataset.mid = pictures[i].mid
  })
}

window.connected = async () => {
  while (pc.connectionState !== 'connected') await new Promise((done) => setTimeout(done, 5))
}

window.demand = async (layers) => {
  const parameters = camera.sender.getParameters()
  for (const encoding of parameters.encodings) encoding.active = layers.includes(encoding.rid)
  await camera.sender.setParameters(parameters)
}

window.localStream = () => local
