import { FundstelleError } from '../errors.ts'
import type { Terminal } from './terminal.ts'

/** A figure that must not be lower. */
export interface Minimum<Name extends string> {
  readonly metric: Name
  readonly least: number
}

/**
 * Reads `--min` as it stands on the command line, such as `mrr10=0.9`.
 * @throws FundstelleError `bad_value`
 */
export function minimumOf<Name extends string>(text: string, metrics: readonly Name[]): Minimum<Name> {
  const [, name, least] = /^(\w+)=(\d+(?:\.\d+)?|\.\d+)$/.exec(text) ?? []
  const metric = metrics.find((known) => known === name)
  if (metric !== undefined) return { metric, least: Number(least) }
  const list = metrics.join(', ')
  const expected = {
    de: `etwas wie mrr10=0.9, mit einem von: ${list}`,
    en: `something like mrr10=0.9, with one of: ${list}`,
  }
  throw new FundstelleError('bad_value', { name: '--min', got: text, expected })
}

/** Tells which figures are too low, and whether some are. */
export function isBelow<Name extends string>(
  figures: Readonly<Record<Name, number>>,
  minima: readonly Minimum<Name>[],
  terminal: Terminal,
): boolean {
  const missed = minima.filter(({ metric, least }) => figures[metric] < least)
  for (const { metric, least } of missed) {
    const got = figures[metric]
    terminal.note(
      terminal.say({ de: `${metric} ist ${got}, verlangt ${least}`, en: `${metric} is ${got}, wanted ${least}` }),
    )
  }
  return missed.length > 0
}
