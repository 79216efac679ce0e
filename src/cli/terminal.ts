import type { Language, Localized } from '../errors.ts'

/** Where a command writes, and in which language. Results go to `out`, everything about them to `note`. */
export interface Terminal {
  readonly language: Language
  /** Standard output: what a pipe wants. */
  out(text: string): void
  /** Standard error, one line. */
  note(text: string): void
  say(words: Localized): string
  /** Shows how far something is: a bar that redraws itself on a terminal, a line at every tenth part elsewhere. */
  progress(label: Localized, done: number, total: number): void
  readonly paint: Paint
}

/** Colours of standard output; they paint nothing where there is no terminal or NO_COLOR is set. */
export interface Paint {
  bold(text: string): string
  dim(text: string): string
  mark(text: string): string
}

const BAR_WIDTH = 30
const TENTHS = 10

export function createTerminal(language: Language, env: NodeJS.ProcessEnv): Terminal {
  const { stdout, stderr } = process
  const plain = (env['NO_COLOR'] ?? '') !== ''
  const coloured = !plain && (!['', '0'].includes(env['FORCE_COLOR'] ?? '') || stdout.isTTY === true)
  const paintWith = (open: number, close: number) => (text: string) =>
    coloured && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text
  let barShown = false
  let lastTenth = ''

  const clearBar = (): void => {
    if (barShown) stderr.write('\r\u001b[K')
    barShown = false
  }
  return {
    language,
    out(text) {
      clearBar()
      stdout.write(`${text}\n`)
    },
    note(text) {
      clearBar()
      stderr.write(`${text}\n`)
    },
    say: (words) => words[language],
    progress(label, done, total) {
      if (total === 0) return
      const share = done / total
      const words = `${label[language]} ${done}/${total}`
      if (stderr.isTTY) {
        const filled = Math.round(share * BAR_WIDTH)
        stderr.write(`\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${words}`)
        barShown = true
        if (done === total) clearBar()
        return
      }
      const tenth = `${label.en} ${Math.floor(share * TENTHS)}`
      if (tenth === lastTenth) return
      lastTenth = tenth
      stderr.write(`${words}\n`)
    },
    paint: { bold: paintWith(1, 22), dim: paintWith(2, 22), mark: paintWith(7, 27) },
  }
}
