import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { IndexCollection } from '../../src/opensearch/index-collection.ts'
import { CLUSTER_URL, NEEDS_CLUSTER, testCluster } from '../support/cluster-engine.ts'
import { run, start } from '../support/program.ts'

const SEEDS = new URL('../../seeds', import.meta.url).pathname
const INDEX = `behind-tls-${process.pid}`
const KEY = 'VGhpcyBpcyBhIGtleQ=='
const [NAME, PASSWORD] = ['fundstelle', 'geheim & mehr']

/** Whether a program is there. */
function has(name: string, ...words: string[]): boolean {
  try {
    execFileSync(name, words, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const canRun = CLUSTER_URL !== undefined && has('caddy', 'version') && has('openssl', 'version')
const NEEDS = CLUSTER_URL === undefined ? NEEDS_CLUSTER : canRun ? '' : ' (skipped: needs caddy and openssl)'

/** A certificate for this machine by an authority that nobody else knows. */
function certificates(folder: string): void {
  const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' })
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...fresh, '-days', '2', '-subj', '/CN=An authority', '-keyout', 'ca.key', '-out', 'ca.pem')
  openssl('req', ...fresh, '-subj', '/CN=127.0.0.1', '-keyout', 'node.key', '-out', 'node.csr')
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'node.csr', ...signed, '-out', 'node.pem')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

describe.skipIf(!canRun)(`a cluster behind TLS, which wants to know who asks${NEEDS}`, () => {
  let folder = ''
  let address = ''
  let stop: () => Promise<void> = async () => {}
  const named = ['--index', INDEX, '--lang', 'en']
  const env = (url: string, more: NodeJS.ProcessEnv = {}) => ({
    FUNDSTELLE_ENGINE: 'opensearch',
    FUNDSTELLE_OPENSEARCH_URL: url,
    FUNDSTELLE_OPENSEARCH_CA: join(folder, 'ca.pem'),
    ...more,
  })
  const withKey = () => env(`https://${address}`, { FUNDSTELLE_OPENSEARCH_API_KEY: KEY })
  const search = (settings: NodeJS.ProcessEnv) =>
    run(['search', 'Drohnen', '--json', '--cache', join(folder, 'cache'), ...named], { env: settings })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fundstelle-cluster-tls-'))
    certificates(folder)
    address = `127.0.0.1:${await freePort()}`
    const hash = execFileSync('caddy', ['hash-password', '--plaintext', PASSWORD], { encoding: 'utf8' }).trim()
    const relay = `reverse_proxy ${(CLUSTER_URL as string).replace('http://', '')} {
          header_up -Authorization
        }`
    writeFileSync(
      join(folder, 'Caddyfile'),
      `{
        admin off
        auto_https off
      }
      https://${address} {
        tls node.pem node.key
        @key header Authorization "ApiKey ${KEY}"
        handle @key {
          ${relay}
        }
        handle {
          basicauth {
            ${NAME} ${hash}
          }
          ${relay}
        }
      }
      `,
    )
    const caddy = spawn('caddy', ['run', '--config', 'Caddyfile'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    })
    stop = async () => {
      if (caddy.exitCode !== null) return
      const ended = once(caddy, 'exit')
      caddy.kill()
      await ended
    }
    caddy.stderr.setEncoding('utf8')
    await new Promise<void>((resolve, reject) => {
      let log = ''
      caddy.stderr.on('data', (text: string) => {
        log += text
        if (log.includes('serving initial configuration')) resolve()
      })
      caddy.once('exit', () => reject(new Error(`Caddy has ended: ${log}`)))
    })
    expect(await run(['index', SEEDS, '--cache', join(folder, 'cache'), ...named], { env: withKey() })).toMatchObject({
      code: 0,
    })
  })
  afterAll(async () => {
    await stop()
    await new IndexCollection(testCluster(), `fundstelle-${INDEX}`).delete()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is searched with an API key, and with a name and a password in the address', async () => {
    const byName = env(`https://${NAME}:${encodeURIComponent(PASSWORD)}@${address}`)
    for (const settings of [withKey(), byName]) {
      const { code, out, err } = await search(settings)
      expect([code, err]).toEqual([0, ''])
      expect((JSON.parse(out) as { totalHits: number }).totalHits).toBeGreaterThan(0)
    }
  })

  it('is served from', async () => {
    const program = start(['serve', '--port', '0', ...named], withKey())
    const [, url] = await program.until('out', /Fundstelle answers at (http\S+)/)
    expect((await fetch(`${url}/search?q=Drohnen`)).status).toBe(200)
  })

  it('is not asked where its certificate is by an authority that nobody named', async () => {
    const { FUNDSTELLE_OPENSEARCH_CA: _, ...settings } = withKey()
    const { code, err } = await search(settings)
    expect([code, err]).toEqual([1, expect.stringMatching(/cannot be reached.*certificate/)])
  })

  it('says that it lets nobody in with another key, and the key is not told', async () => {
    const { code, err } = await search(env(`https://${address}`, { FUNDSTELLE_OPENSEARCH_API_KEY: 'another' }))
    expect([code, err]).toEqual([1, expect.stringContaining('answered 401')])
    expect(err).not.toContain('another')
  })

  it('says which file of certificates cannot be read', async () => {
    const { code, err } = await search(env(`https://${address}`, { FUNDSTELLE_OPENSEARCH_CA: '/no/such/file' }))
    expect([code, err]).toEqual([2, expect.stringContaining('/no/such/file')])
  })
})
