import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { FundstelleError } from '../../../src/errors.ts'
import { ZipArchive } from '../../../src/ingest/documents/zip.ts'
import { zipFile } from '../../support/zip-file.ts'

const codeOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return (error as FundstelleError).code
  }
  return 'none'
}

describe('an archive', () => {
  test('gives back what was put in, whatever stands before and behind it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-zäöü/]{1,20}$/), fc.uint8Array({ maxLength: 500 }), { maxKeys: 6 }),
        fc.uint8Array({ maxLength: 60 }),
        fc.stringMatching(/^[a-z ]{0,40}$/),
        (files, before, comment) => {
          const archive = new ZipArchive(zipFile(files, { before, comment }))
          expect(archive.names).toEqual(Object.keys(files))
          for (const [name, content] of Object.entries(files)) expect([...archive.read(name)]).toEqual([...content])
        },
      ),
    )
  })

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['no archive', Buffer.from('PK\x03\x04 und sonst nichts')],
    ['one without its end', zipFile({ a: 'x'.repeat(100) }).subarray(0, -10)],
    ['one without its directory', Buffer.concat([Buffer.from('PK'), zipFile({ a: 'x' }).subarray(-22)])],
  ])('%s is damaged', (_, bytes) => {
    expect(codeOf(() => new ZipArchive(bytes))).toBe('document_broken')
  })

  it.each<[string, Parameters<typeof zipFile>[1], string]>([
    ['whose checksum is another one', { checksum: 1 }, 'document_broken'],
    ['that is encrypted', { flags: 1 }, 'document_encrypted'],
    ['that is packed in an unknown way', { method: 99 }, 'document_broken'],
    ['that says it is shorter than it is', { saidBytes: 1 }, 'none'],
    ['that says it is longer than it is', { saidBytes: 4_000_000_000 }, 'none'],
  ])('has a file %s', (_, options, code) => {
    const archive = new ZipArchive(zipFile({ a: 'Text '.repeat(50) }, options))
    expect(codeOf(() => expect(archive.read('a').toString()).toBe('Text '.repeat(50)))).toBe(code)
  })

  it('whose file was changed afterwards is damaged', () => {
    const bytes = zipFile({ mimetype: 'ein Text, der nicht gepackt ist' })
    bytes[bytes.indexOf('Text')] = 0x58
    expect(codeOf(() => new ZipArchive(bytes).read('mimetype'))).toBe('document_broken')
  })

  it('has no file of a name that it does not name', () => {
    expect(codeOf(() => new ZipArchive(zipFile({ a: '' })).read('b'))).toBe('document_broken')
  })

  it('that swells is given up at its limit, be it one file or all of them', () => {
    const large = Buffer.alloc(65 << 20)
    expect(codeOf(() => new ZipArchive(zipFile({ a: large }, { saidBytes: 5 })).read('a'))).toBe('document_swollen')
    const archive = new ZipArchive(
      zipFile({ a: large.subarray(5 << 20), b: large.subarray(5 << 20), c: large.subarray(5 << 20) }),
    )
    expect([archive.read('a').length, archive.read('b').length]).toEqual([60 << 20, 60 << 20])
    expect(codeOf(() => archive.read('c'))).toBe('document_swollen')
  })
})
