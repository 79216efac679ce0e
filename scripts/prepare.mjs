// Runs before `npm start` and `npm test`: installs and builds where that is needed, and only there, so that both commands
// work on a fresh clone and cost nothing on a prepared one. Uses nothing but Node itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const inRoot = (...names) => join(root, ...names)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Fundstelle braucht Node 20.19 oder neuer, hier läuft ${process.version}.`)
  process.exit(1)
}

const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)

function newestBelow(folder) {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    newest = Math.max(newest, timeOf(path), entry.isDirectory() ? newestBelow(path) : 0)
  }
  return newest
}

function run(...words) {
  // what npm prints goes to standard error, so that a pipe behind `npm start` gets the server's line alone
  const done = spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

// npm writes node_modules/.package-lock.json when an install is complete
const installed = timeOf(inRoot('node_modules', '.package-lock.json'))
const sources = existsSync(inRoot('src'))
if (installed === 0 || (sources && installed < timeOf(inRoot('package-lock.json')))) {
  console.error('Installiere, was Fundstelle braucht; das dauert etwa eine Minute …')
  run('ci', '--include=dev', '--no-audit', '--no-fund')
}
// what the build makes last
const built = timeOf(inRoot('dist', 'analysis', 'lexicon.bin'))
// versions of packages are part of what it makes: see fingerprints.mjs
const sourceTimes = ['src', 'scripts'].map((name) => (sources ? newestBelow(inRoot(name)) : 0))
if (sources && built < Math.max(...sourceTimes, installed, timeOf(inRoot('tsconfig.json'))))
  run('run', '--silent', 'build')
