import { SETTINGS, type Setting } from '../config.ts'
import type { Language } from '../errors.ts'
import type { Command } from './command.ts'

const COLUMN = 30

export function generalHelp(commands: readonly Command[], language: Language): string {
  const heading = { de: 'Volltextsuche für deutsche Artikel', en: 'Full-text search for German articles' }[language]
  const usage = { de: 'Aufruf', en: 'Usage' }[language]
  const list = { de: 'Befehle', en: 'Commands' }[language]
  const more = {
    de: 'Mehr zu einem Befehl: fundstelle BEFEHL --help',
    en: 'More about a command: fundstelle COMMAND --help',
  }[language]
  const rows = commands.map(({ name, usage: args, summary }) => row(`${name} ${args}`, summary[language]))
  return [
    `Fundstelle – ${heading}`,
    '',
    `${usage}: fundstelle ${{ de: 'BEFEHL', en: 'COMMAND' }[language]} …`,
    '',
    `${list}:`,
    ...rows,
    '',
    settingsHelp(Object.values<Setting>(SETTINGS), language),
    '',
    more,
  ].join('\n')
}

export function commandHelp(command: Command, language: Language): string {
  const usage = { de: 'Aufruf', en: 'Usage' }[language]
  const own = command.options.map(({ name, value, help }) =>
    row(`--${name}${value === null ? '' : ` ${value}`}`, help[language]),
  )
  return [
    command.summary[language],
    '',
    `${usage}: fundstelle ${command.name} ${command.usage}`,
    ...(own.length === 0 ? [] : ['', { de: 'Optionen:', en: 'Options:' }[language], ...own]),
    '',
    settingsHelp(
      command.settings.map((name) => SETTINGS[name]),
      language,
    ),
  ].join('\n')
}

function settingsHelp(settings: readonly Setting[], language: Language): string {
  const heading = {
    de: 'Einstellungen (Option, Umgebungsvariable, Vorgabe):',
    en: 'Settings (option, environment variable, default):',
  }[language]
  const rows = settings.map(({ option, env, value, fallback, help }) => {
    const left = option === null ? '' : `--${option}${value === null ? '' : ` ${value}`}`
    return row(left, `${env} (${fallback}) – ${help[language]}`)
  })
  return [heading, ...rows].join('\n')
}

function row(left: string, right: string): string {
  return left.length < COLUMN - 2 ? `  ${left.padEnd(COLUMN - 2)}${right}` : `  ${left}\n${' '.repeat(COLUMN)}${right}`
}
