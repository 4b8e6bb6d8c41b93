/** What the built page runs first. */
import type { Plugin } from 'vite'

/**
 * `source` and all it imports come in one file, which the page names before the others and runs as soon as it is here:
 * `async`, because what is not waits for the styles as well.
 */
export function early(source: string): Plugin {
  return {
    name: 'early',
    apply: 'build',
    config: () => ({
      build: {
        rolldownOptions: {
          output: { codeSplitting: { groups: [{ name: 'early', test: (id) => id.endsWith(source) }] } },
        },
      },
    }),
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const file = Object.values(bundle).find(
          (one) => one.type === 'chunk' && one.moduleIds.some((id) => id.endsWith(source)),
        )
        if (!file) throw new Error(`${source} is in no file of the build`)
        const first = `<script type="module" async crossorigin src="/${file.fileName}"></script>`
        return html.replace('<script', `${first}\n    <script`)
      },
    },
  }
}
