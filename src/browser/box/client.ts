/** A hit, as far as the box needs it. */
export interface BoxHit {
  readonly id: string
  readonly url: string | null
  readonly date?: string | null
  /** Of a PDF, where its best place is. */
  readonly page?: number
  /** Of a long article, its title as plain text. */
  readonly section?: { readonly title: string }
  readonly formatted: { readonly title: string; readonly snippet: string }
}

export interface BoxAnswer {
  readonly hits: readonly BoxHit[]
  readonly totalHits: number
  readonly didYouMean: string | null
}

/** What went wrong, by what the box says about it. */
export class Failure extends Error {
  readonly says: 'failed' | 'starting' | 'refused'

  /** @param why for whoever reads the browser's console */
  constructor(says: Failure['says'], why: string) {
    super(`fundstelle-suche: ${why}`)
    this.says = says
  }
}

/** Around matches in formatted texts. All else in them is escaped: no article can hold these. */
export const OPEN = '<mark>'
export const CLOSE = '</mark>'

const TIMEOUT_MS = 10_000
const NAMES = 'id,url,date'

/** Why a server may not have answered, for whoever reads the browser's console. */
export const unanswered = (server: string): string =>
  location.protocol === 'file:'
    ? 'a file has no address that a server could allow: open it through a web server'
    : `${server} did not answer, or its --allow-origin (FUNDSTELLE_ALLOW_ORIGIN) lacks ${location.origin}`

/** @throws Failure; whatever `fetch` throws where the signal was aborted */
export async function ask(
  server: string,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<BoxAnswer> {
  const query = new URLSearchParams({
    ...parameters,
    attributesToRetrieve: NAMES,
    cropLength: '14',
    // where whole words are left out, German sets spaces
    cropMarker: ' … ',
  })
  let response: Response
  try {
    const stop = new AbortController()
    const late = setTimeout(() => stop.abort(), TIMEOUT_MS)
    signal.addEventListener('abort', () => stop.abort())
    try {
      response = await fetch(`${server}/search?${query}`, { signal: stop.signal, credentials: 'omit' })
      if (response.ok) return await response.json()
    } finally {
      clearTimeout(late)
    }
  } catch (error) {
    if (signal.aborted) throw error
    throw new Failure('failed', unanswered(server))
  }
  const problem: { detail?: string } = await response.json().catch(() => ({}))
  const why = `${response.status} ${problem.detail ?? `from ${server}: no Fundstelle there?`}`
  throw new Failure(response.status === 503 ? 'starting' : response.status < 500 ? 'refused' : 'failed', why)
}
