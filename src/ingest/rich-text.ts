/** Names under which nodes keep what is in them: Portable Text, Strapi, Contentful, Editor.js, ProseMirror, Lexical, StreamField, Plone. */
const INNER = ['root', 'document', 'blocks', 'children', 'content', 'data', 'value', 'items', 'nodes'] as const
/** Nodes that stand within a paragraph. */
const INLINE = /^(?:link|a|(?:entry-|asset-)?hyperlink|autolink|mention|span|text|strong|em|mark)$/i
const BREAK = /^(?:hardbreak|hard_break|linebreak|br)$/i
/** Of what nests deeper, or has more nodes, the rest is left out. */
const DEPTH_MAX = 60
const NODES_MAX = 100_000
const LOCALE = /^[a-z]{2}(?:[-_][A-Za-z]{2})?$/
/** No names of anything else have two letters so: `id`, `to`. */
const SURE_LOCALE = /^(?:de|en)$|[-_]/

type Node = Readonly<Record<string, unknown>>

/** The text of a field that an editor keeps as a tree of nodes, its paragraphs parted by empty lines; null where there is none. May hold HTML. */
export function richText(value: unknown): string | null {
  const blocks: string[] = []
  let open = ''
  let nodes = 0
  const close = (): void => {
    if (open.trim() !== '') blocks.push(open.trim())
    open = ''
  }
  const walk = (node: unknown, depth: number): void => {
    nodes += 1
    if (nodes > NODES_MAX || depth > DEPTH_MAX) return
    if (typeof node === 'string') {
      close()
      open = node
      close()
    } else if (Array.isArray(node)) for (const one of node) walk(one, depth + 1)
    else if (typeof node === 'object' && node !== null) inside(node as Node, depth)
  }
  const inside = (node: Node, depth: number): void => {
    const type = [node['type'], node['_type'], node['nodeType'], node['style']].find(
      (one) => typeof one === 'string',
    ) as string | undefined
    const text = node['text'] ?? (node['nodeType'] === 'text' ? node['value'] : undefined)
    if (typeof text === 'string') open += text
    else if (type !== undefined && BREAK.test(type)) open += '\n'
    else {
      const isInline = type !== undefined && INLINE.test(type)
      if (!isInline) close()
      // what is listed as words is a list
      for (const name of INNER) if (isNode(node[name], name)) walk(node[name], depth + 1)
      if (!isInline) close()
    }
  }
  walk(value, 0)
  close()
  return blocks.length === 0 ? null : blocks.join('\n\n')
}

/** Words stand in a node as its value or data; in other places they are names and numbers. */
function isNode(value: unknown, name: string): boolean {
  if (typeof value === 'string') return ['value', 'data', 'content'].includes(name)
  return typeof value === 'object' && value !== null
}

/** Of a value in several languages, as Contentful has them, the German one, else the first. */
export function inOneLanguage(value: object): unknown {
  const entries = Array.isArray(value) ? [] : Object.entries(value)
  if (
    entries.length === 0 ||
    !entries.every(([name]) => LOCALE.test(name)) ||
    !entries.some(([name]) => SURE_LOCALE.test(name))
  )
    return value
  return (entries.find(([name]) => name.startsWith('de')) ?? entries[0])?.[1]
}
