import { defineConfig } from 'vitest/config'
import { compressed } from './compress.ts'
import { early } from './early.ts'

const SERVER = 'http://127.0.0.1:8080'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // Phones that stopped at iOS 15 or Android 8 are still in use.
    target: ['chrome100', 'safari15.4', 'firefox102'],
    manifest: true,
    modulePreload: { polyfill: false },
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
  },
  plugins: [early('src/early.ts'), compressed()],
  server: {
    proxy: {
      '/api': SERVER,
      '/socket.io': { target: SERVER, ws: true },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
})
