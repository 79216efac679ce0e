// What the fields of articles are good for, over HTTP: filters, facets, sorting, suggestions, similar articles. The passages get a title,
// a place, tags, a number and a date each, by chance but the same every time.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomOf } from '../random.mjs'
import { numbers, program, said, serve } from './served.mjs'

const REQUESTS = 500
const DAY_MS = 86_400_000

/** Some values are frequent, most are rare, as in life. */
const skewed = (random, count) => Math.floor(count * random.next() ** 2)

function articles(texts, random) {
  return texts.map((text, id) => ({
    id: String(id),
    title: text.split(' ').slice(0, 6).join(' '),
    text,
    date: new Date(Date.UTC(2015, 0, 1) + random.below(3650) * DAY_MS).toISOString().slice(0, 10),
    tags: Array.from({ length: 1 + random.below(3) }, () => `Thema ${skewed(random, 60)}`),
    meta: {
      ort: `Ort ${skewed(random, 300)}`,
      ursache: `Ursache ${skewed(random, 20)}`,
      verletzte: skewed(random, 5000),
    },
  }))
}

/** Beginnings of pairs of words, as they are typed. */
function beginnings(texts, random) {
  const typed = []
  while (typed.length < REQUESTS) {
    const words = random.pick(texts).match(/\p{L}{4,}/gu) ?? []
    if (words.length < 2) continue
    const at = random.below(words.length - 1)
    const pair = `${words[at]} ${words[at + 1]}`
    typed.push(pair.slice(0, 2 + random.below(pair.length - 1)))
  }
  return typed
}

/** By kind of request the paths to ask. */
function requests(texts, random) {
  const words = beginnings(texts, random).map((typed) => typed.split(' ')[0])
  const filters = () =>
    `ort IN ["Ort ${skewed(random, 300)}", "Ort ${skewed(random, 300)}"] OR verletzte >= ${random.below(5000)} AND date >= 20${16 + random.below(9)}`
  const facets = 'facets=ort,ursache,tags'
  const path = (route, parameters) => `${route}?${new URLSearchParams(parameters)}`
  return {
    suggest: beginnings(texts, random).map((q) => path('/suggest', { q })),
    'filter, three facets, no query': words.map(() => `${path('/search', { limit: 10, filter: filters() })}&${facets}`),
    'filter, three facets, a word': words.map(
      (q) => `${path('/search', { q: `${q} `, limit: 10, filter: filters() })}&${facets}`,
    ),
    'three facets, a word': words.map((q) => `${path('/search', { q: `${q} `, limit: 10 })}&${facets}`),
    'sorted, a word': words.map((q) => path('/search', { q: `${q} `, limit: 10, sort: 'verletzte:desc,date:asc' })),
    'a word while it is typed': words.map((q) => path('/search', { q, limit: 10 })),
    'a phrase': beginnings(texts, random).map((q) => path('/search', { q: `"${q}"`, limit: 10 })),
    'one word, but not another': words.map((q, i) => path('/search', { q: `${q} -${words.at(i - 1)}`, limit: 10 })),
    'explained, a word': words.map((q) => path('/search', { q: `${q} `, limit: 10, explain: true })),
    'values of a field': words.map((_q, i) => path('/facets/ort', { q: `ort ${i % 30}` })),
    'similar articles': words.map(() => path(`/articles/${random.below(texts.length)}/similar`, { limit: 10 })),
    'nearly the same folded, a word': words.map((q) =>
      path('/search', { q: `${q} `, limit: 10, foldDuplicates: 'near' }),
    ),
  }
}

/** @param texts passages, one an article */
export async function features(texts, scratch) {
  const random = randomOf(6)
  const lines = join(scratch, `features-${texts.length}.jsonl`)
  const cache = join(scratch, `features-${texts.length}`)
  writeFileSync(
    lines,
    articles(texts, random)
      .map((article) => JSON.stringify(article))
      .join('\n'),
  )
  execFileSync(process.execPath, [program, 'index', lines, '--cache', cache, '--max-file-mb', '500'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const rounds = [requests(texts, random), requests(texts, random)]
  const { ask, stop } = await serve(cache)
  try {
    console.log(
      `  fields, over HTTP, milliseconds p50, p95, p99: the first ${REQUESTS} requests of a kind, then ${REQUESTS} others:`,
    )
    for (const name of Object.keys(rounds[0])) {
      const figures = []
      for (const round of rounds) {
        const ms = []
        for (const path of round[name]) {
          const from = performance.now()
          const { status } = await ask(path)
          if (status !== 200) throw new Error(`${status} for ${path}`)
          ms.push(performance.now() - from)
        }
        figures.push(
          `${said(numbers(ms))}   slowest ${Math.max(...ms)
            .toFixed(1)
            .padStart(6)}`,
        )
      }
      console.log(`    ${name.padEnd(32)}${figures.join('   |')}`)
    }
  } finally {
    await stop()
  }
}
