/**
 * Sites of Hugo's, and which of their files it publishes. Each was built with Hugo 0.168, but for what is marked: what older ones took and this
 * one does not, and where something is kept back that Hugo publishes.
 */
export interface HugoExample {
  readonly files: Readonly<Record<string, string>>
  readonly published: readonly string[]
  /** Why it is not what Hugo 0.168 does. */
  readonly otherwise?: string
}

export const page = (head = ''): string => `---\ntitle: Seite\n${head}---\nEin Text.`
const DRAFT = 'cascade: {draft: true}\n'
const section = page(DRAFT)
const json = (value: unknown): string => JSON.stringify(value)

/** Pages at these paths. */
export const pages = (...paths: readonly string[]): Record<string, string> =>
  Object.fromEntries(paths.map((path) => [path, page()]))

const TWO = 'defaultContentLanguage = "de"\n[languages.de]\n[languages.en]\n'
const BY_FOLDER =
  'defaultContentLanguage = "de"\n[languages.de]\ncontentDir = "content/de"\n[languages.en]\ncontentDir = "content/en"\n'

/** A site in which pages at a target are drafts. */
const targeted = (target: unknown, more: object = {}): string => json({ ...more, cascade: [{ draft: true, target }] })
const LANGUAGES = { defaultContentLanguage: 'de', languages: { de: {}, en: {}, fr: {} } }
const languages = (patterns: unknown): string => targeted({ sites: { matrix: { languages: patterns } } }, LANGUAGES)
const THREE = pages('content/a.md', 'content/a.en.md', 'content/a.fr.md')

const mounts = (...list: readonly object[]): object => ({ module: { mounts: list } })

export const LANGUAGE_SITES: Readonly<Record<string, HugoExample>> = {
  'the language of a section is told by its folder, as that of its pages': {
    files: {
      'hugo.toml': BY_FOLDER,
      'content/en/intern/_index.md': section,
      ...pages('content/en/intern/a.md', 'content/de/intern/a.md', 'content/de/b.md'),
    },
    published: ['content/de/b.md', 'content/de/intern/a.md'],
  },
  'the name of a file beats its folder': {
    files: {
      'hugo.toml': BY_FOLDER,
      'content/de/intern/_index.en.md': section,
      ...pages('content/de/intern/a.en.md', 'content/de/intern/b.md', 'content/en/intern/c.md'),
    },
    published: ['content/de/intern/b.md'],
  },
  'one language in the folder of another': {
    files: {
      'hugo.toml':
        'defaultContentLanguage = "de"\n[languages.de]\ncontentDir = "content"\n[languages.en]\ncontentDir = "content/en"\n',
      'content/en/s/_index.md': section,
      ...pages('content/en/c.md', 'content/en/s/a.md', 'content/s/a.md', 'content/x.md'),
    },
    published: ['content/en/c.md', 'content/s/a.md', 'content/x.md'],
  },
  'the home of the language around another does not speak for that': {
    files: {
      'hugo.toml':
        'defaultContentLanguage = "de"\n[languages.de]\ncontentDir = "content"\n[languages.en]\ncontentDir = "content/en"\n',
      'content/_index.md': section,
      ...pages('content/en/a.md', 'content/a.md'),
    },
    published: ['content/en/a.md'],
  },
  'a folder of two letters is no language': {
    files: {
      'hugo.toml': '',
      'content/it/_index.md': section,
      ...pages('content/it/a.md', 'content/it/b/c.md', 'content/x.md'),
    },
    published: ['content/x.md'],
  },
  'nor is one that is called as a language without a folder': {
    files: { 'hugo.toml': TWO, 'content/en/_index.md': section, ...pages('content/en/a.md', 'content/x.md') },
    published: ['content/x.md'],
  },
  'nor are two letters in the name of a file': {
    files: {
      'hugo.toml': '',
      'content/s/_index.md': section,
      ...pages('content/s/plan.pr.md', 'content/s/b.v2.md', 'content/x.md', 'content/y.en.md'),
    },
    published: ['content/x.md', 'content/y.en.md'],
  },
  'a section in a language that the site does not have is none': {
    files: {
      'hugo.toml': '',
      'content/t/_index.v2.md': section,
      ...pages('content/t/a.md', 'content/t/a.v2.md', 'content/_index.pr.md', 'content/u/index.v2.md'),
    },
    published: ['content/_index.pr.md', 'content/t/a.md', 'content/t/a.v2.md', 'content/u/index.v2.md'],
  },
  'a target means paths below the contents, not below any folder of two letters': {
    files: {
      'hugo.json': targeted({ path: '/intern/**' }),
      ...pages('content/it/intern/a.md', 'content/intern/a.md'),
    },
    published: ['content/it/intern/a.md'],
  },
  'a target means paths below the folder of a language': {
    files: {
      'hugo.json': targeted(
        { path: '/de/**' },
        {
          defaultContentLanguage: 'de',
          languages: { de: { contentDir: 'content/de' }, en: { contentDir: 'content/en' } },
        },
      ),
      ...pages('content/de/a.md', 'content/de/de/b.md', 'content/en/b.md'),
    },
    published: ['content/de/a.md', 'content/en/b.md'],
  },
  ...Object.fromEntries(
    ['hsb', 'nds', 'es-419', 'de-leicht', 'pt-BR'].map((language): [string, HugoExample] => [
      `a section in the language ${language}`,
      {
        files: {
          'hugo.toml': `defaultContentLanguage = "de"\n[languages.de]\n[languages.${language}]\n`,
          [`content/s/_index.${language}.md`]: section,
          ...pages(`content/s/a.${language}.md`, 'content/s/a.md', 'content/s/_index.md'),
        },
        published: ['content/s/_index.md', 'content/s/a.md'],
      },
    ]),
  ),
  'without a default the language of the least weight is that of files that name none': {
    files: {
      'hugo.json': json({ languages: { de: {}, fr: { weight: 2 }, nl: { weight: 1 } } }),
      'content/_index.nl.md': section,
      'content/s/_index.de.md': page(),
      ...pages('content/a.md', 'content/b.de.md', 'content/c.fr.md', 'content/d.en.md'),
    },
    published: ['content/b.de.md', 'content/c.fr.md', 'content/s/_index.de.md'],
  },
  'a section with a target in another language, also where that has a folder of its own': {
    files: {
      'hugo.toml': BY_FOLDER,
      'content/de/s/_index.md': page('cascade:\n- draft: true\n  target: {sites: {matrix: {languages: en}}}\n'),
      ...pages('content/de/s/a.md', 'content/en/s/b.md', 'content/en/c.md'),
    },
    published: ['content/de/s/_index.md', 'content/de/s/a.md', 'content/en/c.md'],
  },
  'a target of a section in a language that the site does not have means all below it': {
    files: {
      'hugo.toml': TWO,
      'content/s/_index.en.md': page(),
      'content/s/_index.md': page('cascade:\n- draft: true\n  target: {sites: {matrix: {languages: [xx]}}}\n'),
      ...pages('content/s/a.md', 'content/s/a.en.md'),
    },
    published: ['content/s/_index.en.md'],
  },
  'a page with such a target of its own': {
    files: {
      'hugo.toml': '',
      'content/a.md': page('cascade:\n- draft: true\n  target: {sites: {matrix: {languages: [xx]}}}\n'),
    },
    published: [],
  },
  'languages that are switched off': {
    files: {
      'hugo.json': json({
        ...{ defaultContentLanguage: 'de', disableLanguages: ['fr'] },
        languages: { de: {}, fr: {}, nl: { disabled: true } },
      }),
      ...pages('content/a.md', 'content/b.de.md', 'content/c.fr.md', 'content/d.nl.md', 'content/e.en.md'),
    },
    published: ['content/a.md', 'content/b.de.md', 'content/e.en.md'],
  },
  'folders of languages that are switched off': {
    files: {
      'hugo.json': json({
        defaultContentLanguage: 'de',
        languages: { de: { contentDir: 'content/de' }, fr: { disabled: true, contentDir: 'content/fr' } },
      }),
      ...pages('content/fr/a.md', 'content/de/a.md', 'content/de/b.fr.md', 'content/c.md'),
    },
    published: ['content/de/a.md'],
  },
  'such a folder in that of another language is one of its sections': {
    files: {
      'hugo.json': json({
        defaultContentLanguage: 'de',
        languages: { de: {}, fr: { disabled: true, contentDir: 'content/fr' } },
      }),
      ...pages('content/fr/a.md', 'content/b.fr.md'),
    },
    published: ['content/fr/a.md'],
  },
}

/** Which of some paths below the contents a pattern means. */
const PATHS = [
  ...['a', 'a/a', 'a/b/c', 'b/a', 'blog', 'blog/a', 'blog/a/b', 'o/a', 'o/b', 'o/c', 'o/ab', 'o/ä', 'o/-'],
  ...['d/v1.e', 'd/e/v.x', 'u v/x'],
]

const MEANT: Readonly<Record<string, readonly string[]>> = {
  '/blog**': ['blog', 'blog/a', 'blog/a/b'],
  '/blog/**': ['blog/a', 'blog/a/b'],
  '/blog/*': ['blog/a'],
  '/blog/': [],
  'blog/**': [],
  '/Blog/A': ['blog/a'],
  '/[ab]/**': ['a/a', 'a/b/c', 'b/a'],
  '/o/[!ab]': ['o/c', 'o/ä', 'o/-'],
  '/o/[^ab]': ['o/a', 'o/b'],
  '/o/[a-b]': ['o/a', 'o/b'],
  '/o/[!a-b]': ['o/c', 'o/ä', 'o/-'],
  '/o/[ac-]': ['o/a', 'o/c', 'o/-'],
  '/o/[ä]': ['o/ä'],
  '/o[/]a': ['o/a'],
  '/o?a': [],
  '/o/?': ['o/a', 'o/b', 'o/c', 'o/ä', 'o/-'],
  '**.e': ['d/v1.e'],
  '/d/**.x': ['d/e/v.x'],
  '/**/a': ['a/a', 'b/a', 'blog/a', 'o/a'],
  '/*/a': ['a/a', 'b/a', 'blog/a', 'o/a'],
  '/b**a': ['b/a', 'blog/a'],
  '/o/{a,{b,c}}': ['o/a', 'o/b', 'o/c'],
  '/o/{a, b}': ['o/a'],
  '/o/{,a}b': ['o/b', 'o/ab'],
  '{/a/**,/o/a}': ['a/a', 'a/b/c', 'o/a'],
  '/{*,**}/b': ['blog/a/b', 'o/b'],
  '/o/\\a': ['o/a'],
  '/o/a,b': [],
  '/o/a.md': [],
  '/u-v/*': ['u v/x'],
  '/u v/*': [],
  '! /o/**': [],
}

export const TARGET_SITES: Readonly<Record<string, HugoExample>> = {
  ...Object.fromEntries(
    Object.entries(MEANT).map(([path, meant]): [string, HugoExample] => [
      `path ${path}`,
      {
        files: { 'hugo.json': targeted({ path }), ...pages(...PATHS.map((one) => `content/${one}.md`)) },
        published: PATHS.filter((one) => !meant.includes(one)).map((one) => `content/${one}.md`),
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['prod*', true],
        ['{staging,production}', true],
        ['Production', true],
        ['', true],
        ['staging', false],
        ['! development', false],
      ] as const
    ).map(([environment, isMeant]): [string, HugoExample] => [
      `environment ${environment}`,
      {
        files: { 'hugo.json': targeted({ environment }), ...pages('content/a.md') },
        published: isMeant ? [] : ['content/a.md'],
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['e*', ['en']],
        ['{de,en}', ['de', 'en']],
        [
          ['*', '! de'],
          ['en', 'fr'],
        ],
        [['! de'], ['en', 'fr']],
        [['! de', '! en'], ['fr']],
        [
          ['! de', 'en'],
          ['en', 'fr'],
        ],
        [
          ['en', '! en'],
          ['de', 'en', 'fr'],
        ],
        [['xx'], ['de', 'en', 'fr']],
      ] as const
    ).map(([patterns, meant]): [string, HugoExample] => [
      `languages ${json(patterns)}`,
      {
        files: { 'hugo.json': languages(patterns), ...THREE },
        published: ['de', 'en', 'fr']
          .filter((one) => !(meant as readonly string[]).includes(one))
          .map((one) => (one === 'de' ? 'content/a.md' : `content/a.${one}.md`)),
      },
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['p*', ['content/_index.md', 'content/s/_index.md']],
        ['[ps]*', ['content/_index.md']],
        ['Page', ['content/_index.md', 'content/s/_index.md']],
        ['{home,section}', ['content/a.md', 'content/s/x.md']],
      ] as const
    ).map(([kind, published]): [string, HugoExample] => [
      `kind ${kind}`,
      {
        files: {
          'hugo.json': targeted({ kind }),
          ...pages('content/_index.md', 'content/a.md', 'content/s/_index.md', 'content/s/x.md'),
        },
        published,
      },
    ]),
  ),
  'a term is no taxonomy': {
    files: {
      'hugo.json': targeted({ kind: 'term' }),
      ...pages(
        'content/tags/_index.md',
        'content/tags/rad/_index.md',
        'content/tags/rad/x/_index.md',
        'content/tags/y.md',
      ),
    },
    published: ['content/tags/_index.md', 'content/tags/y.md'],
  },
  'a taxonomy is no term and no section': {
    files: {
      'hugo.json': targeted({ kind: 'taxonomy' }),
      ...pages('content/tags/_index.md', 'content/tags/rad/_index.md', 'content/s/_index.md'),
    },
    published: ['content/s/_index.md', 'content/tags/rad/_index.md'],
  },
  'taxonomies of the settings': {
    files: {
      'hugo.json': targeted({ kind: 'term' }, { taxonomies: { thema: 'themen', ort: 'x/orte' } }),
      ...pages('content/themen/_index.md', 'content/themen/x/_index.md', 'content/x/orte/_index.md'),
      ...pages('content/x/orte/kiel/_index.md', 'content/tags/a/_index.md'),
    },
    published: ['content/tags/a/_index.md', 'content/themen/_index.md', 'content/x/orte/_index.md'],
  },
  'kinds that are switched off': {
    files: {
      'hugo.json': json({ disableKinds: ['section'] }),
      ...pages('content/_index.md', 'content/s/_index.md', 'content/s/a.md'),
    },
    published: ['content/_index.md', 'content/s/a.md'],
  },
}

/** Settings, and whether `content/a.md` is a draft by them. */
const CASCADE = '[cascade]\ndraft = true\n'
const OPEN = '[cascade]\ndraft = false\n'

const SETTINGS: readonly (readonly [Readonly<Record<string, string>>, boolean])[] = [
  [{ 'hugo.toml': '', 'config/_default/cascade.toml': 'draft = true\n' }, true],
  [{ 'hugo.toml': '', 'config/_default/cascade.yaml': 'cascade:\n- draft: true\n  target: {path: /a}\n' }, true],
  [{ 'config/_default/cascade.toml': 'draft = true\n' }, true],
  [{ 'config/_default/config.json': '{"cascade": {"draft": true}}' }, true],
  [{ 'config/_default/hugo.yml': 'cascade: {draft: true}\n' }, true],
  [{ 'config/_default/teil/hugo.yml': 'cascade: {draft: true}\n' }, true],
  [{ 'config/_default/hugo.toml': 'title = "T"\n', 'config/_default/config.toml': CASCADE }, true],
  [{ 'config/_default/hugo.toml': OPEN, 'config/_default/config.toml': CASCADE }, false],
  [{ 'config/_default/hugo.toml': CASCADE, 'config/_default/cascade.toml': 'draft = false\n' }, true],
  [{ 'hugo.toml': '', 'config/production/hugo.toml': CASCADE }, true],
  [{ 'hugo.toml': '', 'config/development/hugo.toml': CASCADE }, false],
  [{ 'hugo.toml': CASCADE, 'config/_default/hugo.toml': OPEN }, false],
  [{ 'hugo.toml': CASCADE, 'config/_default/hugo.toml': '[cascade]\nx = 1\n' }, true],
  [{ 'config/_default/hugo.toml': CASCADE, 'config/production/hugo.toml': OPEN }, false],
  [{ 'config/_default/hugo.toml': CASCADE, 'config/production/cascade.toml': 'draft = false\n' }, false],
  // of several files in the folder of the site Hugo reads one
  [{ 'hugo.toml': 'title = "T"\n', 'config.toml': CASCADE }, false],
  [{ 'hugo.toml': '', 'hugo.yaml': 'cascade: {draft: true}\n' }, false],
  [{ 'hugo.yaml': 'cascade: {draft: true}\n', 'hugo.yml': 'title: T\n' }, true],
  [{ 'hugo.yml': 'title: T\n', 'hugo.json': '{"cascade": {"draft": true}}' }, false],
  [{ 'hugo.json': '{"cascade": {"draft": true}}', 'config.toml': 'baseURL = "x"\n' }, true],
  [{ 'config.toml': 'baseURL = "x"\n', 'config.yaml': 'cascade: {draft: true}\n' }, false],
  [{ 'hugo.toml': CASCADE, 'config/_default/config.toml': 'title = "T"\n' }, true],
]

export const SETTINGS_SITES: Readonly<Record<string, HugoExample>> = {
  ...Object.fromEntries(
    SETTINGS.map(([files, isDraft]): [string, HugoExample] => [
      json(files),
      { files: { ...files, ...pages('content/a.md') }, published: isDraft ? [] : ['content/a.md'] },
    ]),
  ),
  'lists of several files are not put together': {
    files: {
      'hugo.json': targeted({ path: '/s/**' }),
      'config/_default/hugo.json': targeted({ path: '/t/**' }),
      ...pages('content/s/a.md', 'content/t/a.md'),
    },
    published: ['content/s/a.md'],
  },
  'the cascade of a language': {
    files: { 'hugo.toml': `${TWO}[languages.en.cascade]\ndraft = true\n`, ...pages('content/a.md', 'content/a.en.md') },
    published: ['content/a.md'],
  },
  'the cascade of the whole site beats that of a language': {
    files: {
      'hugo.toml': `cascade = {draft = false}\n${TWO}[languages.en.cascade]\ndraft = true\n`,
      ...pages('content/a.md', 'content/a.en.md'),
    },
    published: ['content/a.en.md', 'content/a.md'],
  },
  'languages in a file of their own': {
    files: {
      'hugo.toml': 'defaultContentLanguage = "de"\n',
      'config/_default/languages.toml': '[de]\n[en]\n[en.cascade]\ndraft = true\n',
      ...pages('content/a.md', 'content/a.en.md'),
    },
    published: ['content/a.md'],
  },
  'each language in a file of its own': {
    files: {
      'hugo.toml': 'defaultContentLanguage = "de"\n',
      'config/_default/languages.de.toml': '',
      'config/_default/languages.en.toml': CASCADE,
      ...pages('content/a.md', 'content/a.en.md'),
    },
    published: ['content/a.md'],
  },
  'names in whatever capitals': {
    files: {
      'hugo.json': json({
        DefaultContentLanguage: 'de',
        Languages: { DE: {}, En: { Cascade: { Draft: true } } },
      }),
      ...pages('content/a.md', 'content/b.en.md'),
    },
    published: ['content/a.md'],
  },
  'folders of languages elsewhere': {
    files: {
      'hugo.json': json({
        defaultContentLanguage: 'de',
        languages: { de: { contentDir: 'deutsch' }, en: { contentDir: 'english' } },
      }),
      'english/s/_index.md': section,
      ...pages('deutsch/b.md', 'deutsch/s/c.md', 'english/s/b.md', 'content/c.md'),
    },
    published: ['deutsch/b.md', 'deutsch/s/c.md'],
  },
  'contents in folders that are mounted, of which sections speak wherever they lie': {
    files: {
      'hugo.json': json(mounts({ source: 'inhalt', target: 'content/docs' }, { source: 'content', target: 'content' })),
      'content/docs/_index.md': section,
      ...pages('inhalt/s/a.md', 'content/docs/c.md', 'content/b.md'),
    },
    published: ['content/b.md'],
  },
  'targets speak of the paths at which folders are mounted': {
    files: {
      'hugo.json': json({
        ...mounts({ source: 'inhalt', target: 'content/docs' }, { source: 'content', target: 'content' }),
        cascade: { draft: true, target: { path: '/docs/**' } },
      }),
      ...pages('inhalt/s/a.md', 'content/b.md'),
    },
    published: ['content/b.md'],
  },
  'a section in another folder that is mounted at the same path': {
    files: {
      'hugo.json': json(mounts({ source: 'a', target: 'content' }, { source: 'b', target: 'content' })),
      'b/s/_index.md': section,
      ...pages('a/s/a.md', 'a/c.md', 'b/s/t.md'),
    },
    published: ['a/c.md'],
  },
  'mounts beat folders that are named otherwise': {
    files: {
      'hugo.json': json({ contentDir: 'inhalt', ...mounts({ source: 'artikel', target: 'content' }) }),
      'artikel/s/_index.md': section,
      ...pages('artikel/s/c.md', 'artikel/d.md', 'inhalt/e.md'),
    },
    published: ['artikel/d.md'],
  },
  'folders of languages that are mounted': {
    files: {
      'hugo.json': json({
        ...LANGUAGES,
        ...mounts(
          { source: 'content/de', target: 'content', sites: { matrix: { languages: ['de'] } } },
          { source: 'content/en', target: 'content', sites: { matrix: { languages: 'e*' } } },
        ),
      }),
      'content/en/s/_index.md': section,
      ...pages('content/de/s/a.md', 'content/en/s/b.md', 'content/x.md'),
    },
    published: ['content/de/s/a.md'],
  },
  'the same in the words of before 2025': {
    files: {
      'hugo.json': json({
        ...LANGUAGES,
        ...mounts(
          { source: 'content/de', target: 'content', lang: 'de' },
          { source: 'content/en', target: 'content', lang: 'en' },
        ),
      }),
      'content/en/s/_index.md': section,
      ...pages('content/de/s/a.md', 'content/en/s/b.md'),
    },
    published: ['content/de/s/a.md'],
    otherwise: '`lang` is refused since 0.153',
  },
  'a mount for all languages: a page is published where one of them has it': {
    files: {
      'hugo.json': json({
        defaultContentLanguage: 'de',
        languages: { de: {}, en: {} },
        ...mounts({ source: 'content', target: 'content', sites: { matrix: { languages: ['*'] } } }),
      }),
      'content/s/_index.de.md': section,
      'content/t/_index.md': section,
      ...pages('content/a.md', 'content/s/b.md', 'content/s/c.en.md', 'content/t/x.md'),
    },
    published: ['content/a.md', 'content/s/b.md', 'content/s/c.en.md'],
  },
  'a file in two mounts is published where one of them takes it, and not hidden': {
    files: {
      'hugo.json': json(
        mounts(
          { source: 'content', target: 'content' },
          { source: 'content/x', target: 'content/y', files: ['! s/**'] },
          { source: 'b', target: 'content/y' },
        ),
      ),
      'b/t/_index.md': section,
      'content/x/u/_index.md': page('cascade:\n- draft: true\n  target: {path: /x/**}\n'),
      'content/x/v/_index.md': section,
      ...pages('content/x/b.md', 'content/x/s/c.md', 'content/x/t/d.md', 'content/x/u/e.md', 'content/x/v/f.md'),
    },
    published: [
      ...['content/x/b.md', 'content/x/s/c.md', 'content/x/t/d.md', 'content/x/u/_index.md', 'content/x/u/e.md'],
    ],
  },
  'a file in the folders of two languages, hidden in both by sections of these': {
    files: {
      'hugo.toml':
        'defaultContentLanguage = "de"\n[languages.de]\ncontentDir = "content"\n[languages.en]\ncontentDir = "content/en"\n',
      'content/_index.md': section,
      'content/en/s/_index.en.md': section,
      ...pages('content/en/s/a.md', 'content/en/b.md'),
    },
    published: ['content/en/b.md'],
  },
  'files that a mount leaves out': {
    files: {
      'hugo.json': json(
        mounts({ source: 'content', target: 'content', files: ['! intern/**', '! **.entwurf.md', '! /x.md', '! k'] }),
      ),
      ...pages('content/intern/a.md', 'content/b.md', 'content/s/d.entwurf.md', 'content/x.md', 'content/k/a.md'),
    },
    published: ['content/b.md'],
  },
  'files that a mount takes alone: the first pattern that means one counts': {
    files: {
      'hugo.json': json(
        mounts({ source: 'content', target: 'content', files: ['! blog/x*', '{blog,neu}/**', '! blog/y.md'] }),
      ),
      ...pages('content/blog/a.md', 'content/blog/xb.md', 'content/blog/y.md', 'content/neu/t/c.md', 'content/b.md'),
    },
    published: ['content/blog/a.md', 'content/blog/y.md', 'content/neu/t/c.md'],
  },
  'folders in which nothing is taken': {
    files: {
      'hugo.json': json(mounts({ source: 'content', target: 'content', files: ['**.md'] })),
      ...pages('content/blog/a.md', 'content/c.md'),
    },
    published: ['content/c.md'],
  },
  'patterns in the words of before 2026': {
    files: {
      'hugo.json': json(
        mounts({
          source: 'content',
          target: 'content',
          includeFiles: '{blog,neu}/**',
          excludeFiles: ['neu/**', 'alt/*'],
        }),
      ),
      ...pages('content/blog/a.md', 'content/neu/c.md', 'content/alt/d.md', 'content/b.md'),
    },
    published: ['content/blog/a.md', 'content/neu/c.md'],
    otherwise: '`includeFiles` and `excludeFiles` are refused since 0.153',
  },
  'what is built with drafts is kept back all the same': {
    files: {
      'hugo.json': json({ buildDrafts: true, buildFuture: true }),
      'content/a.md': page('draft: true\n'),
      'content/b.md': page('date: 2999-01-01\n'),
      ...pages('content/c.md'),
    },
    published: ['content/c.md'],
    otherwise: 'drafts stay drafts, whatever a build shows',
  },
}

/** Heads of `content/s/_index.md` that make drafts of all in the section. */
const HEADS: readonly (readonly [string, string])[] = [
  ['_index.md', `\n${section}`],
  ['_index.md', `\ufeff  \n\n${section}`],
  ['_index.md', '{"cascade":{"draft":true}}\n'],
  ['_index.md', '\n{"cascade":{"draft":true}}\nText'],
  ['_index.md', '{"cascade":{"draft":true}} Text'],
  ['_index.md', '---\nCascade: {Draft: true}\n---\n'],
  ['_index.md', '---\ncascade:\n  params: {draft: true}\n---\n'],
  ['_index.md', '---\ncascade:\n- target: {environment: "prod*"}\n  draft: true\n---\n'],
  ['_index.MD', section],
  ...['mdown', 'markdown', 'rst', 'asciidoc', 'ad', 'adoc', 'pandoc', 'pdc', 'htm', 'html', 'org'].map(
    (ending): readonly [string, string] => [`_index.${ending}`, section],
  ),
]

export const PAGE_SITES: Readonly<Record<string, HugoExample>> = {
  ...Object.fromEntries(
    HEADS.map(([name, text]): [string, HugoExample] => [
      `${name} ${json(text)}`,
      {
        files: { 'hugo.toml': '', [`content/s/${name}`]: text, ...pages('content/s/a.md', 'content/x.md') },
        published: ['content/x.md'],
      },
    ]),
  ),
  'what is no section': {
    files: {
      'hugo.toml': '',
      'content/s/_index.mdx': section,
      'content/s/_index.txt': section,
      ...pages('content/s/a.md'),
    },
    published: ['content/s/a.md'],
  },
  'what a page gives to itself, and to all below it': {
    files: {
      'hugo.toml': TWO,
      'content/s/a.md': section,
      'content/s/b.md': page('cascade: {draft: true}\ndraft: false\n'),
      'content/s/c.md': page('cascade:\n- draft: true\n  target: {path: /s/**}\n'),
      'content/s/d.md': page('cascade:\n- draft: true\n  target: {path: /x/**}\n'),
      ...pages('content/s/a.en.md', 'content/s/a/b.md', 'content/s/a/c.en.md', 'content/s/e.md'),
    },
    published: ['content/s/a.en.md', 'content/s/a/c.en.md', 'content/s/b.md', 'content/s/d.md', 'content/s/e.md'],
  },
  'what the page of a folder gives to itself': {
    files: { 'hugo.toml': '', 'content/s/a/index.md': section, ...pages('content/s/b.md') },
    published: ['content/s/b.md'],
  },
  'the page of a folder in languages of the site': {
    files: {
      'hugo.toml': TWO,
      ...pages('content/a/index.en.md', 'content/a/x.md', 'content/b/index.htm', 'content/b/x.md'),
      ...pages('content/c/index.v2.md', 'content/c/x.md', 'content/d/index.mdown', 'content/d/e/index.md'),
    },
    published: [
      ...['content/a/index.en.md', 'content/b/index.htm', 'content/c/index.v2.md', 'content/c/x.md'],
      'content/d/index.mdown',
    ],
  },
  'fields of one meaning: own ones and those of a section': {
    files: {
      'hugo.toml': '',
      'content/s/_index.md': page('cascade: {date: 2999-01-01}\n'),
      'content/s/a.md': page('publishDate: 2001-01-01\n'),
      'content/s/b.md': page(),
      'content/s/c.md': page('pubDate: 2001-01-01\n'),
      'content/t/_index.md': page('cascade: {publishDate: 2999-01-01}\n'),
      'content/t/a.md': page('date: 2001-01-01\n'),
      'content/t/b.md': page('publishDate: 2001-01-01\n'),
      'content/u/_index.md': page('cascade: {unpublishDate: 2001-01-01}\n'),
      'content/u/a.md': page('expiryDate: 2999-01-01\n'),
      'content/u/b.md': page(),
      'content/v/_index.md': page('cascade: {expiryDate: 2001-01-01}\n'),
      'content/v/a.md': page('unpublishDate: 2999-01-01\n'),
    },
    published: ['content/s/a.md', 'content/s/c.md', 'content/t/b.md', 'content/u/a.md'],
  },
  'fields of one meaning in two sections': {
    files: {
      'hugo.toml': '',
      'content/_index.md': page('cascade: {date: 2999-01-01}\n'),
      'content/s/_index.md': page('cascade: {publishDate: 2001-01-01}\n'),
      ...pages('content/s/a.md', 'content/b.md'),
    },
    published: ['content/s/_index.md', 'content/s/a.md'],
  },
  'the first of several tables counts': {
    files: {
      'hugo.toml': '',
      'content/s/_index.md': page('cascade:\n- draft: true\n- draft: false\n'),
      'content/t/_index.md': page('cascade:\n- draft: false\n- draft: true\n'),
      ...pages('content/s/a.md', 'content/t/a.md'),
    },
    published: ['content/t/_index.md', 'content/t/a.md'],
  },
}

/** What Hugo refuses, too. */
export const REFUSED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['/o/{a', '/o/[a', '/o/[]', '/o/[]]', '/o/[a-bc]', '/o/[b-a]', '/o/a\\'].map((path) => [
      `path ${path}`,
      targeted({ path }),
    ]),
  ),
  'a list of paths': targeted({ path: ['/a', '/b'] }),
  'a kind that is none': targeted({ kind: 'artikel' }),
}
