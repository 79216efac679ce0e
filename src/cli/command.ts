import type { Config, SettingName } from '../config.ts'
import type { Localized } from '../errors.ts'
import type { Terminal } from './terminal.ts'

/** An option only one command knows. `value` is null for a switch. */
export interface CommandOption {
  readonly name: string
  readonly value: string | null
  readonly help: Localized
}

/** What a command is run with. */
export interface CommandInput {
  readonly config: Config
  readonly args: readonly string[]
  /** Values of the command's own options; switches are present with an empty string. */
  readonly options: ReadonlyMap<string, readonly string[]>
  /** Settings that stood on the command line itself, by the option's name. */
  readonly settings: Readonly<Record<string, string>>
  readonly terminal: Terminal
}

export interface Command {
  readonly name: string
  /** What follows the name on the command line, such as `QUERY`. */
  readonly usage: string
  readonly summary: Localized
  readonly options: readonly CommandOption[]
  /** The settings it makes use of, for its help. All are taken everywhere: an alias may set them for every command. */
  readonly settings: readonly SettingName[]
  /** How many arguments it takes at least and at most. */
  readonly arity: readonly [least: number, most: number]
  /** @returns the exit code: 0 done, 1 failed */
  run(input: CommandInput): Promise<number>
}
