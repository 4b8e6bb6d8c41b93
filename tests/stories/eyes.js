// Reads what a person would see and hear. Runs before the page's own scripts and changes nothing the page does, but
// remembers its peer connections, what it asked for and the moments at which pictures were shown.
(() => {
  const CELLS = 16
  const FRAMES_PER_S = 15
  const LOOKS_APART_MS = 300 // a beep lasts as long, and is in the analyser's window for 170 ms more
  const QUIET_MS = 120 // at least, before what is loud is another beep
  const canvas = document.createElement('canvas')
  const connections = []
  const Native = window.RTCPeerConnection
  if (Native) {
    window.RTCPeerConnection = class extends Native {
      constructor(...given) {
        super(...given)
        connections.push(this)
      }
    }
  }

  // The page's last word on what fills its slots, as Socket.IO sends it: 42, a number, [event, message].
  let wishes = []
  const send = WebSocket.prototype.send
  WebSocket.prototype.send = function (frame) {
    const [event, message] = /^42\d*\[/.test(frame) ? JSON.parse(frame.replace(/^\d+/, '')) : []
    if (event === 'media' && message.type === 'watch') wishes = message.wishes
    send.call(this, frame)
  }

  // The layer that the page asks for; null when it asks for nothing of this source.
  const asked = (source) => wishes.find((one) => one.source === source)?.layer ?? null

  // The two numbers drawn along the top of a picture; null when there is none that can be read, or it is covered.
  function read(video) {
    if (!video || !video.videoWidth || video.parentElement?.querySelector('.monogram')) return null
    const width = video.videoWidth
    const height = video.videoHeight
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context.drawImage(video, 0, 0)
    const y = Math.round((height * 60) / 540)
    const level = (cell) => context.getImageData(Math.round(((cell + 0.5) * width) / CELLS), y, 1, 1).data[0]
    const white = level(0)
    const black = level(1)
    if (white - black < 80) return null
    const bit = (cell) => (level(cell) > (white + black) / 2 ? 1 : 0)
    let who = 0
    let frame = 0
    for (let i = 0; i < 6; i += 1) who |= bit(2 + i) << i
    for (let i = 0; i < 8; i += 1) frame |= bit(8 + i) << i
    const flash = context.getImageData(Math.round(width * 0.93), Math.round(height * 0.9), 1, 1).data[0] > 128
    return { who, frame, width, flash }
  }

  const ears = new Map() // stream → analyser
  let context = null
  function ear(stream) {
    context ??= new AudioContext({ sampleRate: 48000 })
    void context.resume()
    let analyser = ears.get(stream)
    if (!analyser) {
      analyser = context.createAnalyser()
      analyser.fftSize = 8192
      analyser.smoothingTimeConstant = 0
      context.createMediaStreamSource(stream).connect(analyser)
      ears.set(stream, analyser)
    }
    return analyser
  }

  const voices = () => [...document.querySelectorAll('audio[data-voice]')].map((e) => e.srcObject).filter(Boolean)

  // The loudest frequency in each voice slot over a time, with its level in dB; silence is null. Who looks away for
  // longer than a beep lasts may have missed one, and begins to listen anew.
  async function listen(ms) {
    let best = []
    let last = performance.now()
    let until = last + ms
    while (performance.now() < until) {
      const now = performance.now()
      if (now - last > LOOKS_APART_MS) {
        best = []
        until = now + ms
      }
      last = now
      voices().forEach((stream, slot) => {
        const analyser = ear(stream)
        const bins = new Float32Array(analyser.frequencyBinCount)
        analyser.getFloatFrequencyData(bins)
        let at = 0
        for (let i = 20; i < 600; i += 1) if (bins[i] > bins[at] || at === 0) at = i
        if (bins[at] > -70 && (!best[slot] || bins[at] > best[slot].level)) {
          best[slot] = { hz: Math.round((at * 48000) / analyser.fftSize), level: Math.round(bins[at]) }
        }
      })
      await new Promise((done) => setTimeout(done, 40))
    }
    return [0, 1, 2].map((slot) => best[slot] ?? null)
  }

  // How long after each flash in the video its beep is in the stream, in ms from -500 to 500; negative when the voice
  // is first. Both are known though the page gets its turn late: every picture tells by its number when the flash
  // before it was due, and the analyser keeps the last 170 ms of sound.
  async function lips(video, stream, seconds) {
    const analyser = ear(stream)
    const samples = new Float32Array(analyser.fftSize)
    const pictures = [] // when shown, and when the flash before it was due
    const beeps = []
    let running = true
    const shown = (now, { expectedDisplayTime }) => {
      const at = expectedDisplayTime ?? now
      const seen = read(video)
      if (seen) pictures.push({ at, flash: at - ((seen.frame % FRAMES_PER_S) * 1000) / FRAMES_PER_S })
      if (running) video.requestVideoFrameCallback(shown)
    }
    video.requestVideoFrameCallback(shown)
    let quiet = 0 // samples without a sound until now
    let heard = context.currentTime
    const until = performance.now() + seconds * 1000
    while (performance.now() < until) {
      await new Promise((done) => setTimeout(done, 20))
      analyser.getFloatTimeDomainData(samples)
      const now = performance.now()
      const fresh = Math.round((context.currentTime - heard) * context.sampleRate)
      heard = context.currentTime
      if (fresh > samples.length) quiet = 0 // some of it was missed
      for (let i = Math.max(0, samples.length - fresh); i < samples.length; i += 1) {
        if (Math.abs(samples[i]) < 0.02) quiet += 1
        else {
          const ago = ((samples.length - i) * 1000) / context.sampleRate
          if (quiet > (QUIET_MS * context.sampleRate) / 1000) beeps.push(now - ago)
          quiet = 0
        }
      }
    }
    running = false
    if (pictures.length === 0) return []
    return beeps.map((beep) => {
      const { flash } = pictures.reduce((a, b) => (Math.abs(b.at - beep) < Math.abs(a.at - beep) ? b : a))
      return ((((beep - flash + 500) % 1000) + 1000) % 1000) - 500
    })
  }

  // Begins to watch what this video shows. `width` is of the last picture; `end` gives how many there were, the longest
  // time between two of them and every width.
  function watch(video) {
    let last = performance.now()
    let longest = 0
    let count = 0
    const widths = new Set()
    // When a picture was handed to the screen, not when this script got its turn.
    const shown = (_, { presentationTime, width }) => {
      longest = Math.max(longest, presentationTime - last)
      last = presentationTime
      count += 1
      widths.add(width)
      watched.width = width
      next = video.requestVideoFrameCallback(shown)
    }
    let next = video.requestVideoFrameCallback(shown)
    const watched = {
      width: null,
      end() {
        video.cancelVideoFrameCallback(next)
        return { longest: Math.max(longest, performance.now() - last), count, widths: [...widths] }
      },
    }
    window.eyes.watched = watched
  }

  async function watchFor(video, ms) {
    watch(video)
    await new Promise((done) => setTimeout(done, ms))
    return window.eyes.watched.end()
  }

  // Looks at every tile whenever the screen is drawn, until `end`, which gives the faces that stood under the name of
  // somebody else, and how many faces were seen at all. `people` are the numbers by participant.
  function compare(people) {
    const mistaken = []
    let faces = 0
    const look = () => {
      for (const tile of document.querySelectorAll('[data-participant][data-slot]')) {
        const seen = read(tile.querySelector('video'))
        const named = people[tile.dataset.participant]
        if (seen === null || named === undefined) continue
        faces += 1
        if (seen.who !== named) mistaken.push({ seen: seen.who, named, at: Math.round(performance.now()) })
      }
      next = requestAnimationFrame(look)
    }
    let next = requestAnimationFrame(look)
    window.eyes.compared = {
      end() {
        cancelAnimationFrame(next)
        return { mistaken, faces }
      },
    }
  }

  // Of the newest connection: entries of one type, as plain objects.
  async function stats(type) {
    const found = []
    const live = connections.filter((pc) => pc.connectionState !== 'closed').at(-1)
    if (live) (await live.getStats()).forEach((entry) => entry.type === type && found.push({ ...entry }))
    return found
  }

  // How long a voice takes from the analyser to the loudspeaker, in ms: the mean of the page so far.
  async function loudspeaker() {
    const [{ totalPlayoutDelay, totalSamplesCount }] = await stats('media-playout')
    return (totalPlayoutDelay / totalSamplesCount) * 1000
  }

  window.eyes = { asked, read, listen, lips, loudspeaker, watch, watchFor, compare, stats, connections }
})()
