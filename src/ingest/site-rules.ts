import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FundstelleError } from '../errors.ts'
import { plainKey } from './plain-key.ts'
import type { Pairs, SiteRule } from './site-rule.ts'
import { isOfZola, isSettings, rulesOf, SETTINGS_BYTES_MAX, SETTINGS_NAMES } from './site-settings.ts'

interface Layer {
  /** With a slash at its end. */
  readonly folder: string
  readonly rules: readonly SiteRule[]
}

const NO_VALUES: Pairs = []

/**
 * What generators say, in settings and sections above a file, about whether it is published: a file alone does not tell. Nearer
 * settings beat those further up.
 */
export class SiteRules {
  static readonly NONE = new SiteRules([], false)

  /** The nearest first. */
  readonly #layers: readonly Layer[]
  readonly #isZola: boolean

  private constructor(layers: readonly Layer[], isZola: boolean) {
    this.#layers = layers
    this.#isZola = isZola
  }

  /**
   * The rules for what lies in a folder.
   * @param folder parted by `/`, with a slash at its end
   * @param names of all that lies in it
   * @param onBroken is told of settings that cannot be read; nothing of these holds
   */
  within(
    folder: string,
    names: readonly string[],
    onBroken: (name: string, error: FundstelleError) => void,
  ): SiteRules {
    let isZola = this.#isZola
    const rules: SiteRule[] = []
    const settings = names.filter((name) => isSettings(name, folder))
    for (const name of settings.sort(inOrder)) {
      const text = textOf(join(folder, name))
      if (text === null) continue
      isZola ||= isOfZola(text, name)
      try {
        rules.push(...rulesOf(text, { folder, name, isZola }))
      } catch (error) {
        if (!(error instanceof FundstelleError)) throw error
        onBroken(name, error)
      }
    }
    if (rules.length === 0 && isZola === this.#isZola) return this
    return new SiteRules([{ folder, rules }, ...this.#layers], isZola)
  }

  /** The rules of a folder that is not listed, as those above a PATH. */
  above(folder: string): SiteRules {
    return this.within(folder, namesAbove(folder), () => undefined)
  }

  /** Whether generators make no page of a file, or of what lies in a folder. @param path absolute, parted by `/`; of a folder with a slash at its end */
  leavesOut(path: string): boolean {
    return this.#layers.some(({ folder, rules }) =>
      rules.some(({ values, applies }) => values === null && applies(path.slice(folder.length))),
    )
  }

  /** What counts for a file where its own head says nothing else. */
  valuesFor(path: string): Pairs {
    const found = new Map<string, readonly [string, unknown]>()
    for (const { folder, rules } of this.#layers) {
      for (const { values, applies } of rules) {
        if (values === null || !applies(path.slice(folder.length))) continue
        for (const pair of values) if (!found.has(plainKey(pair[0]))) found.set(plainKey(pair[0]), pair)
      }
    }
    return found.size === 0 ? NO_VALUES : [...found.values()]
  }
}

/** Sections last: settings beside them tell what they mean. */
const inOrder = (one: string, other: string): number =>
  Number(isSection(one)) - Number(isSection(other)) || (one < other ? -1 : 1)
const isSection = (name: string): boolean => name.startsWith('_index.')

/** The names of settings in a folder that is not listed: it may hold any number of files. */
function namesAbove(folder: string): readonly string[] {
  const own = `${folder.slice(folder.lastIndexOf('/', folder.length - 2) + 1, -1)}.json`
  return [...SETTINGS_NAMES, own].filter((name) => existsSync(join(folder, name)))
}

/** The text of a file; null where it cannot be read, which is told where it is met itself. */
function textOf(path: string): string | null {
  try {
    if (statSync(path).size > SETTINGS_BYTES_MAX) return null
    return readFileSync(path, 'utf8')
      .replace(/^\ufeff/, '')
      .replaceAll('\r\n', '\n')
  } catch {
    return null
  }
}
