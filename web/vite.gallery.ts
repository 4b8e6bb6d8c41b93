/** Builds the gallery of made-up screens, which is looked at and tested and never shipped. */
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'dev',
  publicDir: '../public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // In one file: what several share would bring its styles before those that say which layer wins.
    rolldownOptions: { input: 'dev/gallery.html', output: { codeSplitting: false } },
    emptyOutDir: true,
    modulePreload: { polyfill: false },
  },
})
