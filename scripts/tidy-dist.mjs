// Runs after the compiler: takes away what was compiled of sources that are gone, which would go on being found, and lets the
// program be started by its name, which the compiler does not.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const COMPILED = /\.(?:js|js\.map|d\.ts)$/

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
  const source = join(root, 'src', relative(dist, path).replace(COMPILED, '.ts'))
  if (entry.isFile() && COMPILED.test(entry.name) && !existsSync(source)) rmSync(path)
}
chmodSync(join(dist, 'cli', 'main.js'), 0o755)
