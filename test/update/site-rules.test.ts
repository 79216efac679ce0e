import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { pdfFile, pdfPage } from '../support/pdf-file.ts'
import { articlesIn, optionsFor, updated } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const page = (head = ''): string => `---\ntitle: Seite\n${head}---\nEin Text.`

interface Site {
  readonly files: Readonly<Record<string, string>>
  readonly published: readonly string[]
  /** Of what is left out: how often each state. */
  readonly leftOut?: Readonly<Record<string, number>>
  /** What the generator makes no page of. */
  readonly skipped?: readonly string[]
}

const SITES: Readonly<Record<string, Site>> = {
  'a section of Hugo gives its values to all below; nearer ones and heads of their own beat them': {
    files: {
      'content/_index.md': page(),
      'content/intern/_index.md': page('cascade:\n  draft: true\n'),
      'content/intern/a.md': page(),
      'content/intern/tief/b.md': page(),
      'content/intern/offen.md': page('draft: false\n'),
      'content/intern/neu/_index.md': page('cascade: {draft: false}\n'),
      'content/intern/neu/c.md': page(),
      'content/d.md': page(),
    },
    published: [
      'content/_index.md',
      'content/d.md',
      'content/intern/neu/_index.md',
      'content/intern/neu/c.md',
      'content/intern/offen.md',
    ],
    leftOut: { draft: 3 },
  },
  'build options in TOML': {
    files: {
      'content/teile/_index.md': '+++\ntitle = "Teile"\n[cascade.build]\nrender = "never"\nlist = "never"\n+++\n',
      'content/teile/a.md': '+++\ntitle = "A"\n+++\nText',
      'content/b.md': '+++\ntitle = "B"\n+++\nText',
    },
    published: ['content/b.md'],
    leftOut: { hidden: 2 },
  },
  'a list with targets: path, kind and environment': {
    files: {
      'content/_index.md': page(
        'cascade:\n- _target: {path: "/{news,blog}/**"}\n  draft: true\n- target: {kind: page, path: "/team/**"}\n  private: true\n' +
          '- target: {environment: development}\n  draft: true\n',
      ),
      'content/news/a.md': page(),
      'content/Blog/b/index.md': page(),
      'content/team/_index.md': page(),
      'content/team/c.md': page(),
      'content/team/neu/f.md': page(),
      'content/d.md': page(),
    },
    published: ['content/_index.md', 'content/d.md', 'content/team/_index.md'],
    leftOut: { draft: 2, private: 2 },
  },
  'a star of a path stands for one name': {
    files: {
      'content/_index.md': page(
        'cascade:\n- target: {path: "/blog/*"}\n  draft: true\n- target: {path: /team}\n  draft: true\n',
      ),
      'content/blog/a.md': page(),
      'content/blog/b/c.md': page(),
      'content/team/x.md': page(),
      'content/team/_index.md': page(),
    },
    published: ['content/_index.md', 'content/blog/b/c.md', 'content/team/x.md'],
    leftOut: { draft: 2 },
  },
  'kinds of lists that are no sections': {
    files: {
      'content/_index.md': page('cascade:\n- target: {kind: "{taxonomy,term}"}\n  build: {render: never}\n'),
      'content/tags/rad/_index.md': page(),
      'content/s/_index.md': page(),
    },
    published: ['content/_index.md', 'content/s/_index.md'],
    leftOut: { hidden: 1 },
  },
  'the language of files that name none, by the settings': {
    files: {
      'hugo.toml':
        'defaultContentLanguage = "de"\nContentDir = "inhalt"\n[[Cascade]]\nDraft = true\n[Cascade.Target]\nLang = "de"\npath = "/s/**"\n[languages.de]\n[languages.en]\n',
      'inhalt/s/a.md': page(),
      'inhalt/s/a.en.md': page(),
      'inhalt/t/_index.de.md': page('cascade: {draft: true}\n'),
      'inhalt/t/b.md': page(),
      'inhalt/t/b.en.md': page(),
      'inhalt/u/_index.md': page('cascade: {draft: true}\n'),
      'inhalt/u/c.md': page(),
      'inhalt/u/c.en.md': page(),
    },
    published: ['inhalt/s/a.en.md', 'inhalt/t/b.en.md', 'inhalt/u/c.en.md'],
    leftOut: { draft: 5 },
  },
  'a target in another language than its section': {
    files: {
      'hugo.toml': 'defaultContentLanguage = "de"\n[languages.de]\n[languages.en]\n',
      'content/_index.md': page(
        'cascade:\n- target: {lang: en, path: "/a/**"}\n  draft: true\n- target: {sites: {matrix: {languages: [en]}}, path: "/b/**"}\n  draft: true\n',
      ),
      ...{
        'content/a/x.md': page(),
        'content/a/x.en.md': page(),
        'content/b/y.md': page(),
        'content/b/y.en.md': page(),
      },
    },
    published: ['content/_index.md', 'content/a/x.md', 'content/b/y.md'],
    leftOut: { draft: 2 },
  },
  'what lies beside the index of a bundle is a part of its page': {
    files: {
      'hugo.toml': '',
      'content/reise/index.md': page('draft: true\n'),
      'content/reise/tag1.md': page(),
      'content/reise/anhang/bild.html': '<title>Bild</title><p>Text',
      'content/liste/_index.md': page(),
      'content/liste/a.md': page(),
    },
    published: ['content/liste/_index.md', 'content/liste/a.md'],
    leftOut: { draft: 1 },
    skipped: ['content/reise/anhang/bild.html', 'content/reise/tag1.md'],
  },
  'collections of Jekyll without an output, and folders that are none': {
    files: {
      '_config.yml': 'collections:\n  intern: {output: false}\n  team: {output: true}\ninclude: [_seiten]\n',
      '_intern/a.md': page(),
      '_team/b.md': page(),
      '_ideen/c.md': page(),
      '_seiten/d.md': page(),
      'x/_posts/2020-01-01-e.md': page(),
    },
    published: ['_seiten/d.md', '_team/b.md', 'x/_posts/2020-01-01-e.md'],
    skipped: ['_ideen', '_intern'],
  },
  'drafts of MkDocs that base settings name, or a list; a README is a page': {
    files: {
      'base.yml': 'draft_docs: [a.md, /b/]\n',
      'mkdocs.yml': 'INHERIT: base.yml\nsite_name: x\n',
      'docs/a.md': page(),
      'docs/b/c.md': page(),
      'docs/d/README.md': page(),
      'README.md': page(),
    },
    published: ['docs/d/README.md'],
    leftOut: { draft: 2 },
  },
  'what Quarto is told to render': {
    files: {
      '_quarto.yml': 'project:\n  render: ["*.qmd", "!intern/", "!skizze.qmd"]\n',
      'a.qmd': page(),
      'b/c.qmd': page(),
      'intern/d.qmd': page(),
      'skizze.qmd': page(),
      'e.md': page(),
    },
    published: ['a.qmd', 'b/c.qmd'],
    skipped: ['e.md', 'intern', 'skizze.qmd'],
  },
  'data of one page in Eleventy': {
    files: {
      'eleventy.config.js': '',
      'a.md': page(),
      'a.json': '{"draft": true}',
      'b.md': page(),
      'b.11tydata.json': '{"permalink": false}',
      'bc.md': page(),
    },
    published: ['bc.md'],
    leftOut: { draft: 1, hidden: 1 },
  },
  'settings in a folder of their own': {
    files: { 'config/_default/hugo.toml': '[cascade]\ndraft = true\n', 'content/a.md': page(), 'notiz.md': page() },
    published: ['notiz.md'],
    leftOut: { draft: 1 },
  },
  'a section in one language speaks of pages in it': {
    files: {
      'x/_index.en.md': page('cascade: {draft: true}\n'),
      'x/a.md': page(),
      'x/a.en.md': page(),
      'x/b.de.md': page(),
    },
    published: ['x/a.md', 'x/b.de.md'],
    leftOut: { draft: 2 },
  },
  'of the settings of a Hugo site; its texts are copied, not made pages of': {
    files: {
      'hugo.toml': 'title = "T"\n[[cascade]]\ndraft = true\n[cascade.target]\npath = "/alt/**"\n',
      'content/alt/a.md': page(),
      'content/b.md': page(),
      'static/notiz.txt': 'Kein Artikel',
    },
    published: ['content/b.md'],
    leftOut: { draft: 1 },
    skipped: ['static/notiz.txt'],
  },
  'a moment that a section gives': {
    files: {
      'content/s/_index.md': page('cascade:\n  expiryDate: 2001-01-01\n'),
      'content/s/a.md': page(),
      'content/b.md': page(),
    },
    published: ['content/b.md'],
    leftOut: { expired: 2 },
  },
  'a draft section of Zola hides its pages': {
    files: {
      'config.toml': 'base_url = "https://example.org"\n',
      'content/s/_index.md': '+++\ntitle = "S"\ndraft = true\n+++\n',
      'content/s/a.md': '+++\ntitle = "A"\n+++\nText',
      'content/b.md': '+++\ntitle = "B"\n+++\nText',
    },
    published: ['content/b.md'],
    leftOut: { draft: 2 },
  },
  'a draft section of Hugo hides itself alone': {
    files: { 'hugo.yaml': 'title: T\n', 'content/s/_index.md': page('draft: true\n'), 'content/s/a.md': page() },
    published: ['content/s/a.md'],
    leftOut: { draft: 1 },
  },
  'defaults and exclusions of Jekyll': {
    files: {
      '_config.yml':
        'defaults:\n- scope: {path: "", type: posts}\n  values: {published: false}\n- scope: {path: "_posts/neu"}\n  values: {published: true}\n' +
        '- scope: {path: intern}\n  values: {sitemap: false}\nexclude: [plan, "*.entwurf.md", ./liste.md]\n',
      '_posts/2020-01-01-a.md': page(),
      '_posts/neu/2020-01-01-b.md': page(),
      'intern/c.md': page(),
      'plan/d.md': page(),
      'e.entwurf.md': page(),
      'liste.md': page(),
      'x/plan/f.md': page(),
    },
    published: ['_posts/neu/2020-01-01-b.md', 'x/plan/f.md'],
    leftOut: { draft: 1, noindex: 1 },
    skipped: ['e.entwurf.md', 'liste.md', 'plan'],
  },
  'of the defaults of Jekyll those of the longest path count, in whatever order': {
    files: {
      '_config.yml':
        'source: src\ncollections: {x: {output: true}}\ndefaults:\n- scope: {path: intern}\n  values: {published: false}\n- scope: {path: ""}\n  values: {published: true}\n' +
        '- scope: {path: "", type: pages}\n  values: {published: false}\n- scope: {path: neu}\n  values: {published: true}\n',
      'src/intern/a.md': page(),
      'src/_x/b.md': page(),
      'src/c.md': page(),
      'src/neu/d.md': page(),
    },
    published: ['src/_x/b.md', 'src/neu/d.md'],
    leftOut: { draft: 2 },
  },
  'exclusions of Jekyll are beginnings, and their stars reach over slashes; inclusions beat them': {
    files: {
      '_config.yml': 'exclude: [plan, "docs/*.md", "*.html"]\ninclude: [index.html]\n',
      'planung.md': page(),
      'docs/x/y.md': page(),
      'docs/z.txt': 'Ein Text',
      'index.html': '<title>Start</title><p>Ein Text.',
      'a.html': '<title>A</title><p>Ein Text.',
    },
    published: ['docs/z.txt', 'index.html'],
    skipped: ['a.html', 'docs/x/y.md', 'planung.md'],
  },
  'an attribute of AsciiDoc beats them': {
    files: {
      '_config.yml': 'defaults:\n- values: {published: false}\n',
      'a.adoc': '= A\n:page-published: true\n\nText',
      'b.adoc': '= B\n\nText',
    },
    published: ['a.adoc'],
    leftOut: { draft: 1 },
  },
  'the search of Zola leaves out what lies in a section, not what lies below': {
    files: {
      'config.toml': 'base_url = "https://example.org"\n',
      'content/s/_index.md': '+++\ntitle = "S"\nin_search_index = false\n+++\n',
      'content/s/a.md': '+++\ntitle = "A"\n+++\nText',
      'content/s/t/b.md': '+++\ntitle = "B"\n+++\nText',
    },
    published: ['content/s/t/b.md'],
    leftOut: { noindex: 2 },
  },
  'drafts of Quarto that are shown': {
    files: { '_quarto.yml': 'website:\n  draft-mode: visible\n  drafts: [a.qmd]\n', 'a.qmd': page() },
    published: ['a.qmd'],
  },
  'posts of Jekyll in a site of Docusaurus': {
    files: { 'docusaurus.config.js': '', 'blog/_posts/2020-01-01-a.md': page(), 'docs/_teil.md': page() },
    published: ['blog/_posts/2020-01-01-a.md'],
    skipped: ['docs/_teil.md'],
  },
  'folders whose names came from a Mac': {
    files: {
      [`${'Beiträge'.normalize('NFD')}/_index.md`]: page('cascade: {draft: true}\n'),
      [`${'Beiträge'.normalize('NFD')}/a.md`]: page(),
    },
    published: [],
    leftOut: { draft: 2 },
  },
  'an article that is called as its folder is': {
    files: { 'haus/haus.json': '{"title": "Haus", "text": "Ein Text.", "status": "draft"}', 'haus/a.md': page() },
    published: ['haus/a.md'],
    leftOut: { draft: 1 },
  },
  'drafts and exclusions of MkDocs, with tags that only Python knows': {
    files: {
      'mkdocs.yml':
        'site_name: !ENV [NAME, T]\nexclude_docs: |\n  /werkzeug/\n  *.tpl.md\ndraft_docs: |\n  entwurf-*.md\n' +
        'markdown_extensions:\n- pymdownx.emoji:\n    emoji_index: !!python/name:material.extensions.emoji.twemoji\n',
      'docs/a.md': page(),
      'docs/entwurf-b.md': page(),
      'docs/werkzeug/c.md': page(),
      'docs/d.tpl.md': page(),
      'docs/werkzeug2/entwurf-e.md': page(),
      'docs/lizenz.txt': 'kopiert',
    },
    published: ['docs/a.md'],
    leftOut: { draft: 2 },
    skipped: ['docs/d.tpl.md', 'docs/lizenz.txt', 'docs/werkzeug'],
  },
  'values of a folder in Material for MkDocs and in Quarto': {
    files: {
      'a/.meta.yml': 'search:\n  exclude: true\n',
      'a/x.md': page(),
      'b/_metadata.yml': 'draft: true\n',
      'b/y.qmd': page(),
      'c.md': page(),
    },
    published: ['c.md'],
    leftOut: { noindex: 1, draft: 1 },
  },
  'drafts that the settings of Quarto list, and parts': {
    files: {
      '_quarto.yml': 'website:\n  drafts:\n  - posts/a.qmd\n',
      'posts/a.qmd': page(),
      'posts/b.qmd': page(),
      'posts/_teil.qmd': page(),
    },
    published: ['posts/b.qmd'],
    leftOut: { draft: 1 },
    skipped: ['posts/_teil.qmd'],
  },
  'parts of pages in Astro, Docusaurus and Nuxt': {
    files: {
      'astro.config.mjs': '',
      'src/content/docs/_teil.mdx': 'Ein Teil',
      'src/content/docs/_bau/a.md': page(),
      'src/content/docs/b.mdx': page(),
      'public/c.txt': 'kopiert',
    },
    published: ['src/content/docs/b.mdx'],
    skipped: ['public/c.txt', 'src/content/docs/_bau', 'src/content/docs/_teil.mdx'],
  },
  'data of a folder in Eleventy, and what it ignores': {
    files: {
      '.eleventy.js': '',
      '.eleventyignore': 'plan/\n',
      'posts/posts.json': '{"eleventyExcludeFromCollections": true, "layout": "x"}',
      'posts/a.md': page(),
      'seiten/seiten.11tydata.json': '{"draft": true}',
      'seiten/b.md': page(),
      'plan/c.md': page(),
      'd.md': page(),
    },
    published: ['d.md'],
    leftOut: { hidden: 1, draft: 1 },
    skipped: ['plan'],
  },
  'what lies beside the pages of Antora': {
    files: {
      'antora.yml': 'name: x\n',
      'modules/ROOT/pages/a.adoc': '= A\n\nText',
      'modules/ROOT/partials/b.adoc': 'Teil',
      'modules/ROOT/examples/c.txt': 'Beispiel',
    },
    published: ['modules/ROOT/pages/a.adoc'],
    skipped: ['modules/ROOT/examples', 'modules/ROOT/partials'],
  },
  'no site: names and lists that only look so': {
    files: {
      '_notiz.md': page(),
      'artikel/artikel.json': '[{"title": "A", "text": "B", "draft": false}]',
      'config.json': '{"cascade": 3}',
      'x.txt': 'Ein Text',
      'y/_index.md': page('cascade: nichts\n'),
    },
    published: ['_notiz.md', 'artikel/artikel.json#1', 'x.txt', 'y/_index.md'],
  },
}

describe('what a generator says of files', () => {
  it('finished sites beside the settings they were made by are told; as PATHs they are read', async () => {
    const html = '<title>Seite</title><p>Ein Text.'
    writeFiles(root, {
      'm/mkdocs.yml': '',
      'm/site/a.html': html,
      'd/docusaurus.config.js': '',
      'd/build/b.html': html,
      'h/hugo.toml': '',
      'h/public/c.html': html,
      'a/astro.config.mjs': '',
      'a/dist/d.html': html,
      'x/public/e.html': html,
      'c/config/_default/hugo.toml': '',
      'c/content/_index.md': page(),
      'c/archetypes/f.html': html,
    })
    const { leftOut, skipped } = await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['c/content/_index.md', 'x/public/e.html'])
    expect(leftOut.folders.map((folder) => folder.slice(root.length + 1)).sort()).toEqual([
      ...['a/dist', 'c/archetypes', 'd/build'],
    ])
    // by what the settings say: of MkDocs and of Hugo one each
    expect(skipped.filter(({ why }) => why === 'generator').map(({ count }) => count)).toEqual([2])
    await update(optionsFor(cache, [join(root, 'm/site')]))
    expect(Object.keys(articlesIn(cache))).toEqual(['a.html', 'c/content/_index.md', 'x/public/e.html'])
  })

  it.each(Object.entries(SITES))('%s', async (_, { files, published, leftOut = {}, skipped = [] }) => {
    writeFiles(root, files)
    const report = await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache)).sort()).toEqual([...published].sort())
    expect(report.leftOut.counts).toEqual(leftOut)
    const byGenerator = report.skipped.filter(({ why }) => why === 'generator')
    expect(byGenerator.reduce((sum, { count }) => sum + count, 0)).toBe(skipped.length)
    for (const path of skipped) expect(articlesIn(cache)).not.toHaveProperty([path])
    expect(report.warnings.filter(({ file }) => !file.endsWith('.json'))).toEqual([])
    // and once more nothing has to be read
    expect(await updated(cache, [root])).toMatch(/^read 0 /)
  })

  it('counts for PATHs below the settings, and for single files; what is named itself is read', async () => {
    writeFiles(root, {
      'mkdocs.yml': 'draft_docs: "entwurf-*.md"\n',
      'docs/entwurf-a.md': page(),
      'docs/b.md': page(),
      'docs/c.txt': 'Ein Text',
    })
    await update(optionsFor(cache, [join(root, 'docs')]))
    expect(Object.keys(articlesIn(cache))).toEqual(['b.md'])
    await update(optionsFor(cache, [join(root, 'docs/entwurf-a.md'), join(root, 'docs/c.txt')]))
    expect(Object.keys(articlesIn(cache))).toEqual(['b.md', 'c.txt'])
  })

  it('is looked at again with every update: files are read anew where it changed, and only these', async () => {
    writeFiles(root, { 'content/s/_index.md': page(), 'content/s/a.md': page(), 'content/b.md': page() })
    expect(await updated(cache, [root])).toBe('read 3 · +3 ~0 -0 · refused 0')
    writeFiles(root, { 'content/s/_index.md': page('cascade: {draft: true}\n') })
    expect(await updated(cache, [root])).toBe('read 2 · +0 ~0 -2 · refused 0')
    expect(await updated(cache, [root])).toBe('read 0 · +0 ~0 -0 · refused 0')
    writeFiles(root, { 'content/s/_index.md': page() })
    expect(await updated(cache, [root])).toBe('read 2 · +2 ~0 -0 · refused 0')
  })

  it('documents beside the index of a bundle are public as that is', async () => {
    const document = pdfFile([pdfPage(['Der Plan des Sommerfestes am Ufer.', 'Alle sind herzlich eingeladen.'])])
    writeFiles(root, { 'hugo.toml': '', 'content/a/index.md': page(), 'content/b/index.md': page('draft: true\n') })
    for (const name of ['a', 'b']) writeFileSync(join(root, 'content', name, 'plan.pdf'), document)
    const { leftOut, refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.message)).toEqual([])
    expect(Object.keys(articlesIn(cache))).toEqual(['content/a/index.md', 'content/a/plan.pdf'])
    expect(leftOut.counts).toEqual({ draft: 2 })
  })

  it('counts for a PATH below whatever its settings are called', async () => {
    writeFiles(root, {
      'a/hugo.json': '{"cascade": {"draft": true}}',
      'a/content/x.md': page(),
      'b/s/_index.fr.md': page('cascade: {draft: true}\n'),
      'b/s/t/y.fr.md': page(),
      'c/posts/posts.11tydata.json': '{"draft": true}',
      'c/posts/x/z.md': page(),
    })
    const paths = ['a/content', 'b/s/t', 'c/posts/x'].map((path) => join(root, path))
    const { leftOut } = await update(optionsFor(cache, paths))
    expect(leftOut.counts).toEqual({ draft: 3 })
  })

  it('leaves out nothing that is named, also where it would leave out a folder around it', async () => {
    writeFiles(root, { 'astro.config.mjs': '', '_notizen/a.md': page(), '_notizen/_b.md': page() })
    await update(optionsFor(cache, [join(root, '_notizen')]))
    expect(Object.keys(articlesIn(cache))).toEqual(['_b.md', 'a.md'])
  })

  it('refuses its folder where it cannot be read, as it may say what is a draft; what is known stays', async () => {
    writeFiles(root, {
      'm/mkdocs.yml': 'draft_docs: a.md\n',
      'm/docs/a.md': page(),
      'm/docs/b.md': page(),
      'c.md': page(),
    })
    await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['c.md', 'm/docs/b.md'])
    writeFiles(root, { 'm/mkdocs.yml': 'site_name: x\nnav: [\n' })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['c.md', 'm/docs/b.md'])
    expect(refusals.map(({ file, error }) => [file.slice(root.length + 1), error.detail('de')])).toEqual([
      [
        'm',
        expect.stringMatching(/^mkdocs\.yml, Zeile 3: die Einstellungen des Website-Generators sind nicht lesbar \(/),
      ],
    ])
    const below = await update(optionsFor(cache, [join(root, 'm/docs')]))
    expect(below.refusals.map(({ error }) => error.code)).toEqual(['site_settings_broken'])
  })

  it.each<[string, string, string]>([
    ['a section whose head is broken', 'content/_index.md', '---\ncascade: {draft: true\n---\nText'],
    ['more rules than a site has', 'hugo.yaml', `cascade:\n${'- {draft: true}\n'.repeat(201)}`],
    ['more patterns', '.eleventyignore', 'a\n'.repeat(501)],
    ['a base that is missing', 'mkdocs.yml', 'INHERIT: basis.yml\n'],
    ['more settings than one takes in', '_quarto.yml', `metadata-files: [${'a.yml, '.repeat(51)}]`],
    ['more targets', '_quarto.yml', `project: {render: [${'a.qmd, '.repeat(501)}]}`],
    ['more chapters', '_quarto.yml', `book: {chapters: [${'a.qmd, '.repeat(501)}]}`],
    ['patterns that are too long', 'mkdocs.yml', `exclude_docs: "${'*a'.repeat(3000)}"`],
    ['patterns of many brackets', 'hugo.yaml', `cascade: {draft: true, target: {kind: "${'{a}'.repeat(20_000)}"}}`],
    ['patterns of deep brackets', 'hugo.yaml', `cascade: {draft: true, target: {path: "${'{a,'.repeat(1000)}"}}`],
    [
      'more patterns of a site together',
      'hugo.yaml',
      `cascade:\n${`- {draft: true, target: {path: "/{a,b}${'x'.repeat(1000)}"}}\n`.repeat(20)}`,
    ],
    ['data of Eleventy that are no JSON', 'content/content.11tydata.json', '{"draft": true,}'],
    ['a file that is too large', '_config.yml', `title: ${'x'.repeat(1 << 20)}`],
  ])('is not read further with %s', async (_, path, text) => {
    writeFiles(root, { [path]: text, 'content/a.md': page() })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.code)).toContain('site_settings_broken')
    expect(Object.keys(articlesIn(cache))).toEqual([])
  })

  it('of PATHs below it leaves out what it does of the whole', async () => {
    writeFiles(root, {
      '_quarto.yml': 'project:\n  render: ["*.qmd", "!b.qmd"]\n',
      'teil/a.qmd': page(),
      'teil/b.qmd': page(),
      'teil/c.md': page(),
    })
    await update(optionsFor(cache, [join(root, 'teil')]))
    expect(Object.keys(articlesIn(cache))).toEqual(['a.qmd'])
  })

  it('is not looked for in large files that articles and programs may have, too', async () => {
    const large = JSON.stringify([{ id: 'a', title: 'A', text: 'Wort '.repeat(300_000) }])
    writeFiles(root, { 'artikel/artikel.json': large, 'artikel/config.json': large, 'artikel/b.md': page() })
    const { refusals } = await update(optionsFor(cache, [root], { maxFileBytes: 1e7 }))
    expect(refusals.map(({ error }) => error.code)).toEqual(['duplicate_id'])
    expect(Object.keys(articlesIn(cache))).toEqual(['a', 'artikel/b.md'])
  })

  it('is of files alone: what is called so and is none means nothing', async () => {
    mkdirSync(join(root, 'mkdocs.yml'))
    writeFiles(root, { 'a.md': page(), config: 'x' })
    await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['a.md'])
  })
})
