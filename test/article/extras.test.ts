import { describe, expect, it } from 'vitest'
import { extrasOf } from '../../src/article/extras.ts'
import { articleOf } from '../support/articles.ts'

describe('extrasOf', () => {
  it('gives nothing of a bare article', () => {
    expect(extrasOf(articleOf({ id: 'a', title: 'Titel', text: 'Text' }))).toEqual([])
  })

  it('gives tags, author and the strings of meta, each with its place', () => {
    const meta = { ort: 'Kursk', verletzte: 4700, wahr: true, themen: ['Krieg', 'Recht'], leer: [] }
    expect(extrasOf(articleOf({ id: 'a', tags: ['eins', 'zwei'], author: 'Anna Müller', meta }))).toEqual([
      { field: 'tags', index: 0, value: 'eins' },
      { field: 'tags', index: 1, value: 'zwei' },
      { field: 'author', index: null, value: 'Anna Müller' },
      { field: 'meta.ort', index: null, value: 'Kursk' },
      { field: 'meta.themen', index: 0, value: 'Krieg' },
      { field: 'meta.themen', index: 1, value: 'Recht' },
    ])
  })
})
