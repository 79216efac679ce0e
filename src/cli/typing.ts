import { emitKeypressEvents, type Key } from 'node:readline'
import type { SearchAnswer } from '../search/answer.ts'
import type { SearchRequest } from '../search/query/request.ts'
import type { SearchService } from '../search/service.ts'
import { MARKS, paintedLine, plain } from './marked-text.ts'
import type { Terminal } from './terminal.ts'

/** Rows that a hit takes, and those around the hits. */
const ROWS_A_HIT = 2
const ROWS_AROUND = 3
/** A snippet that fits into a line. */
const CROP_LENGTH = 20

const CLEAR_BELOW = '\u001b[J'
const LINE_START = '\r'
const up = (rows: number): string => (rows > 0 ? `\u001b[${rows}A` : '')
const right = (columns: number): string => (columns > 0 ? `\u001b[${columns}C` : '')

/**
 * Shows hits below a line that is being typed. Enter gives the query to be searched in full, Escape empties the line, and once more
 * leaves, as Ctrl+C and Ctrl+D do.
 * @returns the query, or null where it was left without one
 */
export async function searchWhileTyping(
  service: SearchService,
  request: SearchRequest,
  terminal: Terminal,
): Promise<string | null> {
  const { stdin, stdout } = process
  const prompt = terminal.say({ de: 'Suche: ', en: 'Search: ' })
  let query = ''
  let asked = 0

  const show = async (): Promise<void> => {
    asked += 1
    const turn = asked
    const [columns, rows] = [stdout.columns || 80, stdout.rows || 24]
    const limit = Math.max(1, Math.floor((rows - ROWS_AROUND) / ROWS_A_HIT))
    const answer =
      query.trim() === ''
        ? null
        : await service.search({ ...request, q: query, typing: true, limit, cropLength: CROP_LENGTH, highlight: MARKS })
    // something was typed meanwhile
    if (turn !== asked) return
    const line = `${prompt}${query}`
    const lines = answer === null ? [hint(terminal)] : frame(answer, columns, terminal)
    const shown = line.length < columns ? line : line.slice(line.length - columns + 1)
    stdout.write(
      `${LINE_START}${CLEAR_BELOW}${shown}\n${lines.join('\n')}${up(lines.length)}${LINE_START}${right(shown.length)}`,
    )
  }

  emitKeypressEvents(stdin)
  stdin.setRawMode(true)
  stdin.resume()
  try {
    await show()
    return await new Promise<string | null>((resolve, reject) => {
      const update = (changed: string): void => {
        query = changed
        show().catch(reject)
      }
      stdin.on('keypress', (text: string | undefined, key: Key) => {
        if (key.ctrl === true && (key.name === 'c' || key.name === 'd')) resolve(null)
        else if (key.name === 'escape') query === '' ? resolve(null) : update('')
        else if (key.name === 'return' || key.name === 'enter') resolve(query.trim() === '' ? null : query)
        else if (key.name === 'backspace') update([...query].slice(0, -1).join(''))
        else if (key.ctrl === true && key.name === 'u') update('')
        else if (text !== undefined && key.ctrl !== true && key.meta !== true && !CONTROL.test(text))
          update(query + text)
      })
    })
  } finally {
    stdin.removeAllListeners('keypress')
    stdin.setRawMode(false)
    stdin.pause()
    stdout.write(`${LINE_START}${CLEAR_BELOW}`)
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: keys that are no letters
const CONTROL = /[\u0000-\u001f\u007f]/

const hint = (terminal: Terminal): string =>
  terminal.paint.dim(
    terminal.say({
      de: 'Tippen sucht, Enter zeigt die Treffer ganz, Esc beendet.',
      en: 'Typing searches, Enter shows the hits in full, Esc leaves.',
    }),
  )

/** The lines below the query. */
function frame(answer: SearchAnswer, columns: number, terminal: Terminal): string[] {
  const width = columns - 1
  const lines = answer.hits.flatMap(({ id = '', formatted }) => [
    terminal.paint.bold(
      formatted.title === '' ? plain(id).slice(0, width) : paintedLine(formatted.title, width, terminal),
    ),
    `  ${paintedLine(formatted.snippet, width - 2, terminal)}`,
  ])
  const { totalHits, didYouMean } = answer
  const hits = terminal.say(
    totalHits === 1 ? { de: '1 Treffer', en: '1 hit' } : { de: `${totalHits} Treffer`, en: `${totalHits} hits` },
  )
  const meant =
    didYouMean === null
      ? ''
      : terminal.say({ de: ` – meinten Sie: ${didYouMean}`, en: ` – did you mean: ${didYouMean}` })
  return [...lines, terminal.paint.dim((hits + meant).slice(0, width))]
}
