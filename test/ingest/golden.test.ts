import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../src/ingest/read-file.ts'

/** test/fixtures/ingest/cases.json: what each sample file must become. Fields that are not named are not compared. */
interface Case {
  readonly file: string
  /** What the case shows. */
  readonly comment: string
  readonly readings: 'skipped' | readonly Expected[]
}

type Expected =
  | { readonly article: Readonly<Record<string, unknown>> }
  | { readonly refusal: string; readonly line: number | null; readonly detail?: string }
  | { readonly warning: string; readonly line: number }
  | { readonly unpublished: string }

const folder = new URL('../fixtures/ingest/', import.meta.url)
const cases = JSON.parse(readFileSync(new URL('cases.json', folder), 'utf8')) as readonly Case[]

describe('sample files', () => {
  it.each(cases.map(({ file, comment, readings }) => [file, comment, readings] as const))(
    '%s: %s',
    (file, _, expected) => {
      const result = readFile(readFileSync(new URL(file, folder)), file)
      if (expected === 'skipped' || result.kind === 'skipped') {
        expect(result.kind).toBe(expected === 'skipped' ? 'skipped' : 'read')
        return
      }
      const readings = [...result.readings]
      const got = readings.map((reading, index) => {
        if (reading.kind === 'unpublished') return { unpublished: reading.state }
        if (reading.kind === 'warning') return { warning: reading.error.code, line: reading.line }
        if (reading.kind === 'refusal') {
          const { error, line } = reading
          const wanted = expected[index]
          const detail = wanted !== undefined && 'detail' in wanted ? { detail: error.detail('de') } : {}
          return { refusal: error.code, line, ...detail }
        }
        const wanted = expected[index]
        const names =
          wanted !== undefined && 'article' in wanted ? Object.keys(wanted.article) : ['id', 'title', 'text']
        const all = Object.entries(reading.article)
        return { article: Object.fromEntries(all.filter(([name]) => names.includes(name))) }
      })
      expect(got).toEqual(expected)
    },
  )
})
