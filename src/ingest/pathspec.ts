import type { Dialect } from './glob-parts.ts'
import { type PathGlob, pathGlobs } from './path-glob.ts'
import { notTooMany, type Pairs, type SiteRule } from './site-rule.ts'

const GIT: Dialect = { hasFolders: true }

/** Patterns that follow each other and all mean something, or all take it back. */
interface Run {
  readonly isException: boolean
  /** Of files as such. */
  readonly files: PathGlob
  /** Of folders, or of both. */
  readonly entries: PathGlob
  /** Of what lies in such folders. */
  readonly below: PathGlob
}

/**
 * The patterns of a `.gitignore` as `pathspec` has them, a library of Python: it asks for each file, so exceptions with `!` also bring
 * back what lies in a folder that is left out. A folder counts less than a file, but where the folder is left out later.
 * @throws FundstelleError `site_settings_broken`
 * @see https://python-path-specification.readthedocs.io/
 */
export function pathspecRule(lines: readonly string[], values: Pairs | null): SiteRule {
  notTooMany(lines.length)
  const runs = runsOf(lines.map((line) => (line.endsWith('\\ ') ? line : line.trimEnd())))
  const hasExceptions = runs.some(({ isException }) => isException)
  return {
    values,
    applies: (path) => {
      if (!path.endsWith('/')) return isMeant(path, runs)
      const folder = path.slice(0, -1)
      // else its files are asked for
      return !hasExceptions && runs.some(({ entries, below }) => entries.matches(folder) || below.matches(folder))
    },
  }
}

function isMeant(file: string, runs: readonly Run[]): boolean {
  let [isMeant, isByFile] = [false, false]
  for (const { isException, files, below } of runs) {
    if (files.matches(file)) [isMeant, isByFile] = [!isException, true]
    else if ((!isException || !isByFile) && below.matches(file)) [isMeant, isByFile] = [!isException, false]
  }
  return isMeant
}

function runsOf(lines: readonly string[]): readonly Run[] {
  const runs: { isException: boolean; patterns: string[] }[] = []
  for (const line of lines) {
    const isException = line.startsWith('!')
    if (runs.at(-1)?.isException !== isException) runs.push({ isException, patterns: [] })
    runs.at(-1)?.patterns.push(fromTop(isException ? line.slice(1) : line))
  }
  return runs.map(({ isException, patterns }) => {
    const entries = patterns.map((one) => one.replace(/\/$/, ''))
    return {
      isException,
      files: pathGlobs(
        patterns.filter((one) => !one.endsWith('/')),
        GIT,
      ),
      entries: pathGlobs(entries, GIT),
      below: pathGlobs(
        entries.map((one) => `${one}/**/*`),
        GIT,
      ),
    }
  })
}

/** A pattern without slashes means names in any folder. */
function fromTop(pattern: string): string {
  if (pattern.startsWith('/')) return pattern.slice(1)
  return pattern.slice(0, -1).includes('/') ? pattern : `**/${pattern}`
}
