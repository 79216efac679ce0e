/** A hyphen at the end of a line that stands for the rest of a word ("Vor- und Nachteile") is followed by one of these. */
const AFTER_SHORTENED = /^(?:und|oder|bis|sowie|als|wie|beziehungsweise|bzw)(?!\p{L})/u

/** What stands between two lines of a paragraph: a blank, or nothing where a word was divided. */
export function lineJoint(line: string, next: string): { readonly line: string; readonly joint: '' | ' ' } {
  if (!/\p{L}-$/u.test(line) || !/^\p{L}/u.test(next) || AFTER_SHORTENED.test(next)) return { line, joint: ' ' }
  return { line: /^\p{Ll}/u.test(next) ? line.slice(0, -1) : line, joint: '' }
}

/** Joins the lines of a paragraph; a word divided at the end of one becomes whole again. */
export function joinLines(lines: readonly string[]): string {
  const pieces = lines.map((line, i) => {
    const next = lines[i + 1]
    if (next === undefined) return line
    const joined = lineJoint(line, next)
    return joined.line + joined.joint
  })
  return pieces.join('')
}
