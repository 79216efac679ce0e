import { analysedBy } from '../index/open-analysis.ts'
import { parseFilter } from '../search/filter/parse.ts'
import { DEFAULT_REQUEST, LIMIT_MAX } from '../search/query/request.ts'
import type { SearchService } from '../search/service.ts'
import type { Command } from './command.ts'
import { placed, rulesAt } from './index-place.ts'
import { isBelow, minimumOf } from './minima.ts'
import { openForSearch } from './open.ts'
import { readQueryList, type WantedQuery } from './query-list.ts'
import { type Ranks, readBaseline, writeBaseline } from './rank-baseline.ts'
import type { Terminal } from './terminal.ts'

const METRICS = ['mrr10', 'success1', 'success10'] as const

type Figures = Readonly<Record<(typeof METRICS)[number], number>>

export const tuneCommand: Command = {
  name: 'tune',
  usage: 'QUERIES',
  summary: {
    de: 'prüft eigene Anfragen (je Zeile: Anfrage, Tabulator, Kennung oder Adresse des richtigen Artikels); --save hält das Ergebnis fest, --against vergleicht damit',
    en: 'checks queries of your own (a line each: query, tab, id or address of the right article); --save keeps the result, --against compares with it',
  },
  options: [
    {
      name: 'save',
      value: 'FILE.json',
      help: { de: 'hält das Ergebnis in der Datei fest', en: 'keeps the result in the file' },
    },
    {
      name: 'against',
      value: 'FILE.json',
      help: {
        de: 'zeigt, was seit diesem Ergebnis besser und schlechter wurde',
        en: 'shows what got better and worse since that result',
      },
    },
    { name: 'json', value: null, help: { de: 'Ergebnis als JSON', en: 'result as JSON' } },
    {
      name: 'min',
      value: 'METRIC=X',
      help: {
        de: `Ende mit 1, wenn der Wert unter X liegt; METRIC: ${METRICS.join(', ')}`,
        en: `exits 1 where the figure is below X; METRIC: ${METRICS.join(', ')}`,
      },
    },
  ],
  settings: ['cache', 'index', 'rules', 'recency', 'preferGerman', 'language'],
  arity: [1, 1],
  async run({ config: given, args, options, terminal }) {
    const config = placed(given, false)
    const minima = (options.get('min') ?? []).map((text) => minimumOf(text, METRICS))
    const path = args[0] as string
    const wanted = await readQueryList(path)
    const against = options.get('against')?.at(-1)
    const before = against === undefined ? undefined : readBaseline(against)
    const save = options.get('save')?.at(-1)
    const opened = await openForSearch(config.cache, terminal, analysedBy(rulesAt(config)), config.answers)
    try {
      await tellUnknown(wanted, opened.service, terminal)
      const ranks = await ranksOf(wanted, opened.service, terminal)
      const figures = figuresOf([...ranks.values()])
      const changes = before === undefined ? [] : changesBetween(before, ranks)
      if (options.has('json')) terminal.out(JSON.stringify({ queries: ranks.size, ...figures, changes }, null, 2))
      else print(ranks, before, changes, terminal)
      if (save !== undefined) writeBaseline(save, ranks)
      return isBelow(figures, minima, terminal) ? 1 : 0
    } finally {
      opened.close()
    }
  },
}

/** A query whose first right article stands elsewhere than before. */
export interface RankChange {
  readonly query: string
  readonly before: number | null
  readonly now: number | null
}

/** Of the queries that both have those whose rank has changed: what got worse first, and most first. */
export function changesBetween(before: Ranks, now: Ranks): RankChange[] {
  const changes: RankChange[] = []
  for (const [query, rank] of now) {
    const earlier = before.get(query)
    if (earlier !== undefined && earlier !== rank) changes.push({ query, before: earlier, now: rank })
  }
  const gainOf = ({ before: from, now: to }: RankChange): number => reciprocal(to) - reciprocal(from)
  return changes.sort((a, b) => gainOf(a) - gainOf(b) || (a.query < b.query ? -1 : 1))
}

/** Beyond the tenth place the order counts as well here: nobody looks there, but something moved. */
const reciprocal = (rank: number | null): number => (rank === null ? 0 : 1 / rank)

/** As `eval` counts them, see metrics.ts. */
export function figuresOf(ranks: readonly (number | null)[]): Figures {
  const mean = (worth: (rank: number) => number): number =>
    ranks.reduce<number>((sum, rank) => sum + (rank === null ? 0 : worth(rank)), 0) / Math.max(1, ranks.length)
  return {
    mrr10: mean((rank) => (rank <= 10 ? 1 / rank : 0)),
    success1: mean((rank) => (rank === 1 ? 1 : 0)),
    success10: mean((rank) => (rank <= 10 ? 1 : 0)),
  }
}

async function ranksOf(wanted: readonly WantedQuery[], service: SearchService, terminal: Terminal): Promise<Ranks> {
  const ranks = new Map<string, number | null>()
  for (const [done, { query, ids }] of wanted.entries()) {
    const { hits } = await service.search({ ...DEFAULT_REQUEST, q: query, limit: LIMIT_MAX, foldDuplicates: 'none' })
    const at = hits.findIndex(({ id, url }) => ids.has(id as string) || (url != null && ids.has(url)))
    ranks.set(query, at < 0 ? null : at + 1)
    terminal.progress({ de: 'Anfragen', en: 'queries' }, done + 1, wanted.length)
  }
  return ranks
}

/** An id or address that no article has is mostly a slip of the pen, and would look like a fault of the search. */
async function tellUnknown(
  wanted: readonly WantedQuery[],
  service: SearchService,
  { note, say }: Terminal,
): Promise<void> {
  for (const { query, ids } of wanted) {
    for (const id of ids) {
      if ((await service.article(id)) !== undefined || (await hasAddress(service, id))) continue
      note(
        say({
          de: `Achtung: „${query}“ will den Artikel „${id}“, den es im Index nicht gibt. Er gilt als nicht gefunden.`,
          en: `Warning: “${query}” wants the article “${id}”, which the index does not have. It counts as not found.`,
        }),
      )
    }
  }
}

async function hasAddress(service: SearchService, url: string): Promise<boolean> {
  const filter = parseFilter(`url = ${JSON.stringify(url)}`)
  return (await service.search({ ...DEFAULT_REQUEST, filter, limit: 1 })).totalHits > 0
}

function print(ranks: Ranks, before: Ranks | undefined, changes: readonly RankChange[], terminal: Terminal): void {
  const { out, say, paint } = terminal
  out(say({ de: `${ranks.size} Anfragen`, en: `${ranks.size} queries` }))
  const figures = figuresOf([...ranks.values()])
  for (const metric of METRICS) out(`${metric.padEnd(10)}${figures[metric].toFixed(4)}`)
  if (before !== undefined) out(compared(ranks, before, terminal))
  const lost = [...ranks].filter(([, rank]) => rank === null || rank > 10)
  list(
    say({ de: 'schlechter', en: 'worse' }),
    changes.filter((one) => reciprocal(one.now) < reciprocal(one.before)),
  )
  list(
    say({ de: 'besser', en: 'better' }),
    changes.filter((one) => reciprocal(one.now) > reciprocal(one.before)).reverse(),
  )
  if (lost.length > 0) out(paint.bold(say({ de: 'nicht unter den ersten zehn', en: 'not among the first ten' })))
  for (const [query, rank] of lost) out(`  ${place(rank)}  ${query}`)

  function list(heading: string, some: readonly RankChange[]): void {
    if (some.length > 0) out(paint.bold(heading))
    for (const { query, before: from, now } of some) out(`  ${place(from)} → ${place(now)}  ${query}`)
  }
}

/** Over the queries that both have: of new ones nothing is known from before. */
function compared(ranks: Ranks, before: Ranks, { say }: Terminal): string {
  const both = [...ranks.keys()].filter((query) => before.has(query))
  const [was, is] = [before, ranks].map((some) => figuresOf(both.map((query) => some.get(query) ?? null)))
  const figures = METRICS.map((metric) => `${metric} ${was?.[metric].toFixed(4)} → ${is?.[metric].toFixed(4)}`).join(
    ', ',
  )
  return say({
    de: `verglichen mit dem festgehaltenen Ergebnis (${both.length} Anfragen in beiden): ${figures}`,
    en: `compared with the result that was kept (${both.length} queries in both): ${figures}`,
  })
}

const place = (rank: number | null): string => (rank === null ? '–' : `${rank}`).padStart(3)
