import { Buffer } from 'node:buffer'
import { expect, it } from 'vitest'
import { readFile } from '../../src/ingest/read-file.ts'

it.each([
  ['Titel;Text;Preis\nA;Worte;4,50', { preis: 4.5 }],
  ['Titel\tText\tPreis\nA\tWorte\t4,50', { preis: 4.5 }],
  ['title,text,population,section\nA,Words,"1,234","10,20"', { population: '1,234', section: '10,20' }],
])('%j: decimals are told by what parts the cells', (text, meta) => {
  const result = readFile(Buffer.from(text), 'a.csv')
  const [reading] = result.kind === 'read' ? [...result.readings] : []
  expect(reading).toMatchObject({ kind: 'article', article: { meta } })
})
