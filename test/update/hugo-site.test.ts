import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { pdfFile, pdfPage } from '../support/pdf-file.ts'
import { articlesIn, optionsFor } from '../support/updating.ts'
import {
  type HugoExample,
  LANGUAGE_SITES,
  PAGE_SITES,
  page,
  REFUSED,
  SETTINGS_SITES,
  TARGET_SITES,
} from './hugo-sites.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const published = (): readonly string[] => Object.keys(articlesIn(cache)).sort()

describe.each<[string, Readonly<Record<string, HugoExample>>]>([
  ['languages', LANGUAGE_SITES],
  ['targets', TARGET_SITES],
  ['settings', SETTINGS_SITES],
  ['pages', PAGE_SITES],
])('of a site of Hugo, by its %s, is found what that publishes', (_, sites) => {
  it.each(Object.entries(sites))('%s', async (_name, { files, published: expected }) => {
    writeFiles(root, files)
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.message)).toEqual([])
    expect(published()).toEqual([...expected].sort())
  })
})

describe('settings of Hugo', () => {
  it('count for contents beside the folder of the site, also where only these are read', async () => {
    writeFiles(root, {
      'seite/hugo.toml': 'contentDir = "../inhalt"\n[[cascade]]\ndraft = true\n[cascade.target]\npath = "/s/**"\n',
      'inhalt/b.md': page(),
      'inhalt/s/c.md': page(),
      'inhalt/it/_index.md': page('cascade: {draft: true}\n'),
      'inhalt/it/d.md': page(),
      'anderes/a.md': page(),
    })
    await update(optionsFor(cache, [root]))
    expect(published()).toEqual(['anderes/a.md', 'inhalt/b.md'])
    const other = temporaryFolder()
    await update(optionsFor(other, [join(root, 'inhalt')]))
    expect(Object.keys(articlesIn(other))).toEqual(['b.md'])
  })

  it('count for contents that an absolute path names', async () => {
    writeFiles(root, {
      'seite/hugo.json': JSON.stringify({ contentDir: join(root, 'inhalt'), cascade: { draft: true } }),
      'inhalt/b.md': page(),
    })
    await update(optionsFor(cache, [root]))
    expect(published()).toEqual([])
  })

  it('of a folder that is broken refuse that folder, with the name of the file', async () => {
    writeFiles(root, { 'config/_default/languages.toml': '[de\n', 'content/a.md': page() })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.detail('de'))).toEqual([
      expect.stringMatching(/^config\/_default\/languages\.toml, Zeile 1: die Einstellungen/),
    ])
    expect(published()).toEqual([])
  })

  it('a document beside pages in several languages is public where one of them is, whatever order they lie in', async () => {
    const document = pdfFile([pdfPage(['Der Plan des Sommerfestes am Ufer.', 'Alle sind herzlich eingeladen.'])])
    const draft = page('draft: true\n')
    writeFiles(root, {
      'hugo.toml': 'defaultContentLanguage = "de"\n[languages.de]\n[languages.en]\n',
      ...{ 'content/a/index.de.md': draft, 'content/a/index.en.md': page() },
      ...{ 'content/b/index.de.md': page(), 'content/b/index.en.md': draft },
      ...{ 'content/c/index.de.md': draft, 'content/c/index.en.md': draft },
      // hidden by its section, and by itself
      'content/s/_index.md': page('cascade: {draft: true}\n'),
      ...{ 'content/s/d/index.de.md': page(), 'content/s/d/index.en.md': draft },
      ...{ 'content/s/e/index.de.md': page(), 'content/s/e/index.en.md': page() },
      'content/s/f/index.md': page('draft: false\n'),
      'content/g/index.md': page('cascade: {draft: true}\n'),
    })
    for (const folder of ['a', 'b', 'c', 's/d', 's/e', 's/f/anhang', 'g']) {
      mkdirSync(join(root, 'content', folder), { recursive: true })
      writeFileSync(join(root, 'content', folder, 'plan.pdf'), document)
    }
    await update(optionsFor(cache, [root]))
    expect(published().filter((id) => id.endsWith('.pdf'))).toEqual([
      ...['content/a/plan.pdf', 'content/b/plan.pdf', 'content/s/e/plan.pdf', 'content/s/f/anhang/plan.pdf'],
    ])
  })

  it.each(Object.entries(REFUSED))('that Hugo refuses are refused, and told: %s', async (_, settings) => {
    writeFiles(root, { 'hugo.json': settings, 'content/a.md': page() })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.code)).toEqual(['site_settings_broken'])
    expect(published()).toEqual([])
  })
})
