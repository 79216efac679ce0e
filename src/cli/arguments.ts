import { SETTINGS, type Setting } from '../config.ts'
import { FundstelleError } from '../errors.ts'
import type { Command } from './command.ts'

/** What must be known of a command to read its arguments. */
type Signature = Pick<Command, 'name' | 'usage' | 'options' | 'settings' | 'arity'>

export interface ParsedArguments {
  readonly args: readonly string[]
  /** Settings given as options, by the option's name. */
  readonly settings: Readonly<Record<string, string>>
  readonly options: ReadonlyMap<string, readonly string[]>
  readonly help: boolean
}

/**
 * Reads what stands behind a command's name: `--name VALUE`, `--name=VALUE`, switches, arguments; `--` ends the options.
 * @throws FundstelleError `unknown_option`, `missing_value`, `missing_argument` or `usage`
 */
export function parseArguments(command: Signature, words: readonly string[]): ParsedArguments {
  const settings: Record<string, string> = {}
  const options = new Map<string, string[]>()
  const args: string[] = []
  let help = false
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (word === '--') {
      args.push(...words.slice(at + 1))
      break
    }
    if (word === '--help' || word === '-h') help = true
    // an unset variable of the shell: as a path it would be the folder one is in
    else if (word === '')
      throw new FundstelleError('missing_argument', { command: command.name, expected: command.usage })
    else if (!word.startsWith('--')) args.push(word)
    else {
      const [name, glued] = splitOption(word)
      const takesValue = optionValue(command, name)
      let value = glued ?? ''
      if (takesValue === null && glued !== undefined) throw unknownOption(command, word)
      if (takesValue !== null && glued === undefined) {
        at += 1
        const next = words[at]
        if (next === undefined || next.startsWith('--')) throw new FundstelleError('missing_value', { name: word })
        value = next
      }
      if (isSetting(name)) settings[name] = takesValue === null ? ON : value
      else options.set(name, [...(options.get(name) ?? []), value])
    }
  }
  if (!help) checkArity(command, args)
  return { args, settings, options, help }
}

/**
 * Settings may stand before the command's name: puts them behind it, before everything else.
 * @throws FundstelleError `missing_value`, or `usage` where another option stands there
 */
export function commandFirst(words: readonly string[]): readonly string[] {
  let at = 0
  while (at < words.length) {
    const word = words[at] as string
    if (!word.startsWith('--') || NO_SETTINGS.includes(word)) break
    const [name, glued] = splitOption(word)
    if (!isSetting(name)) throw misplaced(word)
    at += glued === undefined && !isSwitch(name) ? 2 : 1
    if (at > words.length) throw new FundstelleError('missing_value', { name: word })
  }
  const [name, ...rest] = words.slice(at)
  return name === undefined ? [] : [name, ...words.slice(0, at), ...rest]
}

/** What stands in a command's place and begins like an option. */
const NO_SETTINGS = ['--help', '--version']

function misplaced(word: string): FundstelleError {
  const known = settingOptions.map((name) => `--${name}`).join(', ')
  const problem = {
    de: `„${word}“ steht vor dem Befehl. Dort dürfen nur Einstellungen stehen: ${known}`,
    en: `“${word}” stands before the command. Only settings may stand there: ${known}`,
  }
  return new FundstelleError('usage', { problem })
}

function splitOption(word: string): [name: string, value: string | undefined] {
  const equals = word.indexOf('=')
  return equals < 0 ? [word.slice(2), undefined] : [word.slice(2, equals), word.slice(equals + 1)]
}

const settingOptions = Object.values<Setting>(SETTINGS).flatMap(({ option }) => option ?? [])
const isSetting = (name: string): boolean => settingOptions.includes(name)
const switches = Object.values<Setting>(SETTINGS).filter(({ value }) => value === null)
const isSwitch = (name: string): boolean => switches.some(({ option }) => option === name)
/** What a setting that is a switch is set to. */
const ON = '1'

/** What an option takes: words for its value, or null for a switch. */
function optionValue(command: Signature, name: string): string | null {
  if (isSetting(name)) return isSwitch(name) ? null : ''
  const option = command.options.find((known) => known.name === name)
  if (option === undefined) throw unknownOption(command, `--${name}`)
  return option.value
}

function unknownOption(command: Signature, got: string): FundstelleError {
  const settings = command.settings.flatMap((name) => SETTINGS[name].option ?? [])
  const known = [...command.options.map(({ name }) => name), ...settings].map((name) => `--${name}`)
  return new FundstelleError('unknown_option', { got, command: command.name, expected: known.join(', ') })
}

function checkArity(command: Signature, args: readonly string[]): void {
  const [least, most] = command.arity
  if (args.length < least) {
    throw new FundstelleError('missing_argument', { command: command.name, expected: command.usage })
  }
  if (args.length > most) {
    const problem = {
      de: `„${command.name}“ weiß mit „${args[most]}“ nichts anzufangen`,
      en: `“${command.name}” does not know what to do with “${args[most]}”`,
    }
    throw new FundstelleError('usage', { problem })
  }
}
