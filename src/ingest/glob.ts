// Patterns of paths that stars stand in, matched in time of at most their length times that of the path: settings are no code to be
// trusted with a regular expression.

/** Whether a text is as a pattern says, in which `*` stands for any characters and `?` for one. */
export function wildcardMatches(pattern: string, text: string): boolean {
  return matches(pattern, text, { star: '*', least: 0, fits: (one, character) => one === '?' || one === character })
}

/** The same of a path, as Ruby and Eleventy have it: a star stands for what is between two slashes, and `**` alone between two slashes stands for any number of folders, also none. */
export function folderGlobMatches(pattern: string, path: string): boolean {
  return matches(pattern.split('/'), path.split('/'), { star: '**', least: 0, fits: wildcardMatches })
}

interface Matching {
  /** What stands for any number of parts. */
  readonly star: string
  /** Of at least so many. */
  readonly least: number
  fits(pattern: string, part: string): boolean
}

function matches(pattern: ArrayLike<string>, parts: ArrayLike<string>, { star, least, fits }: Matching): boolean {
  let [at, from] = [0, 0]
  /** Where to go on when what followed the last star does not fit: behind it, and one part later. */
  let [behind, next] = [-1, 0]
  while (from < parts.length) {
    const one = pattern[at]
    if (one === star) {
      at += 1
      from += least
      behind = at
      next = from
    } else if (one !== undefined && fits(one, parts[from] ?? '')) {
      at += 1
      from += 1
    } else if (behind >= 0) {
      next += 1
      at = behind
      from = next
    } else return false
  }
  while (least === 0 && pattern[at] === star) at += 1
  return at === pattern.length
}
