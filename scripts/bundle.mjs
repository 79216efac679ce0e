// Makes of src/browser what browsers get, in dist/browser: the search page's script and style, and the search box for other sites.
import { copyFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const from = (name) => join(root, 'src', 'browser', name)
const to = (name) => join(root, 'dist', 'browser', name)

await build({
  entryPoints: ['embed.ts', 'page.ts', 'page.css'].map(from),
  outdir: join(root, 'dist', 'browser'),
  bundle: true,
  minify: true,
  format: 'iife',
  // light-dark() and class fields: what browsers have had since 2024
  target: ['chrome123', 'firefox120', 'safari17.5'],
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
})
mkdirSync(join(root, 'dist', 'browser'), { recursive: true })
for (const name of ['icon.svg', 'fundstelle.d.ts']) copyFileSync(from(name), to(name))
