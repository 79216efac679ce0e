import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/folders.ts'
import { type Program, run, start } from '../support/program.ts'

const MASTER_KEY = 'f3c1a9d0e7b24586'
const UID = '4bc0887a-0e41-4f3b-935d-0c451dcee9c8'

async function serving(
  cache: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly program: Program; readonly url: string }> {
  const program = start(['serve', '--port', '0', '--cache', cache], env)
  const [, url = ''] = await program.until('out', /(http:\/\/\S+)/)
  return { program, url }
}

const statusOf = async (url: string, bearer: string): Promise<number> =>
  (await fetch(url, { headers: { authorization: `Bearer ${bearer}` } })).status

describe('the master key of a server', () => {
  it('that can be guessed is refused where other machines reach the server, and is not repeated', async () => {
    const { code, out, err } = await run(['serve', '--host', '0.0.0.0', '--port', '0', '--cache', temporaryFolder()], {
      env: { FUNDSTELLE_MASTER_KEY: 'kurz-und-gut' },
    })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('Der Hauptschlüssel hat 12 Bytes')
    expect(err).not.toContain('kurz-und-gut')
  })

  it('that can be guessed is warned of on this machine', async () => {
    const { program } = await serving(temporaryFolder(), { FUNDSTELLE_MASTER_KEY: 'kurz-und-gut' })
    expect(program.err).toContain('Achtung: der Hauptschlüssel hat nur 12 Bytes')
    expect(program.err).not.toContain('kurz-und-gut')
  })

  it('is needed by a private server', async () => {
    const { code, err } = await run(['serve', '--private', '--port', '0', '--cache', temporaryFolder()])
    expect(code).toBe(2)
    expect(err).toContain('--private braucht einen Hauptschlüssel')
  })

  it('may stand in a file', async () => {
    const file = join(temporaryFolder(), 'key')
    writeFileSync(file, `${MASTER_KEY}\n`)
    const { url } = await serving(temporaryFolder(), { FUNDSTELLE_MASTER_KEY_FILE: file })
    expect(await statusOf(`${url}/keys`, MASTER_KEY)).toBe(200)
    expect(await statusOf(`${url}/keys`, MASTER_KEY.slice(1))).toBe(403)
  })
})

describe('a key made in the shell', () => {
  it('opens a running server at once, until it is deleted; it stands in no file and in no log', async () => {
    const cache = temporaryFolder()
    const env = { FUNDSTELLE_MASTER_KEY: MASTER_KEY }
    const { program, url } = await serving(cache, env)
    const words = ['key', 'create', '--action', 'keys.get', '--uid', UID, '--cache', cache]
    const made = await run(words, { env })
    expect([made.code, made.out.trim()]).toEqual([0, createHmac('sha256', MASTER_KEY).update(UID).digest('hex')])
    const value = made.out.trim()
    expect(await statusOf(`${url}/keys`, value)).toBe(200)
    expect(await statusOf(`${url}/indexes`, value)).toBe(403)
    expect(await statusOf(`${url}/indexes/nichts`, value)).toBe(403)
    const deleted = await run(['key', 'delete', value, '--cache', cache], { env })
    expect(deleted.code).toBe(0)
    expect(await statusOf(`${url}/keys`, value)).toBe(403)
    for (const name of readdirSync(cache, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue
      const bytes = readFileSync(join(name.parentPath, name.name))
      for (const secret of [MASTER_KEY, value]) expect([name.name, bytes.includes(secret)]).toEqual([name.name, false])
    }
    await program.end('SIGTERM')
    for (const secret of [MASTER_KEY, value]) expect(program.out + program.err).not.toContain(secret)
  })
})
