// Patterns of paths that stars stand in, matched in time of at most their length times that of the path: settings are no code to be
// trusted with a regular expression.

/** Whether a text is as a pattern says, in which `*` stands for any characters and `?` for one. */
export function wildcardMatches(pattern: string, text: string): boolean {
  let [at, from] = [0, 0]
  /** Where to go on when what followed the last star does not fit: behind it, and one character later. */
  let [star, next] = [-1, 0]
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = at
      next = from
      at += 1
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1
      from += 1
    } else if (star >= 0) {
      at = star + 1
      next += 1
      from = next
    } else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

/** The same of a path, where a star stands for what is between two slashes, and `**` alone between them for one name or more. */
export function globMatches(pattern: string, path: string): boolean {
  const [parts, names] = [pattern.split('/'), path.split('/')]
  let [at, from] = [0, 0]
  let [star, next] = [-1, 0]
  while (from < names.length) {
    const part = parts[at]
    if (part === '**') {
      star = at
      at += 1
      from += 1
      next = from
    } else if (part !== undefined && wildcardMatches(part, names[from] ?? '')) {
      at += 1
      from += 1
    } else if (star >= 0) {
      at = star + 1
      next += 1
      from = next
    } else return false
  }
  return at === parts.length
}
