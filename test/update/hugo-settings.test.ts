import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { articlesIn, optionsFor } from '../support/updating.ts'
import { page, pages } from './hugo-sites.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

async function published(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  writeFiles(root, files)
  const { refusals } = await update(optionsFor(cache, [root]))
  expect(refusals.map(({ error }) => error.message)).toEqual([])
  return Object.keys(articlesIn(cache)).sort()
}

const DRAFTS = 'cascade: {draft: true}\n'
const ADDRESS = 'baseURL = "https://garten.example/"\n'

describe('a finished site that lies beside its sources', () => {
  it.each([
    ['', '../fertig'],
    ['config/_default/', '../fertig'],
  ])('is not read a second time (%shugo.toml)', async (folder, publishDir) => {
    const found = await published({
      [`site/${folder}hugo.toml`]: `${ADDRESS}publishDir = "${publishDir}"\n`,
      ...pages('site/content/a.md', 'anderes/b.md'),
      'fertig/a/index.html': '<html><body><main><h1>A</h1><p>Das ist der Text dieser Seite.</p></main></body></html>',
    })
    expect(found).toEqual(['anderes/b.md', 'site/content/a.md'])
  })
})

describe('settings in many files', () => {
  it('of a language, of all of it', async () => {
    const found = await published({
      'config/_default/hugo.toml': `${ADDRESS}defaultContentLanguage = "de"\n`,
      'config/_default/hugo.de.toml': 'contentDir = "content/de"\n',
      'config/_default/config.en.toml': 'contentDir = "content/en"\n',
      ...pages('content/de/a.md', 'content/en/a.md', 'content/fr/a.md'),
    })
    expect(found).toEqual(['content/de/a.md', 'content/en/a.md'])
  })

  it('in folders that lead back to themselves refuse the site', async () => {
    writeFiles(root, { 'config/_default/hugo.toml': ADDRESS, ...pages('content/a.md') })
    for (const name of ['a', 'b', 'c', 'd']) symlinkSync('.', join(root, 'config/_default', name))
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.code)).toEqual(['site_settings_broken'])
  })

  it('that say nothing of publication are not read', async () => {
    const found = await published({
      'config/_default/hugo.toml': ADDRESS,
      'config/_default/menus.de.toml': '[main\n',
      ...pages('content/a.md'),
    })
    expect(found).toEqual(['content/a.md'])
  })

  it.each([
    ['values.yaml', 'replicas: 3\n'],
    ['app.json', '{"port": 3, \n'],
    ['module.toml', 'name = "x"\n'],
  ])('of another program for production are not those of Hugo: %s', async (name, text) => {
    const found = await published({
      [`config/production/${name}`]: text,
      'texte/a.txt': 'Ein Text über den Garten.',
      ...pages('content/x/index.md', 'content/x/b.md'),
    })
    expect(found).toEqual(['content/x/b.md', 'content/x/index.md', 'texte/a.txt'])
  })

  it('for production, of Hugo alone', async () => {
    const found = await published({ 'config/production/hugo.yaml': DRAFTS, ...pages('content/a.md') })
    expect(found).toEqual([])
  })
})

describe('settings of a name that any program may have', () => {
  it.each([
    ['config.yaml', 'baseUrl: https://x.example\nport: 3\n'],
    ['config.json', '{"baseURL": "https://x.example", "timeout": 3}'],
    ['config.yml', 'taxonomies: [a, b]\n'],
  ])('are not those of Hugo for an address alone: %s', async (name, text) => {
    const all = ['content/a.md', 'content/b/c.md', 'content/index.md']
    expect(await published({ [name]: text, ...pages(...all) })).toEqual(all)
  })

  it.each([
    ['an address and a title', { 'config.yaml': 'baseURL: https://x.example\ntitle: Garten\n' }],
    ['an address and a folder', { 'config.toml': ADDRESS, 'archetypes/default.md': page() }],
    ['a language', { 'config.toml': 'languageCode = "de"\n' }],
  ])('are by %s', async (_, files) => {
    expect(await published({ ...files, ...pages('content/a/index.md', 'content/a/b.md') })).toEqual([
      'content/a/index.md',
    ])
  })
})

describe('what pages are made with, and what was made', () => {
  const finished = '<html><head><title>Fertig</title></head><body><p>Der Entwurf über den Garten.</p></body></html>'
  const around = {
    'data/x.json': '{"title": "Daten", "text": "Was Vorlagen lesen."}',
    'assets/y.html': finished,
    'i18n/z.md': 'Texte der Vorlagen.',
    'content/entwurf.md': page('draft: true\n'),
    ...pages('content/a.md', 'README.md'),
  }

  it.each([
    ['config.toml', `${ADDRESS}title = "Garten"\n`, 'public'],
    ['config/_default/hugo.toml', ADDRESS, 'public'],
    ['hugo.toml', 'publishDir = "fertig/hier"\n', 'fertig/hier'],
  ])('are no pages: by %s with %j', async (name, text, folder) => {
    const found = await published({ ...around, [name]: text, [`${folder}/entwurf/index.html`]: finished })
    expect(found).toEqual(['content/a.md'])
  })

  it('are read where they are asked for', async () => {
    writeFiles(root, { 'hugo.toml': ADDRESS, 'public/a/index.html': finished })
    await update(optionsFor(cache, [join(root, 'public')]))
    expect(Object.keys(articlesIn(cache))).toEqual(['a/index.html'])
  })

  it('are contents where the settings say so', async () => {
    const files = { 'hugo.toml': 'contentDir = "data"\npublishDir = "."\n', ...pages('data/a.md') }
    expect(await published(files)).toEqual(['data/a.md'])
  })
})

describe('pages beside a folder of their name', () => {
  it('are refused by themselves where they are too long, or link into nothing: they are no settings', async () => {
    writeFiles(root, {
      'hugo.toml': ADDRESS,
      'content/chronik.md': `${page()}${'Ein langer Satz über den Garten. '.repeat(40_000)}`,
      ...pages('content/chronik/a.md', 'content/weg/b.md'),
    })
    symlinkSync(join(root, 'nichts.md'), join(root, 'content/weg.md'))
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.code)).toEqual(['file_too_large', 'link_broken'])
    expect(Object.keys(articlesIn(cache)).sort()).toEqual(['content/chronik/a.md', 'content/weg/b.md'])
  })
})

describe('settings that are too large', () => {
  it('are named', async () => {
    writeFiles(root, { 'hugo.toml': `${ADDRESS}# ${'x'.repeat(2 << 20)}`, ...pages('content/a.md') })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.detail('de'))).toEqual([
      expect.stringMatching(/^hugo\.toml: die Einstellungen/),
    ])
  })
})

describe('without settings', () => {
  it('a section of drafts has all below it, whatever its name ends with', async () => {
    const found = await published({
      'content/g/_index.md': page(DRAFTS),
      ...pages(
        'content/g/node.js.md',
        'content/g/asp.net.md',
        'content/g/b.de.md',
        'content/g/b.md',
        'content/node.js.md',
      ),
    })
    expect(found).toEqual(['content/node.js.md'])
  })
})
