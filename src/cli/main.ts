#!/usr/bin/env node
// The room `cli`: one file a command. Commands put the program together, so it may import nearly every room (docs/DESIGN.md names
// them), and nothing imports it. It alone listens, logs and reads the environment.

import { readConfig, unknownVariables } from '../config.ts'
import { FundstelleError, type Language } from '../errors.ts'
import { keepHeapsSmall } from '../heap-limits.ts'
import { systemReason } from '../system-reason.ts'
import { commandFirst, parseArguments } from './arguments.ts'
import type { Command } from './command.ts'
import { commandHelp, generalHelp } from './help.ts'
import { createTerminal } from './terminal.ts'
import { programVersion } from './version.ts'

/** Each command is loaded when it is run: `search` should not wait for the readers of `index`. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  index: async () => (await import('./index-files.ts')).indexCommand,
  serve: async () => {
    keepHeapsSmall()
    return (await import('./serve.ts')).serveCommand
  },
  start: async () => (await import('./start.ts')).startCommand,
  remove: async () => (await import('./remove.ts')).removeCommand,
  search: async () => (await import('./search.ts')).searchCommand,
  analyze: async () => (await import('./analyze.ts')).analyzeCommand,
  eval: async () => (await import('./eval.ts')).evalCommand,
  tune: async () => (await import('./tune.ts')).tuneCommand,
  embed: async () => (await import('./embed.ts')).embedCommand,
  key: async () => (await import('./key.ts')).keyCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  reindex: async () => (await import('./reindex.ts')).reindexCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
}

/** `help` itself, as far as its arguments go. */
const HELP = { name: 'help', usage: '[COMMAND]', options: [], settings: ['language'], arity: [0, 1] } as const

const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

/** Errors that the words on the command line caused. */
const USAGE_CODES = new Set([
  'usage',
  'unknown_command',
  'unknown_option',
  'missing_value',
  'filter_wrong',
  'filter_deep',
  'filter_long',
  'missing_argument',
  'ignore_pattern',
  'bad_value',
  'master_key_twice',
  'master_key_unusable',
  'master_key_short',
  'master_key_missing',
])

async function main(words: readonly string[]): Promise<number> {
  const language: Language = (languageAsked(words) ?? process.env['FUNDSTELLE_LANG']) === 'en' ? 'en' : 'de'
  const terminal = createTerminal(language, process.env)
  try {
    const [name, ...rest] = commandFirst(words)
    if (name === '--version') {
      terminal.out(programVersion())
      return DONE
    }
    if (name === undefined) {
      terminal.note(generalHelp(await allCommands(), language))
      return WRONG_USAGE
    }
    if (['help', '-h', '--help'].includes(name)) {
      const { args, settings } = parseArguments(HELP, rest)
      readConfig(settings, process.env)
      const [wanted] = args
      if (wanted !== undefined) terminal.out(commandHelp(await commandNamed(wanted), language))
      else terminal.out(generalHelp(await allCommands(), language))
      return DONE
    }
    const command = await commandNamed(name)
    const parsed = parseArguments(command, rest)
    if (parsed.help) {
      terminal.out(commandHelp(command, language))
      return DONE
    }
    const config = readConfig(parsed.settings, process.env)
    for (const unknown of unknownVariables(process.env)) {
      terminal.note(
        terminal.say({
          de: `Achtung: die Umgebungsvariable ${unknown} ist unbekannt und bleibt ohne Wirkung.`,
          en: `Warning: the environment variable ${unknown} is unknown and has no effect.`,
        }),
      )
    }
    return await command.run({ config, ...parsed, terminal })
  } catch (error) {
    if (!(error instanceof FundstelleError)) {
      terminal.note(`fundstelle: ${unexpected(error, language)}`)
      return FAILED
    }
    terminal.note(`fundstelle: ${error.detail(language)}${whyUnreachable(error)}`)
    if (!USAGE_CODES.has(error.code)) return FAILED
    terminal.note(terminal.say({ de: 'Hilfe: fundstelle help', en: 'Help: fundstelle help' }))
    return WRONG_USAGE
  }
}

/** Of a cluster that did not answer: what the network said. */
function whyUnreachable({ code, cause }: FundstelleError): string {
  const isTold = code === 'engine_unavailable' && cause instanceof Error && !('status' in cause)
  return isTold ? ` (${cause.message})` : ''
}

/** What the operating system refused is said in words; whatever else was not foreseen is a fault of ours, and shown whole. */
function unexpected(error: unknown, language: Language): string {
  const reason = systemReason(error)
  if (typeof reason === 'object') {
    const { path } = error as NodeJS.ErrnoException
    return path === undefined ? reason[language] : `${path}: ${reason[language]}`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

const allCommands = (): Promise<Command[]> => Promise.all(Object.values(COMMANDS).map((load) => load()))

function commandNamed(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (load !== undefined) return load()
  throw new FundstelleError('unknown_command', { got: name, expected: Object.keys(COMMANDS).join(', ') })
}

/** What `--lang` says, before the arguments are read: wrong ones are complained of in this language too. */
function languageAsked(words: readonly string[]): string | undefined {
  const at = words.indexOf('--lang')
  return at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length)
}

// A reader of our output that went away (| head) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(DONE)
  throw error
})

process.exitCode = await main(process.argv.slice(2))
