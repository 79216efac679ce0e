// Requests as people make them, and as somebody makes them who wants to do harm: half of them plain searches, half with operators,
// filters, facets and the other routes. The same seed gives the same ones.
import { randomOf } from './random.mjs'

const WORDS =
  `Drohnen Gesetz Straße strasse Verordnung der die und Kündigung Mietvertrag § 5 Abs. 2 2024 4.700 1,7 z. B. SA-22
  Bundesverfassungsgericht Europäischen Boden-Luft-Raketen Müller's Öl-Produzent Inkrafttreten Artikel Satz nach von im`.split(
    /\s+/,
  )
const ODD = [
  '%',
  '%00',
  '%ff%fe',
  '%C3',
  '%F0%9F%98%80',
  '"',
  "'",
  '<script>',
  '%0A',
  '&',
  '=',
  '#',
  '?',
  ';',
  '\\',
  '-',
  '*',
  '😀',
  'a\u0301',
]
const PARAMETERS = [
  'limit',
  'offset',
  'page',
  'hitsPerPage',
  'cropLength',
  'cropMarker',
  'highlightPreTag',
  'lang',
  'filter',
  'unbekannt',
]
const VALUES = [
  '0',
  '1',
  '10',
  '100',
  '101',
  '-1',
  '1e9',
  '99999999999999999999',
  'NaN',
  '',
  '%ff',
  'de',
  'true',
  '1.5',
]
const OPERATORS = [
  'ODER',
  'UND',
  'NICHT',
  'OR',
  'AND',
  'NOT',
  '-',
  '"',
  '„',
  '“',
  '(',
  ')',
  '*',
  ':',
  'titel:',
  'tag:',
  'ort:',
  '-"',
  '((',
  '))',
]
const FIELDS = [
  'ort',
  'meta.ort',
  'tags',
  'date',
  'title',
  'id',
  'author',
  'verletzte',
  'text',
  'fehlt',
  'größe',
  '__proto__',
  'constructor',
]
const CONDITIONS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'IN',
  'NOT IN',
  'TO',
  'EXISTS',
  'NOT EXISTS',
  'IS NULL',
  'IS EMPTY',
  'IS NOT EMPTY',
  'CONTAINS',
  'STARTS WITH',
]
const FILTER_VALUES = [
  'a',
  '"Kursk, Russland"',
  "'x\\'y'",
  '2024',
  '2024-03',
  '2024-03-31',
  '1e9',
  '-5',
  '[a, b]',
  '[]',
  '[',
  '""',
  'NULL',
  '5 TO 9',
  '💥',
  '\\',
]

export function requestsOf(seed) {
  const { next: random, below, pick } = randomOf(seed)
  const several = (most, make) => Array.from({ length: 1 + below(most) }, make)

  function plainQuery() {
    const kind = below(10)
    if (kind < 5) return several(6, () => encodeURIComponent(pick(WORDS))).join('+')
    if (kind < 6) return Array.from({ length: 300 }, () => encodeURIComponent(pick(WORDS))).join('+')
    if (kind < 8) return several(20, () => (random() < 0.5 ? pick(ODD) : encodeURIComponent(pick(WORDS)))).join('')
    if (kind < 9) return encodeURIComponent('ä'.repeat(below(2000)))
    return 'x'.repeat(below(15_000))
  }

  function plain() {
    const more = Array.from({ length: below(4) }, () => `&${pick(PARAMETERS)}=${pick(VALUES)}`).join('')
    return { path: encodeURI(`/search?q=${plainQuery()}${more}`).replace(/%25/g, '%') }
  }

  function query() {
    const kind = below(20)
    if (kind === 0) return '('.repeat(below(5000)) + pick(WORDS) + ')'.repeat(below(5000))
    if (kind === 1) return `${pick(OPERATORS)} `.repeat(below(1000))
    if (kind === 2) return several(400, () => `"${pick(WORDS)} ${pick(WORDS)}"`).join(pick([' ', ' ODER ', ' -']))
    if (kind === 3) return `${'NICHT ('.repeat(below(200))}${pick(WORDS)}`
    return several(10, () => (random() < 0.4 ? pick(OPERATORS) : pick(WORDS))).join(pick([' ', ' ', '']))
  }

  function condition() {
    return `${pick(FIELDS)} ${pick(CONDITIONS)} ${pick(FILTER_VALUES)}`
  }

  function filter() {
    const kind = below(20)
    if (kind === 0) return `${'('.repeat(below(5000))}${condition()}`
    if (kind === 1) return 'NOT '.repeat(below(3000)) + condition()
    if (kind === 2) return several(300, condition).join(pick([' AND ', ' OR ']))
    if (kind === 3) return `ort IN [${several(500, () => pick(WORDS)).join(', ')}]`
    return several(4, () => (random() < 0.2 ? `NOT (${condition()})` : condition())).join(
      pick([' AND ', ' OR ', ' ', ', ']),
    )
  }

  function parameters() {
    const given = { q: random() < 0.2 ? '' : query() }
    if (random() < 0.6) given.filter = filter()
    if (random() < 0.3) given.facets = several(4, () => pick([...FIELDS, '*'])).join(',')
    if (random() < 0.3) given.sort = several(3, () => `${pick(FIELDS)}${pick(['', ':asc', ':desc', ':ab'])}`).join(',')
    if (random() < 0.3) given.explain = pick(['true', 'false', 'ja'])
    if (random() < 0.3) given.foldDuplicates = pick(['exact', 'near', 'none'])
    if (random() < 0.1) given.distinct = pick(FIELDS)
    if (random() < 0.1) given.matchingStrategy = pick(['all', 'last'])
    if (random() < 0.3) given.limit = pick(['1', '100', '10'])
    return given
  }

  const addressOf = (route, given) => `${route}?${new URLSearchParams(given)}`.slice(0, 15_000)

  function featured() {
    const kind = below(20)
    if (kind < 3) return { path: addressOf('/suggest', { q: query().slice(0, 1 + below(40)) }) }
    if (kind < 4)
      return { path: addressOf(`/facets/${encodeURIComponent(pick(FIELDS))}`, { q: pick(WORDS).slice(0, 2) }) }
    if (kind < 5) return { path: addressOf(`/articles/${below(5000)}/similar`, parameters()) }
    if (kind < 6) return { path: '/multi-search', body: JSON.stringify({ queries: several(5, parameters) }) }
    if (kind < 8) return { path: '/search', body: JSON.stringify(parameters()) }
    if (kind < 9)
      return {
        path: '/search',
        body: pick([
          '',
          '{',
          '[]',
          'null',
          '{"q":5}',
          '{"filter":[["a = 1"],"b"]}',
          '"x"',
          `{"q":"${'('.repeat(90_000)}"}`,
        ]),
      }
    return { path: addressOf('/search', parameters()) }
  }

  return () => (random() < 0.5 ? plain() : featured())
}
