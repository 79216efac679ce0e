import { FundstelleError } from '../errors.ts'
import { openAnalysis } from '../index/analysis.ts'
import type { Hit } from '../search/hit.ts'
import { DEFAULT_REQUEST, LIMIT_MAX, type SearchRequest } from '../search/request.ts'
import type { Command, CommandInput } from './command.ts'
import { openForSearch } from './open.ts'
import type { Terminal } from './terminal.ts'

const LIMIT_ON_TERMINAL = 10

// Marks that no article holds (private use), turned into colours after the snippet has been made.
const PRE = '\ue000'
const POST = '\ue001'

export const searchCommand: Command = {
  name: 'search',
  usage: 'QUERY',
  summary: { de: 'sucht im Terminal', en: 'searches in the terminal' },
  options: [
    { name: 'limit', value: 'N', help: { de: 'so viele Treffer (10)', en: 'so many hits (10)' } },
    { name: 'json', value: null, help: { de: 'gibt aus, was /search antwortet', en: 'prints what /search answers' } },
  ],
  settings: ['cache', 'rules', 'language'],
  arity: [1, Number.POSITIVE_INFINITY],
  async run({ config, args, options, terminal }) {
    const json = options.has('json')
    const request: SearchRequest = { ...DEFAULT_REQUEST, q: args.join(' '), limit: limitOf(options, json) }
    const opened = await openForSearch(config.cache, terminal, openAnalysis(config.rules))
    try {
      const answer = await opened.service.search(json ? request : { ...request, highlight: { pre: PRE, post: POST } })
      if (json) terminal.out(JSON.stringify(answer, null, 2))
      else {
        for (const hit of answer.hits) terminal.out(hitText(hit, terminal))
        const count = terminal.say(
          answer.totalHits === 1
            ? { de: '1 Treffer', en: '1 hit' }
            : { de: `${answer.totalHits} Treffer`, en: `${answer.totalHits} hits` },
        )
        terminal.note(`${count} (${answer.processingTimeMs.toLocaleString(terminal.language)} ms)`)
      }
      return 0
    } finally {
      opened.close()
    }
  },
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
  const source = plain([hit.id, hit.date, hit.url].filter((part) => typeof part === 'string').join('  '))
  const snippet = painted(hit.formatted.snippet, terminal).replace(/\s+/g, ' ')
  return [terminal.paint.bold(title), terminal.paint.dim(source), snippet, ''].join('\n')
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
// biome-ignore lint/suspicious/noControlCharactersInRegex: an article must not steer the terminal
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g

const plain = (text: string): string => text.replace(CONTROL, ' ').replaceAll('\n', ' ')

function painted(html: string, terminal: Terminal): string {
  return html
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] as string)
    .replace(CONTROL, ' ')
    .replace(new RegExp(`${PRE}([^${POST}]*)${POST}`, 'g'), (_, match: string) => terminal.paint.mark(match))
}
