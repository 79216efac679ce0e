import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../src/ingest/read-file.ts'
import type { ReadResult } from '../../src/ingest/reader.ts'

/** test/fixtures/publication: what files of each format say of their publication. */
interface Format {
  readonly path: string
  /** Lines around those of each case. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly cases: readonly {
    readonly comment: string
    readonly path?: string
    readonly text: readonly string[]
    /** For each article `public`, its state, or the moments from and until which it is public. */
    readonly readings: readonly string[]
  }[]
}

const folder = new URL('../fixtures/publication/', import.meta.url)

function told(reading: ReadResult): string {
  if (reading.kind === 'unpublished') return reading.state
  if (reading.kind !== 'article') return reading.kind
  const moment = (name: 'from' | 'until') =>
    reading[name] === undefined ? [] : [`${name} ${new Date(reading[name]).toISOString().replace('.000Z', 'Z')}`]
  return [...moment('from'), ...moment('until')].join(' ') || 'public'
}

describe.each(readdirSync(folder))('%s', (file) => {
  const { path, before, after, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Format

  it.each(cases.map((one) => [one.comment, one.text.join(' ').slice(-60), one] as const))('%s: %s', (_, __, one) => {
    const bytes = Buffer.from([...before, ...one.text, ...after].join('\n'))
    const result = readFile(bytes, one.path ?? path)
    expect(result.kind === 'read' ? [...result.readings].map(told) : result.kind).toEqual(one.readings)
  })
})
