/** Two soft tones, for what must not be missed. */

export function chime(): void {
  const context = new AudioContext()
  for (const [start, frequency] of [
    [0, 660],
    [0.18, 880],
  ] as const) {
    const tone = new OscillatorNode(context, { frequency })
    const loudness = new GainNode(context, { gain: 0 })
    loudness.gain.setValueAtTime(0, context.currentTime + start)
    loudness.gain.linearRampToValueAtTime(0.12, context.currentTime + start + 0.02)
    loudness.gain.exponentialRampToValueAtTime(0.001, context.currentTime + start + 0.4)
    tone.connect(loudness).connect(context.destination)
    tone.start(context.currentTime + start)
    tone.stop(context.currentTime + start + 0.45)
    if (start > 0) tone.onended = () => void context.close()
  }
}
