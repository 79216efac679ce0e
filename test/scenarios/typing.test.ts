import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { makeFolder, removeFolder, writeFiles } from '../support/folders.ts'
import { run } from '../support/program.ts'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
const [ENTER, ESCAPE, BACKSPACE, CTRL_C, CTRL_U] = ['\r', '\u001b', '\u007f', '\u0003', '\u0015']

let cache = ''
beforeAll(async () => {
  cache = makeFolder()
  const root = makeFolder()
  writeFiles(root, {
    'a.txt': 'Drohnen\n\nDie Drohnen fliegen über der Stadt.',
    'b.txt': 'Boote\n\nDie Boote fahren zur Insel.',
  })
  expect((await run(['index', '--cache', cache, root])).code).toBe(0)
  return () => {
    removeFolder(root)
    removeFolder(cache)
  }
})

interface Screen {
  readonly text: string
  type(keys: string): void
  /** Waits until what was written since the last key matches. */
  until(pattern: RegExp): Promise<void>
  readonly end: Promise<number>
}

/** The search command on a terminal of 24 rows and 60 columns. */
function onTerminal(...words: readonly string[]): Screen {
  const command = [process.execPath, MAIN, 'search', '--cache', cache, ...words]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ')
  const child = spawn('script', ['-qec', `stty rows 24 cols 60; ${command}`, '/dev/null'], {
    env: { ...process.env, LANG: 'de_DE.UTF-8', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let [all, since, isOver] = ['', '', false]
  let changed = (): void => {}
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    all += text
    since += text
    changed()
  })
  const end = once(child, 'close').then(([code]) => {
    isOver = true
    changed()
    return code as number
  })
  return {
    end,
    get text() {
      return all
    },
    type(keys) {
      since = ''
      child.stdin.write(keys)
    },
    async until(pattern) {
      while (!pattern.test(since)) {
        if (isOver) throw new Error(`ended before ${pattern}: ${JSON.stringify(all)}`)
        await new Promise<void>((resolve) => {
          changed = resolve
        })
      }
    },
  }
}

test('hits come while typing; Enter shows them in full and ends', async () => {
  const screen = onTerminal()
  await screen.until(/Tippen sucht/)
  screen.type('Dro')
  await screen.until(/Suche: Dro\r?\n[\s\S]*Drohnen[\s\S]*1 Treffer/)
  screen.type(BACKSPACE)
  await screen.until(/Suche: Dr\r?\n/)
  screen.type(CTRL_U)
  await screen.until(/Tippen sucht/)
  screen.type('Boot')
  await screen.until(/Suche: Boot\r?\n[\s\S]*Boote/)
  screen.type(ENTER)
  expect(await screen.end).toBe(0)
  expect(screen.text.slice(screen.text.lastIndexOf('\u001b[J'))).toMatch(
    /Boote\s+b\.txt\s+Die Boote fahren zur Insel\./,
  )
})

test('Escape empties the line, a second one leaves; nothing is printed', async () => {
  const screen = onTerminal('--limit', '5')
  await screen.until(/Tippen sucht/)
  screen.type('Insel')
  await screen.until(/1 Treffer/)
  screen.type(ESCAPE)
  await screen.until(/Suche: \r?\n[\s\S]*Tippen sucht/)
  screen.type(ESCAPE)
  expect(await screen.end).toBe(0)
  expect(screen.text.slice(screen.text.lastIndexOf('\u001b[J') + 3).trim()).toBe('')
})

test('Ctrl+C leaves at once', async () => {
  const screen = onTerminal()
  await screen.until(/Tippen sucht/)
  screen.type(`Ins${CTRL_C}`)
  expect(await screen.end).toBe(0)
})
