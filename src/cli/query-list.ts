import { FundstelleError } from '../errors.ts'
import { lines } from './dataset.ts'

/** A query that somebody wrote down, and the articles that are right for it. */
export interface WantedQuery {
  readonly query: string
  /** Or addresses. */
  readonly ids: ReadonlySet<string>
}

/** Nobody writes down more by hand, and all of them are asked in a minute. */
const QUERIES_MAX = 10_000

/**
 * Reads a list of queries: a line each, with a tab and the id or address of the article that is wanted. A query that stands there several times wants any of its articles. Blank lines
 * and those that begin with `#` say nothing.
 * @throws FundstelleError `dataset_unreadable`, or `dataset_broken` with the line
 */
export async function readQueryList(path: string): Promise<WantedQuery[]> {
  const wanted = new Map<string, Set<string>>()
  for await (const [number, line] of lines(path)) {
    const text = number === 1 ? line.replace(/^\ufeff/, '') : line
    if (text.startsWith('#') || text.trim() === '') continue
    if (text.includes('\ufffd')) throw notUtf8(path, number)
    const [query, id, ...others] = text.split('\t').map((column) => column.trim())
    if (query === undefined || id === undefined || query === '' || id === '' || others.some((other) => other !== ''))
      throw broken(path, number, text)
    const ids = wanted.get(query)
    if (ids !== undefined) ids.add(id)
    else if (wanted.size === QUERIES_MAX) throw tooMany(path, number)
    else wanted.set(query, new Set([id]))
  }
  if (wanted.size === 0) throw broken(path, 1, '')
  return Array.from(wanted, ([query, ids]) => ({ query, ids }))
}

function broken(path: string, line: number, got: string): FundstelleError {
  return new FundstelleError('dataset_broken', {
    path,
    line,
    reason: {
      de: `hier steht „${got}“, erwartet wird eine Anfrage, ein Tabulator und Kennung oder Adresse des richtigen Artikels`,
      en: `got “${got}”, expected a query, a tab and the id or address of the right article`,
    },
  })
}

const notUtf8 = (path: string, line: number): FundstelleError =>
  new FundstelleError('dataset_broken', {
    path,
    line,
    reason: {
      de: 'die Datei ist nicht in UTF-8; speichern Sie sie als Text in UTF-8',
      en: 'the file is not in UTF-8; save it as text in UTF-8',
    },
  })

const tooMany = (path: string, line: number): FundstelleError =>
  new FundstelleError('dataset_broken', {
    path,
    line,
    reason: {
      de: `mehr als ${QUERIES_MAX} verschiedene Anfragen`,
      en: `more than ${QUERIES_MAX} different queries`,
    },
  })
