import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { FundstelleError } from '../../../src/errors.ts'
import { ArticleIndex } from '../../../src/index/segment/segment.ts'
import type { FileDigest } from '../../../src/index/snapshot/block-hash.ts'
import { differences } from '../../../src/index/snapshot/differences.ts'
import { type Manifest, readManifest } from '../../../src/index/snapshot/manifest.ts'
import { readSegment } from '../../../src/index/snapshot/segment-reader.ts'
import { writeSegment } from '../../../src/index/snapshot/segment-writer.ts'
import { articleOf } from '../../support/articles.ts'
import { temporaryFolder } from '../../support/folders.ts'
import { analyzer } from '../../support/memory-index.ts'

const IDENTITY = { fingerprint: 'abc', storeId: 'store-1' }

function sample(): ArticleIndex {
  const index = new ArticleIndex()
  index.add(3, articleOf({ id: '\ufeffmarke', title: 'Haus-Boot', text: 'Ein Boot. Zwei Boote am Ufer.' }), analyzer)
  index.add(5, articleOf({ id: 'ü/2', text: 'Drohnen, 4.700 Stück', tags: ['Luft'], date: '2024-03-03' }), analyzer)
  index.add(8, articleOf({ id: 'geht', text: 'verschwindet wieder' }), analyzer)
  index.remove(8)
  index.seqNo = 9
  return index
}

let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
  writeSegment(folder, sample(), IDENTITY)
})

/** Whatever it was: it must be named as unsound and nothing else. */
async function complaint(identity = IDENTITY): Promise<string> {
  const error = await readSegment(folder, identity).then(
    () => 'nothing was wrong',
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(FundstelleError)
  expect((error as FundstelleError).code).toBe('snapshot_unsound')
  expect(String((error as FundstelleError).params['path'])).toContain(folder)
  return (error as FundstelleError).detail('en')
}

const manifestPath = (): string => join(folder, 'manifest.json')
const manifest = (): Manifest => JSON.parse(readFileSync(manifestPath(), 'utf8')) as Manifest

/** Changes the manifest, and makes its checksum right again. */
function writeSealed(changes: { readonly [Name in keyof Manifest]?: Manifest[Name] | undefined }): void {
  const { sha256: _, ...before } = manifest()
  const sealed = { ...before, ...changes }
  const sha256 = createHash('sha256').update(JSON.stringify(sealed)).digest('hex')
  writeFileSync(manifestPath(), JSON.stringify({ ...sealed, sha256 }))
}

describe('a sound snapshot', () => {
  test('is read no further when that is no longer wanted, and is not named unsound', async () => {
    const stop = new AbortController()
    const reading = readSegment(folder, IDENTITY, stop.signal)
    stop.abort()
    await expect(reading).rejects.toBe(stop.signal.reason)
  })

  test('is the index again, change number included', async () => {
    const index = await readSegment(folder, IDENTITY)
    expect(differences(index, sample())).toEqual([])
    expect(index.seqNo).toBe(9)
    expect([...index.documents.ids]).toEqual(['\ufeffmarke', 'ü/2', 'geht'])
    expect(await readManifest(folder)).toMatchObject({ ...IDENTITY, change: 9, articles: 2 })
  })

  test('of an empty index is an empty one', async () => {
    writeSegment(folder, new ArticleIndex(), IDENTITY)
    expect((await readSegment(folder, IDENTITY)).documents.size).toBe(0)
  })

  test('does not mind a file that does not belong to it', async () => {
    writeFileSync(join(folder, 'fremd.txt'), 'x')
    expect((await readSegment(folder, IDENTITY)).documents.liveCount).toBe(2)
  })
})

describe('never read, but named as unsound:', () => {
  test('another store', async () => {
    expect(await complaint({ ...IDENTITY, storeId: 'store-2' })).toMatch(/another store/)
  })

  test.each([
    ['snapshot_rules', 'rules2-code1'],
    ['snapshot_version', 'rules1-code2'],
    ['snapshot_version', 'def'],
  ])('%s: %s', async (code, fingerprint) => {
    writeSegment(folder, sample(), { ...IDENTITY, fingerprint: 'rules1-code1' })
    const reading = readSegment(folder, { ...IDENTITY, fingerprint })
    await expect(reading).rejects.toMatchObject({ code, params: { path: folder } })
  })

  test.each([-1, 1, 999])('a format %i numbers away, though its checksums are right', async (away) => {
    const { format } = manifest()
    writeSealed({ format: format + away })
    expect(await complaint()).toMatch(`format ${format + away}, expected ${format}`)
  })

  test.each([
    ['empty', ''],
    ['no JSON', '{"format": 2,'],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['an object of nothing', '{}'],
  ])('a manifest that is %s', async (_, content) => {
    writeFileSync(manifestPath(), content)
    await complaint()
  })

  test('a manifest without files', async () => {
    writeSealed({ files: undefined })
    expect(await complaint()).not.toMatch(/checksum/)
  })

  test('a manifest that counts other articles than there are, though its checksum is right', async () => {
    writeSealed({ articles: manifest().articles + 1 })
    expect(await complaint()).toMatch(/number of articles/)
  })

  test.each([undefined, 0, -1, 1.5, '1024'])('a manifest whose blocks have %s bytes', async (blockBytes) => {
    writeSealed({ blockBytes: blockBytes as number })
    expect(await complaint()).toMatch(/blockBytes is/)
  })

  test('a manifest that lacks a checksum', async () => {
    const { files } = manifest()
    writeSealed({ files: { ...files, 'order.bin': { ...(files['order.bin'] as FileDigest), sha256: [] } } })
    expect(await complaint()).toMatch(/order\.bin is damaged: bytes 0 to \d+ do not match/)
  })

  test('no manifest, no folder', async () => {
    rmSync(manifestPath())
    await complaint()
    rmSync(folder, { recursive: true })
    await complaint()
  })

  // A snapshot that says it is older or newer than it is would get articles twice, or lose some, without a word
  test.each(['change', 'articles', 'tokens'] as const)('a manifest with another %s', async (name) => {
    writeFileSync(manifestPath(), JSON.stringify({ ...manifest(), [name]: manifest()[name] - 1 }))
    expect(await complaint()).toMatch(/manifest\.json .*checksum/)
  })

  test('each file missing, cut off or longer', async () => {
    for (const name of Object.keys(manifest().files)) {
      const path = join(folder, name)
      const bytes = readFileSync(path)
      rmSync(path)
      expect(await complaint()).toContain(name)
      for (const length of [0, 1, bytes.length >> 1, bytes.length - 1]) {
        writeFileSync(path, bytes.subarray(0, length))
        expect(await complaint()).toContain(name)
      }
      writeFileSync(path, Buffer.concat([bytes, Buffer.from('x')]))
      expect(await complaint()).toContain(name)
      writeFileSync(path, bytes)
    }
    expect((await readSegment(folder, IDENTITY)).documents.liveCount).toBe(2)
  })

  test('a list of files in the manifest that is not the whole list', async () => {
    const { files, ...rest } = manifest()
    for (const name of Object.keys(files)) {
      const { [name]: _, ...others } = files
      writeFileSync(manifestPath(), JSON.stringify({ ...rest, files: others }))
      await complaint()
    }
  })

  test('any byte of any file flipped, or else it says the very same', async () => {
    const names = readdirSync(folder)
    expect(names).toHaveLength(10)
    const flip = fc.record({ name: fc.constantFrom(...names), at: fc.nat(), bit: fc.nat(7) })
    let noticed = 0
    await fc.assert(
      fc.asyncProperty(flip, async ({ name, at, bit }) => {
        const path = join(folder, name)
        const bytes = readFileSync(path)
        const damaged = Buffer.from(bytes)
        const position = at % damaged.length
        damaged[position] = (damaged[position] as number) ^ (1 << bit)
        writeFileSync(path, damaged)
        try {
          // blanks between the manifest's lines may change without changing what it says
          const index = await readSegment(folder, IDENTITY)
          expect(name).toBe('manifest.json')
          expect(differences(index, sample())).toEqual([])
          expect(index.seqNo).toBe(9)
        } catch (error) {
          if (!(error instanceof FundstelleError)) throw error
          expect(error.code).toBe('snapshot_unsound')
          noticed += 1
        } finally {
          writeFileSync(path, bytes)
        }
      }),
      { numRuns: 600 },
    )
    expect(noticed).toBeGreaterThan(500)
  })
})
