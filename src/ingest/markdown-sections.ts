const FENCE = /^ {0,3}(`{3,}|~{3,})/
const HEADING = /^#{1,6}[ \t]/
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+/
/** Of one document; each section gets those it names. */
const DEFINITIONS_MAX = 200

/**
 * A long document, cut before headings that stand in no fence and no comment, each part with the definitions that it uses: so its
 * lists and fences cost what those of many documents do. Elements of HTML that reach over a heading fall apart.
 */
export function sectionsOf(body: string): readonly string[] {
  const lines = body.split('\n')
  const definitions = lines.filter((line) => DEFINITION.test(line)).slice(0, DEFINITIONS_MAX)
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
  return sections.map((section) => withDefinitions(section, definitions))
}

function withDefinitions(section: string, definitions: readonly string[]): string {
  const used = definitions.filter((line) => section.includes(line.slice(line.indexOf('['), line.indexOf(']:') + 1)))
  return used.length === 0 ? section : `${section}\n\n${used.join('\n')}\n`
}
