import { describe, expect, it } from 'vitest'
import { leftOutLines, leftOutNames } from '../../src/cli/left-out.ts'
import { NO_ARTICLES, UNPUBLISHED_STATES } from '../../src/ingest/publication-words.ts'
import { NOTHING_LEFT_OUT } from '../../src/update/left-out.ts'

const lines = (counts: Readonly<Record<string, number>>, more: object = {}, language: 'de' | 'en' = 'de') =>
  leftOutLines({ ...NOTHING_LEFT_OUT, counts, ...more }, language)

describe('what was left out', () => {
  it.each([
    [{}, [], []],
    [{ draft: 1 }, ['Nicht öffentlich: 1 Entwurf'], ['Not public: 1 draft']],
    [{ draft: 2, noindex: 1 }, ['Nicht öffentlich: 2 Entwürfe, 1 noindex'], ['Not public: 2 drafts, 1 noindex']],
    [
      { private: 2, hidden: 3, expired: 1, archived: 4, deleted: 1 },
      ['Nicht öffentlich: 2 privat, 3 versteckt, 1 abgelaufen, 4 archiviert, 1 gelöscht'],
      ['Not public: 2 private, 3 hidden, 1 expired, 4 archived, 1 deleted'],
    ],
    [
      { attachment: 1, redirect: 2, errorPage: 1, 'type:rezept': 12 },
      ['Keine Artikel: 2 Weiterleitungen, 1 Fehlerseite, 1 Anhang, 12 × rezept'],
      ['No articles: 2 redirects, 1 error page, 1 attachment, 12 × rezept'],
    ],
  ])('%j', (counts, german, english) => {
    expect(lines(counts)).toEqual(german)
    expect(lines(counts, {}, 'en')).toEqual(english)
  })

  it('says when the next planned one comes: by its day where that begins then, else by the minute', () => {
    const nextAt = Date.parse('2027-01-01')
    expect(lines({ scheduled: 1 }, { nextAt })).toEqual(['Nicht öffentlich: 1 geplant (das nächste ab 2027-01-01)'])
    expect(lines({ scheduled: 2 }, { nextAt: nextAt + 5_400_000 }, 'en')).toEqual([
      'Not public: 2 scheduled (the next from 2027-01-01 01:30 UTC)',
    ])
    expect(lines({ scheduled: 1 })).toEqual(['Nicht öffentlich: 1 geplant'])
  })

  it('names the folders that were not looked into, and not all of many', () => {
    expect(lines({}, { folders: ['a/_includes'] })).toEqual(['Keine Artikel: 1 Ordner (a/_includes)'])
    const folders = Array.from({ length: 9 }, (_, index) => `f${index}`)
    expect(lines({}, { folders }, 'en')).toEqual(['No articles: 9 folders (f0, f1, f2, f3, f4, f5, f6, f7, …)'])
  })

  it('has words for every state', () => {
    for (const state of [...UNPUBLISHED_STATES, ...NO_ARTICLES])
      for (const language of ['de', 'en'] as const) expect(lines({ [state]: 3 }, {}, language)).toHaveLength(1)
  })

  it('names the first articles of each state, where they stand and what they are called', () => {
    const articles = [3, 5, 8, 9, 12].map((line) => ({ title: line === 8 ? '' : `Post ${line}`, line }))
    const files = [
      { file: `${process.cwd()}/a/export.xml`, state: 'draft', count: 6, articles },
      { file: `${process.cwd()}/b.md`, state: 'private', count: 1, articles: [{ title: 'B', line: 1 }] },
      { file: `${process.cwd()}/alt.html`, state: 'redirect', count: 1, articles: [] },
    ]
    expect(leftOutNames({ ...NOTHING_LEFT_OUT, files }, 'de')).toEqual([
      '  Entwürfe: a/export.xml:3 „Post 3“, a/export.xml:5 „Post 5“, a/export.xml:8, a/export.xml:9 „Post 9“, a/export.xml:12 „Post 12“, …',
      '  privat: b.md „B“',
    ])
    expect(leftOutNames({ ...NOTHING_LEFT_OUT, files: files.slice(1) }, 'en')).toEqual(['  private: b.md “B”'])
  })
})
