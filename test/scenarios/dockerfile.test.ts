import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { copyProject, projectRoot } from '../support/clean-copy.ts'
import { temporaryFolder } from '../support/folders.ts'
import { freePort, untilOk } from '../support/http.ts'
import { jsonOf } from '../support/json.ts'

const INSTALL_MS = 400_000
const NOBODY = 65_534

interface Stage {
  readonly image: string
  readonly run: string[]
  readonly copy: string[][]
  readonly env: Record<string, string>
  command: string[]
  healthcheck: string[]
}

/** The instructions of a Dockerfile as far as they can be carried out without a container engine. */
function stagesOf(text: string): Stage[] {
  const stages: Stage[] = []
  for (const line of text.replace(/\\\n/g, '').split('\n')) {
    const [, instruction, rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? []
    const stage = stages.at(-1)
    if (instruction === 'FROM') stages.push({ image: rest, run: [], copy: [], env: {}, command: [], healthcheck: [] })
    else if (instruction === 'RUN') stage?.run.push(rest)
    else if (instruction === 'COPY') stage?.copy.push(rest.split(/\s+/))
    else if (instruction === 'CMD') stage?.command.push(...JSON.parse(rest))
    else if (instruction === 'HEALTHCHECK') stage?.healthcheck.push(...JSON.parse(rest.slice(rest.indexOf('CMD ') + 4)))
    else if (instruction === 'ENV' && stage !== undefined) {
      for (const pair of rest.split(/\s+/))
        stage.env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1)
    }
  }
  return stages
}

/** The Node an image brings, from the package registry: the folder to put first on PATH. */
function installNode(image: string, folder: string): string {
  const [, major] = /^node:(\d+)-/.exec(image) ?? []
  mkdirSync(folder)
  const words = ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, `node@${major}`]
  execFileSync('npm', words, { cwd: folder, stdio: 'pipe' })
  const platforms = join(folder, 'node_modules', 'node', 'node_modules')
  return join(
    platforms,
    readdirSync(platforms).find((name) => existsSync(join(platforms, name, 'bin', 'node'))) as string,
    'bin',
  )
}

/** What a slim image has beside Node: no Python, no compiler. A folder of links to this machine's tools. */
function toolsOfSlimImage(folder: string): string {
  mkdirSync(folder)
  for (const tool of ['npm', 'sh', 'env', 'mkdir', 'chown', 'rm', 'ls', 'cat', 'uname']) {
    const path = execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim()
    symlinkSync(realpathSync(path), join(folder, tool))
  }
  return folder
}

function copyInto(from: string, to: string, words: readonly string[]): void {
  const names = words.filter((word) => !word.startsWith('--'))
  const target = names.at(-1) as string
  for (const name of names.slice(0, -1)) {
    const source = join(from, name.replace('/app/', ''))
    const into =
      target.endsWith('/') && !statSync(source).isDirectory()
        ? join(to, target, name.replace('/app/', ''))
        : join(to, target)
    mkdirSync(dirname(into), { recursive: true })
    cpSync(source, into, { recursive: true })
  }
}

function readOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) readOnly(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o555)
  }
  chmodSync(folder, 0o555)
}

it('every line of the Dockerfile works, the server as another user on read-only sources', {
  timeout: INSTALL_MS,
}, async () => {
  const [build, run] = stagesOf(readFileSync(join(projectRoot, 'Dockerfile'), 'utf8')) as [Stage, Stage]
  const root = temporaryFolder()
  const [context, buildApp, app] = ['context', 'build', 'app'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [root, context, buildApp, app]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o755)
  }
  copyProject(context)
  for (const words of build.copy) copyInto(context, buildApp, words)
  const PATH = `${installNode(build.image, join(root, 'node'))}:${toolsOfSlimImage(join(root, 'tools'))}`
  for (const line of build.run) {
    execFileSync('sh', ['-c', line], { cwd: buildApp, stdio: 'pipe', env: { ...process.env, PATH } })
  }
  for (const words of run.copy) copyInto(words[0]?.startsWith('--from=') ? buildApp : context, app, words)
  const asRoot = process.getuid?.() === 0
  for (const line of run.run) {
    execFileSync('sh', ['-c', line.replace('node:node', asRoot ? `${NOBODY}:${NOBODY}` : String(process.getuid?.()))], {
      cwd: app,
    })
  }
  expect(existsSync(join(app, 'node_modules', 'typescript'))).toBe(false)
  const cache = join(app, 'index-cache')
  readOnly(app)
  chmodSync(cache, 0o755)
  if (asRoot) chownSync(cache, NOBODY, NOBODY)

  const port = await freePort()
  const imageEnv = Object.fromEntries(
    Object.entries(run.env).map(([name, value]) => [name, value.replace('/app', app)]),
  )
  const env = { PATH, ...imageEnv, FUNDSTELLE_PORT: String(port) }
  const options = { cwd: app, env, ...(asRoot && { uid: NOBODY, gid: NOBODY }) }
  const [program = '', ...words] = run.command
  const server = spawn(program, words, { ...options, stdio: 'pipe' })
  const exited = once(server, 'exit')
  try {
    await untilOk(`http://127.0.0.1:${port}/ready`, 30_000)
    const answer = await jsonOf(fetch(`http://127.0.0.1:${port}/search?q=Drohnen`))
    expect(answer.hits[0].id).toBe('nordkoreanische-soldaten.txt')
    const [checker = '', ...checkWords] = run.healthcheck
    execFileSync(checker, checkWords, options)
  } finally {
    server.kill('SIGTERM')
  }
  expect(await exited).toEqual([0, null])
})
