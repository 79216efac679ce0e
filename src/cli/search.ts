import { FundstelleError, type Language } from '../errors.ts'
import { analysedBy } from '../index/open-analysis.ts'
import type { SearchAnswer } from '../search/answer.ts'
import { parseFilter } from '../search/filter/parse.ts'
import type { Hit } from '../search/present/hit.ts'
import { DEFAULT_REQUEST, LIMIT_MAX, type SearchRequest } from '../search/query/request.ts'
import { parseSortKey } from '../search/query/sorting.ts'
import { openOnCluster } from './cluster-place.ts'
import type { Command, CommandInput } from './command.ts'
import { placed, rulesAt } from './index-place.ts'
import { MARKS, painted, plain } from './marked-text.ts'
import { openForSearch } from './open.ts'
import type { Terminal } from './terminal.ts'
import { searchWhileTyping } from './typing.ts'

const LIMIT_ON_TERMINAL = 10

export const searchCommand: Command = {
  name: 'search',
  usage: '[QUERY]',
  summary: {
    de: 'sucht im Terminal; ohne QUERY schon während des Tippens',
    en: 'searches in the terminal; without QUERY while you type',
  },
  options: [
    { name: 'limit', value: 'N', help: { de: 'so viele Treffer (10)', en: 'so many hits (10)' } },
    {
      name: 'filter',
      value: 'FILTER',
      help: {
        de: 'nur Artikel wie: ort = Kursk AND date >= 2025',
        en: 'only articles such as: ort = Kursk AND date >= 2025',
      },
    },
    {
      name: 'facets',
      value: 'FIELDS',
      help: { de: 'zählt die Werte von Feldern: ort,tags,date', en: 'counts the values of fields: ort,tags,date' },
    },
    {
      name: 'sort',
      value: 'KEYS',
      help: { de: 'ordnet nach Feldern: date:desc,verletzte:asc', en: 'sorts by fields: date:desc,verletzte:asc' },
    },
    { name: 'explain', value: null, help: { de: 'sagt, warum ein Treffer passt', en: 'says why a hit matches' } },
    { name: 'json', value: null, help: { de: 'gibt aus, was /search antwortet', en: 'prints what /search answers' } },
  ],
  settings: ['cache', 'index', 'rules', 'recency', 'preferGerman', 'language'],
  arity: [0, Number.POSITIVE_INFINITY],
  async run({ config: given, args, options, terminal }) {
    const config = given.cluster === null ? placed(given, false) : given
    const json = options.has('json')
    const isInteractive = args.length === 0 && !json && process.stdin.isTTY && process.stdout.isTTY
    if (args.length === 0 && !isInteractive) {
      const expected = { de: 'eine Suchanfrage', en: 'a query' }
      throw new FundstelleError('missing_argument', { command: 'search', expected })
    }
    const request = requestOf(args.join(' '), options, json, terminal.language)
    const opened =
      config.cluster === null
        ? await openForSearch(config.cache, terminal, analysedBy(rulesAt(config)), config.answers)
        : await openOnCluster(config.cluster, config, config.answers)
    try {
      const query = isInteractive ? await searchWhileTyping(opened.service, request, terminal) : request.q
      // left without a query
      if (query === null) return 0
      const asked = { ...request, q: query }
      const answer = await opened.service.search(json ? asked : { ...asked, highlight: MARKS })
      if (json) terminal.out(JSON.stringify(answer, null, 2))
      else print(answer, terminal)
      return 0
    } finally {
      await opened.close()
    }
  },
}

function requestOf(q: string, options: CommandInput['options'], json: boolean, language: Language): SearchRequest {
  const last = (name: string): string | undefined => options.get(name)?.at(-1)
  return {
    ...DEFAULT_REQUEST,
    q,
    limit: limitOf(options, json),
    filter: parseFilter(last('filter') ?? ''),
    facets: namesIn(last('facets')),
    sort: namesIn(last('sort')).map((key) => {
      const parsed = parseSortKey(key)
      if (parsed !== null) return parsed
      const expected = { de: 'etwas wie date:desc oder verletzte:asc', en: 'something like date:desc or verletzte:asc' }
      throw new FundstelleError('bad_value', { name: '--sort', got: key, expected })
    }),
    explain: options.has('explain'),
    language,
  }
}

const namesIn = (list = ''): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

function print(answer: SearchAnswer, terminal: Terminal): void {
  for (const hit of answer.hits) terminal.out(hitText(hit, terminal))
  const facets = facetsText(answer, terminal)
  if (facets !== '') terminal.out(facets)
  const { totalHits, droppedWords, didYouMean, explanation, degraded, degradation } = answer
  if (degraded) {
    const cutShort = {
      de: 'Die Suche wurde abgekürzt, weil sie zu aufwendig ist; --explain sagt, was fehlt.',
      en: 'The search was cut short because it takes too much work; --explain says what is missing.',
    }
    terminal.note(degradation?.text ?? terminal.say(cutShort))
  }
  if (droppedWords.length > 0) {
    const words = droppedWords.join(', ')
    terminal.note(terminal.say({ de: `Nicht im ersten Treffer: ${words}`, en: `Not in the first hit: ${words}` }))
  }
  if (didYouMean !== null)
    terminal.note(terminal.say({ de: `Meinten Sie: ${didYouMean}`, en: `Did you mean: ${didYouMean}` }))
  if (explanation !== undefined && explanation.text !== '') terminal.note(explanation.text)
  const count = terminal.say(
    totalHits === 1 ? { de: '1 Treffer', en: '1 hit' } : { de: `${totalHits} Treffer`, en: `${totalHits} hits` },
  )
  terminal.note(`${count} (${answer.processingTimeMs.toLocaleString(terminal.language)} ms)`)
}

/** Values shown of one facet. */
const VALUES_SHOWN = 10

function facetsText({ facetDistribution, facetStats }: SearchAnswer, terminal: Terminal): string {
  const lines = Object.entries(facetDistribution).map(([name, values]) => {
    const counts = Object.entries(values).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    const shown = counts.slice(0, VALUES_SHOWN).map(([value, count]) => `${plain(value)} (${count})`)
    if (counts.length > shown.length) shown.push('…')
    const stats = facetStats[name]
    const range = stats === undefined ? '' : `${stats.min} – ${stats.max}: `
    return `${terminal.paint.bold(plain(name))}: ${range}${shown.join(', ')}`
  })
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function limitOf(options: CommandInput['options'], json: boolean): number {
  const given = options.get('limit')?.at(-1)
  if (given === undefined) return json ? DEFAULT_REQUEST.limit : LIMIT_ON_TERMINAL
  const limit = Number(given)
  if (/^\d+$/.test(given) && limit <= LIMIT_MAX) return limit
  const expected = { de: `eine ganze Zahl von 0 bis ${LIMIT_MAX}`, en: `a whole number from 0 to ${LIMIT_MAX}` }
  throw new FundstelleError('bad_value', { name: '--limit', got: given, expected })
}

function hitText(hit: Hit, terminal: Terminal): string {
  const title = hit.formatted.title === '' ? plain(hit.id ?? '') : painted(hit.formatted.title, terminal)
  const page = hit.page === undefined ? null : terminal.say({ de: `Seite ${hit.page}`, en: `page ${hit.page}` })
  const section = hit.section === undefined ? null : `§ ${hit.section.title}`
  const source = plain([hit.id, hit.date, hit.url, page, section].filter((part) => typeof part === 'string').join('  '))
  const more = terminal.say({ de: `und ${hit.duplicates}-mal dasselbe`, en: `and ${hit.duplicates} times the same` })
  const snippet = painted(hit.formatted.snippet, terminal).replace(/\s+/g, ' ')
  const lines = [
    terminal.paint.bold(title),
    terminal.paint.dim(hit.duplicates ? `${source}  ${more}` : source),
    snippet,
  ]
  if (hit.explanation !== undefined) lines.push(terminal.paint.dim(plain(hit.explanation.text)))
  return [...lines, ''].join('\n')
}
