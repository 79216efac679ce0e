import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseSync, Visitor } from 'vite'
import { expect, it } from 'vitest'
import { projectRoot } from '../support/clean-copy.ts'
import { temporaryFolder } from '../support/folders.ts'

/** Says of a regular expression whether its time is linear in the length of the input. */
const CHECKER = 'recheck@4.5.0'
/** Of the clock: a busy machine takes a multiple of its time. */
const CHECK_MS = 600_000
const ALL_MS = 3_600_000

/** Not linear by themselves, but what they read is short. */
const BOUNDED: readonly (readonly [place: string, pattern: string, why: string])[] = [
  [
    'ingest/asciidoc.ts MACRO',
    String.raw`\b[a-z]{1,20}:[^\s[\]]{0,300}\[[^[\]]{0,300}\]`,
    'every repetition has a bound of at most 300',
  ],
  [
    'ingest/asciidoc.ts LINK',
    String.raw`\[([^[\]<>\n]{1,300})\]\(<a [^<>]*>[^<>]*<\/a>\)`,
    'linear, which takes the checker minutes; what may begin anywhere has a bound of 300',
  ],
  [
    'ingest/wordpress.ts ROBOTS_META',
    String.raw`<meta\s[^<>]{0,200}name=["']robots["'][^<>]{0,200}noindex`,
    'linear, which takes the checker minutes; every repetition has a bound of 200',
  ],
  [
    'ingest/loose-marks.ts LINK_IN_HTML',
    String.raw`!?\[([^[\]<>\n]{0,500})\]\([^()\s<>"']{1,1000}\)`,
    'linear, which takes the checker minutes; every repetition has a bound of at most 1,000',
  ],
  [
    'ingest/generator-lines.ts QUOTED_TITLE',
    String.raw`\]\(([^()\s"'<>]{1,500})[ \t]{1,20}"[^"()\n]{0,300}"(?![ \t]*\))(?:(?!\]\()[^()\n]){0,300}?"\)`,
    'every repetition has a bound of at most 500',
  ],
  [
    'ingest/docusaurus-site.ts NAMED',
    // a template of raw text cannot have a backtick in it
    '\\bpath\\s{0,20}:\\s{0,20}["\'`]([\\w.-][\\w./-]{0,200})["\'`]',
    'every repetition has a bound of at most 200; the checker is of two minds about it',
  ],
  [
    'ingest/docusaurus-site.ts EXCLUDED',
    String.raw`\bexclude["']?\s{0,20}:[^[\]\n]{0,100}\[([^\]]{0,2000})\]`,
    'every repetition has a bound of at most 2,000, and files of settings one of 1 MB',
  ],
  [
    'ingest/menu-page.ts CONTENTS_LINE',
    String.raw`^\s*(?:#.*|[-*+]\s+(?:\[.*\]\(.*\)|[^[\]()]{1,200})|\[.*\]\(.*\)|-{3,}|<!--.*-->)?\s*$`,
    'lines of 500 characters',
  ],
  [
    'analysis/german/feminines.ts NOT_FEMALE',
    '(?:gl[yz]|ath|hep|yph|oph|kas|hum)[a-z]*erin$',
    'words no longer than those of the lexicon',
  ],
  ['analysis/german/verbs.ts PLURAL_BY_UMLAUT', '[äöü].*e[lnr]$', 'words no longer than those of the lexicon'],
  [
    'ingest/decode.ts declaredEncoding',
    String.raw`<meta\s[^>]*?charset\s*=\s*(?:["']\s*)?([\w.:-]+)`,
    'the first 4 KiB of a file',
  ],
  ['ingest/details.ts detailOf', String.raw`^(\p{L}[\p{L}\p{N}_/-]*)(:?)(?:\s+(.*))?$`, 'lines of 200 characters'],
  [
    'ingest/generator-marks.ts OPENING',
    // a template of raw text cannot have a backtick in it
    '`+|~{3,}|<!--|\\{\\{\\{?|\\{%|\\{#|\\{:|\\{|!?\\[\\[|%%|(?<!=)==(?!=)|(?<!\\^)\\^{1,2}(?!\\^)|(?<!\\+)\\+\\+(?!\\+)|(?<=[\\p{L}\\p{N})])~(?=[\\p{L}\\p{N}+-])|@\\[|<\\/?[A-Za-z]|(?<![\\w:]):[a-z][a-z0-9_+-]{0,60}:(?![\\w:])| ?[([](?=(?:[\\p{L}.]{1,8} )?-?@(?:sec|fig|tbl|lst|eq)-)| ?\\[(?=-?@[\\p{L}_])|(?<![\\w\\\\])-?@(?=(?:sec|fig|tbl|lst|eq)-\\w)',
    'every alternative is linear by itself, and what each of them reads ahead has a bound',
  ],
  [
    'ingest/html-byline.ts BY',
    String.raw`^(?:(?:ein (?:beitrag|artikel|gastbeitrag)|veröffentlicht|geschrieben|verfasst|erstellt|posted|written|published|gepostet) )?(?:von|by|par|por|autor(?:in)?|author|text|verfasser(?:in)?|redakteur(?:in)?)(?: ?:| )\s*`,
    'nothing is repeated but blanks, in lines of 90 characters',
  ],
  [
    'ingest/html-byline.ts DATE',
    String.raw`(?<![\d.,/-])(?:\d{1,2}\. ?(?:\d{1,2}\. ?|[A-Za-zäÄ]{3,9}\.? )\d{4}|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-zä]{2,8}\.? \d{4}|\d{1,2}\/\d{1,2}\/\d{4})(?![\d-])`,
    'every repetition has a bound of at most nine',
  ],
  [
    'ingest/loose-head.ts PAIR',
    String.raw`^(?:\.\. )?"?(\p{L}[\p{L}\p{N}_. -]{0,40}?)"?\s*[:=]\s*(.*)$`,
    'a key of 41 characters is tried at each of its lengths, once',
  ],
  [
    'search/present/question.ts ANSWERS',
    String.raw`(?<![\p{L}\p{N}])\p{Lu}[\p{L}.’'-]{1,40}(?: (?:von|van|de|der|zu|bin|al|di|da|la|le)){0,3} \p{Lu}[\p{L}’'-]{1,40}`,
    'every repetition has a bound, and a sentence is read as far as 4,000 characters',
  ],
]

interface Checker {
  checkSync(source: string, flags: string, options: { timeout: number }): { readonly status: string }
}

/** The checker without the binaries it may bring: too large for everyone who installs the project. */
function installedChecker(): Checker {
  const folder = temporaryFolder()
  const options = ['--prefix', folder, '--no-save', '--omit=optional', '--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', ['install', ...options, CHECKER], { stdio: 'ignore' })
  process.env['RECHECK_BACKEND'] = 'pure'
  return createRequire(join(folder, 'x.js'))('recheck') as Checker
}

/** Every regular expression in the sources, with the name it or the function around it has. */
function* expressions(): Generator<{ place: string; pattern: string; flags: string }> {
  const root = join(projectRoot, 'src')
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const found: { place: string; pattern: string; flags: string }[] = []
    const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'))
    for (const statement of program.body) {
      const declared = 'declaration' in statement ? statement.declaration : statement
      const name = nameOf(declared)
      new Visitor({
        Literal(node) {
          if ('regex' in node) found.push({ place: `${file} ${name}`, ...node.regex })
        },
      }).visit({ ...program, body: [statement] })
    }
    yield* found
  }
}

function nameOf(declared: unknown): string {
  const { id, declarations } = (declared ?? {}) as {
    id?: { name?: string }
    declarations?: { id: { name?: string } }[]
  }
  return id?.name ?? declarations?.[0]?.id.name ?? ''
}

it(
  'every literal regular expression takes time linear in what it reads',
  () => {
    const { checkSync } = installedChecker()
    const all = [...expressions()]
    expect(all.length).toBeGreaterThan(300)
    expect(checkSync('^(?:a|a)*$', '', { timeout: CHECK_MS }).status).toBe('vulnerable')
    const named = new Set(BOUNDED.map(([place, pattern]) => `${place}: ${pattern}`))
    const others = all.filter(({ place, pattern }) => !named.delete(`${place}: ${pattern}`))
    // names of what is no longer there
    expect([...named]).toEqual([])
    const slow = others.filter(
      ({ pattern, flags }) => checkSync(pattern, flags, { timeout: CHECK_MS }).status !== 'safe',
    )
    expect(slow.map(({ place, pattern }) => `${place}: ${pattern}`)).toEqual([])
  },
  ALL_MS,
)
