import type { Hono } from 'hono'

/** An article, and words that tell most about it. */
export interface Sample {
  readonly id: string
  readonly words: readonly string[]
}

/**
 * Makes one request of each kind for each sample, one after the other: what runs for the first time is not compiled yet, and takes two
 * or three times as long. Each has the budget of any other request.
 * @param app one that answers before the server does
 * @param signal aborted, the rest is left out
 */
export async function warmUp(app: Hono, samples: readonly Sample[], signal: AbortSignal): Promise<void> {
  for (const sample of samples) {
    for (const [path, accept] of requests(sample)) {
      if (signal.aborted) return
      const response = await app.request(path, { headers: { accept, 'accept-encoding': 'br' } })
      await response.arrayBuffer()
    }
  }
}

const DATA = 'application/json'
const PAGE = 'text/html'

function requests({ id, words }: Sample): (readonly [path: string, accept: string])[] {
  const [first = '', second = ''] = words
  const all = words.join(' ')
  const clauses = words.map((word, i) => [`titel:${word}`, `"${word} ${first}"`, word, `${word.slice(0, 3)}*`][i % 4])
  const beginnings = words.map((word) => `${word.slice(0, 3)}*`).join(' ')
  const article = `/articles/${encodeURIComponent(id)}`
  return [
    [`/?${query(all)}`, PAGE],
    [`/search?${query(`${first} ${beginnings}`)}&explain=true&limit=100`, DATA],
    [
      `/search?${query(`"${first} ${second}" "der ${first}" ${second} -"${second} ${first}" der die und in`)}&facets=*`,
      DATA,
    ],
    [`/search?${query(clauses.join(' ODER '))}&explain=true`, DATA],
    [`/search?${query(clauses.join(' UND '))}`, DATA],
    [`${article}?${query(`${all} "${first} ${second}" der die und in`)}`, PAGE],
    [`${article}/similar?limit=20&explain=true`, DATA],
    [`/suggest?${query(first.slice(0, 3))}`, DATA],
  ]
}

const query = (q: string): string => new URLSearchParams({ q }).toString()
