import type { Dialect } from './glob-parts.ts'
import { type PathGlob, pathGlobs } from './path-glob.ts'
import { notTooMany, type Pairs, type SiteRule } from './site-rule.ts'

const GIT: Dialect = { hasFolders: true }

/** Patterns that follow each other and all mean something, or all take it back. */
interface Run {
  readonly isException: boolean
  /** Of files as such. */
  readonly files: PathGlob
  /** Of what lies in folders. */
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
  const patterns = lines.map((line) => (line.endsWith('\\ ') ? line : line.trimEnd()))
  const runs = runsOf(patterns)
  const hasExceptions = runs.some(({ isException }) => isException)
  // most files are none of them, and that is told at once
  const any = pathGlobs(
    patterns.filter((one) => !isNot(one)).map((one) => `${entryOf(fromTop(one))}/**`),
    GIT,
  )
  return {
    values,
    applies: (path) => {
      if (!path.endsWith('/')) return any.matches(path) && isMeant(path, runs)
      // else its files are asked for
      return !hasExceptions && any.matches(path.slice(0, -1))
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
    const isException = isNot(line)
    if (runs.at(-1)?.isException !== isException) runs.push({ isException, patterns: [] })
    runs.at(-1)?.patterns.push(fromTop(isException ? line.slice(1) : line))
  }
  return runs.map(({ isException, patterns }) => ({
    isException,
    files: pathGlobs(patterns.filter((one) => !one.endsWith('/')).map(entryOf), GIT),
    below: pathGlobs(
      patterns.map((one) => `${entryOf(one)}/**/*`),
      GIT,
    ),
  }))
}

const isNot = (pattern: string): boolean => pattern.startsWith('!')

/** What a pattern names, be it a file or a folder. `**` at its end is what lies in a folder, and not that itself. */
function entryOf(pattern: string): string {
  if (pattern.endsWith('/')) return pattern.slice(0, -1)
  return /(?:^|\/)\*\*$/.test(pattern) ? `${pattern}/*` : pattern
}

/** A pattern without slashes means names in any folder. */
function fromTop(pattern: string): string {
  if (pattern.startsWith('/')) return pattern.slice(1)
  return pattern.slice(0, -1).includes('/') ? pattern : `**/${pattern}`
}
