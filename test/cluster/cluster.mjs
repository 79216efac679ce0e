// A real OpenSearch cluster on loopback for tests and measurements: as many nodes as are asked for, each a JVM of its own in a folder of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { distribution, javaHome } from './distribution.mjs'

export const VERSION = '3.7.0'
const HEAP = '512m'
/** OpenSearch refuses to run as root: then it runs as nobody. */
const NOBODY = 65534
const HOST = '127.0.0.1'
const STARTED_MS_MAX = 240_000
const POLL_MS = 250

/**
 * Starts a cluster and waits until it has all its nodes.
 * @param {{ nodes?: number, version?: string }} options
 * @throws NoCluster where this machine has no Java or no distribution
 */
export async function startCluster({ nodes = 1, version = VERSION } = {}) {
  const java = javaHome(version)
  const home = distribution(version)
  const folder = mkdtempSync(join(tmpdir(), 'fundstelle-cluster-'))
  chmodSync(folder, 0o755)
  const ports = await freePorts(nodes * 2)
  const members = Array.from({ length: nodes }, (_, at) => ({
    name: `node-${at + 1}`,
    http: ports[at * 2],
    transport: ports[at * 2 + 1],
    folder: join(folder, `node-${at + 1}`),
  }))
  for (const member of members) writeSettings(member, members, home)
  const running = members.map((member) => new Node(member, home, java))
  const urls = members.map(({ http }) => `http://${HOST}:${http}`)
  const stop = async () => {
    await Promise.all(running.map((node) => node.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    for (const node of running) node.start()
    await Promise.all(running.map((node) => node.answers()))
    await withAllNodes(urls[0], nodes)
  } catch (error) {
    await stop()
    throw error
  }
  return { urls, url: urls[0], nodes: running, folder, stop }
}

/** One JVM; it can be ended, killed, stopped for a while and started again on the same data. */
class Node {
  constructor({ name, http, folder }, home, java) {
    Object.assign(this, { name, url: `http://${HOST}:${http}`, folder, home, java })
  }

  get pid() {
    return this.process?.pid
  }

  start() {
    const log = openSync(join(this.folder, 'out.log'), 'a')
    const program = join(this.home, 'bin', 'opensearch')
    const drop = ['--reuid', String(NOBODY), '--regid', String(NOBODY), '--clear-groups', 'bash', program]
    const [command, ...rest] = process.getuid() === 0 ? ['setpriv', ...drop] : ['bash', program]
    this.process = spawn(command, rest, {
      cwd: this.folder,
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        OPENSEARCH_JAVA_HOME: this.java,
        OPENSEARCH_PATH_CONF: join(this.folder, 'config'),
        OPENSEARCH_JAVA_OPTS: `-Xms${HEAP} -Xmx${HEAP}`,
        OPENSEARCH_TMPDIR: join(this.folder, 'tmp'),
      },
    })
    this.ended = once(this.process, 'exit')
  }

  /** Resolves once it answers over HTTP. */
  async answers() {
    for (const since = Date.now(); Date.now() - since < STARTED_MS_MAX; await pause(POLL_MS)) {
      if (this.process.exitCode !== null) break
      if ((await answerOf(`${this.url}/`)) !== null) return
    }
    throw new Error(`${this.name} does not answer:\n${readFileSync(join(this.folder, 'out.log'), 'utf8').slice(-4000)}`)
  }

  signal(name) {
    this.process.kill(name)
  }

  /** @param {'SIGTERM' | 'SIGKILL'} name */
  async stop(name = 'SIGTERM') {
    if (this.process === undefined || this.process.exitCode !== null || this.process.signalCode !== null) return
    this.process.kill(name)
    await this.ended
  }
}

function writeSettings({ name, http, transport, folder }, members, home) {
  const config = join(folder, 'config')
  for (const one of [folder, config, join(folder, 'data'), join(folder, 'logs'), join(folder, 'tmp')])
    mkdirSync(one, { recursive: true })
  cpSync(join(home, 'config', 'log4j2.properties'), join(config, 'log4j2.properties'))
  // logs of the JVM go where this node may write
  const options = readFileSync(join(home, 'config', 'jvm.options'), 'utf8')
  writeFileSync(join(config, 'jvm.options'), options.replace(/=(logs\/|data$)/gm, `=${folder}/$1`))
  const single = members.length === 1
  const settings = {
    'cluster.name': `fundstelle-test-${process.pid}`,
    'node.name': name,
    'path.data': join(folder, 'data'),
    'path.logs': join(folder, 'logs'),
    'network.host': HOST,
    'http.port': http,
    'transport.port': transport,
    // a full disk of the machine that tests run on is no case
    'cluster.routing.allocation.disk.threshold_enabled': false,
    ...(single
      ? { 'discovery.type': 'single-node' }
      : {
          'discovery.seed_hosts': members.map((one) => `${HOST}:${one.transport}`),
          'cluster.initial_cluster_manager_nodes': members.map((one) => one.name),
        }),
  }
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
  writeFileSync(join(config, 'opensearch.yml'), lines.join(''))
  if (process.getuid() !== 0) return
  for (const one of [folder, config, join(folder, 'data'), join(folder, 'logs'), join(folder, 'tmp')])
    chownSync(one, NOBODY, NOBODY)
  for (const file of ['jvm.options', 'log4j2.properties', 'opensearch.yml'])
    chownSync(join(config, file), NOBODY, NOBODY)
}

async function withAllNodes(url, nodes) {
  for (const since = Date.now(); Date.now() - since < STARTED_MS_MAX; await pause(POLL_MS)) {
    const health = await answerOf(`${url}/_cluster/health`)
    if (health?.number_of_nodes === nodes && health.status === 'green') return
  }
  throw new Error(`no cluster of ${nodes} nodes within ${STARTED_MS_MAX / 1000} s`)
}

/** @returns what an address answers; null where it answers nothing, or no success */
async function answerOf(url) {
  try {
    const response = await fetch(url)
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, HOST))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => server.address().port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}
