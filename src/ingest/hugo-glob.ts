// Patterns as Hugo has them.

import { tooLong } from './glob-parts.ts'
import type { HugoGlob } from './hugo-pages.ts'
import { pathGlob } from './path-glob.ts'
import { settingsBroken } from './site-rule.ts'

/** Of the settings of a site and all its sections, in characters. */
const SITE_LENGTH_MAX = 10_000
/** Of one list. */
const PATTERNS_MAX = 300

/**
 * `*` stands for any characters but a slash, `**` for any, `?` for one that is no slash, `[ab]` and `[a-f]` for one of these, `[!ab]` and `[!a-f]`
 * for one that is none of them, `{a,b}` for either, `\` takes what follows as it is.
 * @throws FundstelleError `site_settings_broken` where Hugo takes the pattern for none, too
 * @see https://gohugo.io/quick-reference/glob-patterns/
 */
export function hugoGlob(pattern: string): HugoGlob {
  return pathGlob(pattern.toLowerCase(), { hasBraces: true, refusal: () => noPattern(pattern) })
}

function noPattern(pattern: string): Error {
  const shown = pattern.slice(0, 100)
  return settingsBroken(
    { de: `„${shown}“ ist kein Muster, das Hugo kennt`, en: `“${shown}” is no pattern that Hugo knows` },
    null,
  )
}

/** The patterns of a site: each of its files may be compared with all of them. */
export class SitePatterns {
  #length = 0

  /** @throws FundstelleError `site_settings_broken` also where they are too many together */
  glob(pattern: string): HugoGlob {
    this.#length += pattern.length
    if (this.#length > SITE_LENGTH_MAX)
      throw settingsBroken(
        {
          de: `die Muster der Website haben zusammen über ${SITE_LENGTH_MAX} Zeichen`,
          en: `the patterns of the site have more than ${SITE_LENGTH_MAX} characters together`,
        },
        null,
      )
    return hugoGlob(pattern)
  }
}

/**
 * Which names a list of patterns means: each adds to them, one that begins with `! ` takes away, and where that is the first, of all.
 * @throws FundstelleError `site_settings_broken`
 */
export function namesMeant(patterns: readonly string[]): (names: readonly string[]) => readonly string[] {
  if (patterns.length > PATTERNS_MAX) throw tooLong()
  const steps = patterns.map((pattern) => {
    const isNot = pattern.startsWith(NOT)
    return { isNot, glob: hugoGlob(isNot ? pattern.slice(NOT.length) : pattern) }
  })
  return (names) =>
    names.filter((name) => {
      let isMeant = steps[0]?.isNot === true
      for (const { isNot, glob } of steps) if (isMeant === isNot && glob.matches(name)) isMeant = !isNot
      return isMeant
    })
}

/** What begins a pattern of what is not meant. */
export const NOT = '! '
