const FENCE = /^ {0,3}(`{3,}|~{3,})/
const HEADING = /^#{1,6}[ \t]/
/** Of an address; those of footnotes are text where they stand. */
const DEFINITION = /^ {0,3}\[([^\]^\n][^\]\n]{0,199})\]:[ \t]*\S/
const DEFINITION_LENGTH_MAX = 1000
/** Of one document. */
const DEFINITIONS_MAX = 1000
const REFERENCE = /\[([^[\]\n]{1,200})\]/g
/** So many definitions are added to one section. */
const ADDED_MAX = 50

/**
 * The parts of a long document, cut before headings that stand in no fence and no comment: so its lists and fences cost what those of
 * many documents do. Elements of HTML that reach over a heading fall apart.
 */
export function sectionsOf(body: string): readonly string[] {
  const lines = body.split('\n')
  const sections: string[] = []
  let from = 0
  let fence = ''
  let isComment = false
  lines.forEach((line, at) => {
    const mark = FENCE.exec(line)?.[1] ?? ''
    if (fence !== '') fence = mark.startsWith(fence) && line.trim() === mark ? '' : fence
    else if (isComment) isComment = !line.includes('-->')
    else if (mark !== '') fence = mark
    else if (line.lastIndexOf('<!--') > line.lastIndexOf('-->')) isComment = true
    else if (HEADING.test(line) && at > from) {
      sections.push(lines.slice(from, at).join('\n'))
      from = at
    }
  })
  sections.push(lines.slice(from).join('\n'))
  return sections
}

/** The lines of a document that define addresses, by their labels as they are compared. */
export function definitionsIn(body: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const line of body.split('\n')) {
    if (found.size >= DEFINITIONS_MAX) break
    const label = DEFINITION.exec(line)?.[1]
    if (label === undefined || line.length > DEFINITION_LENGTH_MAX || found.has(compared(label))) continue
    found.set(compared(label), line)
  }
  return found
}

/** A section with the definitions of its document that it names, and does not have itself. */
export function withDefinitions(section: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0) return section
  const named = new Set<string>()
  for (const [, label = ''] of section.matchAll(REFERENCE)) {
    const line = definitions.get(compared(label))
    if (line !== undefined && named.size < ADDED_MAX) named.add(line)
  }
  const added = [...named].filter((line) => !section.includes(line))
  return added.length === 0 ? section : `${section}\n\n${added.join('\n')}\n`
}

/** @see https://spec.commonmark.org/0.31.2/#matches */
const compared = (label: string): string => label.trim().toLowerCase().replace(/\s+/g, ' ')
