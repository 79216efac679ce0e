// Requests as genes that can be changed a little: a route, pieces of a query, and parameters. The same numbers give the same requests.

const ROUTES = [
  'search',
  'search',
  'search',
  'page',
  'post',
  'multi',
  'suggest',
  'facets',
  'similar',
  'article',
  'marks',
  'analyze',
]
const WRAPS = {
  plain: (word) => word,
  prefix: (word) => `${word.slice(0, 1 + (word.length % 4))}*`,
  letter: (word) => `${word.slice(0, 1)}*`,
  phrase: (word, next) => `"${word} ${next}"`,
  lone: (word) => `"${word}"`,
  minus: (word) => `-${word}`,
  without: (word, next) => `-"${word} ${next}"`,
  minusPrefix: (word) => `-${word.slice(0, 2)}*`,
  title: (word) => `titel:${word}`,
  noTitle: (word) => `-titel:${word}`,
  field: (word, _next, { fields }, at) => `${fields[at % fields.length]}:${word}`,
  grouped: (word, next) => `(${word} ODER ${next})`,
  misspelt: (word) => (word.length < 4 ? word : word.slice(0, 2) + word[3] + word[2] + word.slice(4)),
  chained: (word, next, { pools }, at) => [word, next, ...pools.telling.slice(at % 200, (at % 200) + 12)].join('-'),
  hyphens: (word) => Array.from({ length: 60 }, () => word.slice(0, 3)).join('-'),
}
const JOINS = [' ', ' ', ' ', ' ODER ', ' UND ', ' NICHT ']
const CONDITIONS = [
  (field, word) => `${field} = "${word}"`,
  (field, word) => `${field} != "${word}"`,
  (field, word) => `${field} CONTAINS "${word.slice(0, 2)}"`,
  (field, word) => `NOT ${field} STARTS WITH "${word.slice(0, 1)}"`,
  (field, word) => `${field} < "${word}"`,
  (field) => `${field} EXISTS`,
  (field, word) => `${field} IN ["${word}", "${word}x", "${word}y"]`,
]
/** Node refuses longer addresses; bodies may have 100,000 bytes. */
const ADDRESS_MAX = 15_800
const BODY_MAX = 99_000

export function requests({ next, below, pick }, words) {
  const pools = Object.keys(words.pools).filter((name) => words.pools[name].length > 0)
  const wraps = Object.keys(WRAPS)

  const params = () => ({
    limit: pick([1, 20, 100]),
    explain: next() < 0.5,
    facets: pick(['', '', '*', 'id,title,url', words.fields.join(',')]),
    conditions: next() < 0.2 ? below(900) : 0,
    condition: below(CONDITIONS.length),
    joint: pick([' AND ', ' OR ']),
    sort: pick([
      '',
      '',
      'title',
      'id:desc',
      words.fields
        .slice(0, 20)
        .map((field) => `${field}:desc`)
        .join(','),
    ]),
    fold: pick(['exact', 'near', 'none']),
    distinct: pick(['', '', 'title', 'id']),
    crop: pick([30, 30, 1000]),
    offset: pick([0, 0, 0, 1000, 90_000]),
    attributes: pick(['', '', '*']),
    strategy: pick(['last', 'last', 'all']),
    typing: next() < 0.3,
  })

  const fresh = () => ({
    route: pick(ROUTES),
    count: 1 + below(pick([4, 40, 400, 3000])),
    pool: pick(pools),
    wraps: Array.from({ length: 1 + below(3) }, () => pick(wraps)),
    join: pick(JOINS),
    start: below(400),
    ...params(),
  })

  /** A gene a little changed: most often something more of something. */
  function changed(gene) {
    const one = { ...gene, wraps: [...gene.wraps] }
    for (let n = 1 + below(3); n > 0; n--) {
      const kind = below(10)
      if (kind < 2) one.count = Math.max(1, Math.round(one.count * pick([0.5, 0.8, 1.3, 2, 4])))
      else if (kind < 3) one.pool = pick(pools)
      else if (kind < 4) one.wraps[below(one.wraps.length)] = pick(wraps)
      else if (kind < 5) one.wraps.push(pick(wraps))
      else if (kind < 6) one.start = below(400)
      else if (kind < 7) one.join = pick(JOINS)
      else if (kind < 8) one.route = pick(ROUTES)
      else {
        const given = params()
        const name = pick(Object.keys(given))
        one[name] = given[name]
      }
    }
    return one
  }

  const mixed = (a, b) => Object.fromEntries(Object.keys(a).map((name) => [name, next() < 0.5 ? a[name] : b[name]]))

  function query({ count, pool, wraps, join, start }, longest) {
    const list = words.pools[pool]
    const pieces = []
    for (let at = 0, length = 0; at < count && length < longest; at++) {
      const [word, other] = [list[(start + at) % list.length], list[(start + at * 7 + 1) % list.length]]
      const piece = WRAPS[wraps[at % wraps.length]](word, other, words, at)
      pieces.push(piece)
      length += encodeURIComponent(piece + join).length
    }
    return pieces.join(join)
  }

  function filter({ conditions, condition, joint, pool, start }, longest) {
    const list = [...words.ids, ...words.titles, ...words.pools[pool]]
    const pieces = []
    for (let at = 0, length = 0; at < conditions && length < longest; at++) {
      const value = list[(start + at) % list.length].replace(/["\\]/g, ' ')
      const piece = CONDITIONS[(condition + (at % 3 === 0 ? 0 : at)) % CONDITIONS.length](
        words.fields[at % words.fields.length],
        value,
      )
      pieces.push(piece)
      length += encodeURIComponent(piece + joint).length
    }
    return pieces.join(joint)
  }

  function parameters(gene, longest) {
    const wantsFilter = gene.conditions > 0
    const given = {
      q: query(gene, wantsFilter ? longest / 2 : longest),
      limit: String(gene.limit),
      foldDuplicates: gene.fold,
    }
    if (gene.explain) given.explain = 'true'
    if (gene.facets) given.facets = gene.facets
    if (wantsFilter) given.filter = filter(gene, longest / 2)
    if (gene.sort) given.sort = gene.sort
    if (gene.distinct) given.distinct = gene.distinct
    if (gene.crop !== 30) given.cropLength = String(gene.crop)
    if (gene.offset) given.offset = String(gene.offset)
    if (gene.attributes) given.attributesToRetrieve = gene.attributes
    if (gene.strategy !== 'last') given.matchingStrategy = gene.strategy
    if (gene.typing) given.typing = 'true'
    return given
  }

  const address = (route, given) => `${route}?${new URLSearchParams(given)}`.slice(0, ADDRESS_MAX)

  /** The request that a gene stands for: a path, headers, and a body where it is posted. */
  function request(gene) {
    const short = () => parameters(gene, ADDRESS_MAX - 800)
    const id = gene.start % 3 === 0 ? words.longestId : words.ids[gene.start % words.ids.length]
    switch (gene.route) {
      case 'page': {
        const ticked = words.fields.slice(5, 15).map((field) => [`f.${field}`, words.pools.frequent[gene.start % 50]])
        return {
          path: address('/', { ...short(), ...(gene.typing ? Object.fromEntries(ticked) : {}) }),
          headers: { accept: 'text/html' },
        }
      }
      case 'post':
        return { path: '/search', body: JSON.stringify(parameters(gene, BODY_MAX)).slice(0, BODY_MAX) }
      case 'multi': {
        const queries = Array.from({ length: 50 }, (_, i) =>
          parameters({ ...gene, start: gene.start + i * 3 }, BODY_MAX / 60),
        )
        return { path: '/multi-search', body: JSON.stringify({ queries }).slice(0, BODY_MAX) }
      }
      case 'suggest':
        return {
          path: address('/suggest', {
            q: query({ ...gene, wraps: ['plain'], join: ' ' }, 4000),
            limit: String(gene.limit),
          }),
        }
      case 'facets': {
        const field = words.fields[gene.start % words.fields.length]
        const more = gene.conditions > 0 ? { filter: filter(gene, ADDRESS_MAX - 800) } : {}
        return {
          path: address(`/facets/${encodeURIComponent(field)}`, {
            q: words.pools.pairs[gene.start % 100],
            limit: '100',
            ...more,
          }),
        }
      }
      case 'similar':
        return { path: address(`/articles/${encodeURIComponent(id)}/similar`, { ...short(), q: '' }) }
      case 'article':
        return {
          path: address(`/articles/${encodeURIComponent(id)}`, { q: query(gene, ADDRESS_MAX - 800) }),
          headers: { accept: 'text/html' },
        }
      case 'marks':
        return {
          path: address('/marks', { q: query(gene, 8000), url: `https://a.example/${'/'.repeat(gene.count)}${id}` }),
        }
      case 'analyze':
        return { path: address('/analyze', { text: query(gene, ADDRESS_MAX - 200), lang: 'de' }) }
      default:
        return { path: address('/search', short()) }
    }
  }

  return { fresh, changed, mixed, request }
}
