/** Builds the gallery of made-up screens, which is looked at and tested and never shipped. */
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'dev',
  publicDir: '../public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    rolldownOptions: { input: 'dev/gallery.html' },
    emptyOutDir: true,
    modulePreload: { polyfill: false },
  },
})
