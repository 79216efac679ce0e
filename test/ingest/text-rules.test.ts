import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { readFile } from '../../src/ingest/read-file.ts'

function kinds(text: string): readonly string[] {
  const result = readFile(Buffer.from(text), 'a.txt')
  return result.kind === 'read' ? Array.from(result.readings, ({ kind }) => kind) : [result.kind]
}

it.each([
  '---\nAchtung: das ist: ein Problem\nzweite Zeile\n---\nRest',
  '---\nProtokoll der Sitzung\n\nTOP 1: Begrüßung\nTOP 2: Haushalt: Beratung\n---\nEnde',
  '---\n* Punkt eins\n* Punkt zwei\n---\nAntwort.',
])('%j is text between rules', (text) => {
  expect(kinds(text)).toEqual(['article'])
})

it('what a faulty head keeps back is kept back', () => {
  expect(kinds('---\ndraft: true\nx: [y\n---\nRest')).toEqual(['warning', 'unpublished'])
})
