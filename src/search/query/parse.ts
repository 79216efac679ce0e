import { asWord, type Lexeme, lex } from './lex.ts'
import type { QueryNode } from './tree.ts'

/**
 * Reads a query as people type it. Never fails: what is no operator where it stands is searched like any other word. AND binds
 * closer than OR, and both closer than words that merely stand in a row. Null where nothing is wanted. Takes time in proportion
 * to the query's length.
 * @param isField whether articles have a field of this name: else what stands before a colon is a word like others
 */
export function parse(query: string, isField: (name: string) => boolean = () => true): QueryNode | null {
  return new Parser(query, lex(query, isField)).read()
}

/** What stands in front of something that is wanted. */
const OPENING: ReadonlySet<Lexeme['kind']> = new Set(['minus', 'field', 'not', 'open'])

class Parser {
  readonly #query: string
  readonly #lexemes: readonly Lexeme[]
  /** For each lexeme whether something that can be wanted begins there. */
  readonly #begins: boolean[]
  #at = 0

  constructor(query: string, lexemes: readonly Lexeme[]) {
    this.#query = query
    this.#lexemes = lexemes
    this.#begins = lexemes.map(({ kind }) => kind === 'word' || kind === 'prefix' || kind === 'phrase')
    for (let at = lexemes.length - 2; at >= 0; at--)
      if (OPENING.has((lexemes[at] as Lexeme).kind)) this.#begins[at] = this.#begins[at + 1] as boolean
  }

  read(): QueryNode | null {
    return this.#sequence()
  }

  get #next(): Lexeme | undefined {
    return this.#lexemes[this.#at]
  }

  #sequence(): QueryNode | null {
    const nodes: Placed[] = []
    while (this.#next !== undefined && this.#next.kind !== 'close') {
      const placed = this.#or()
      if (placed !== null) append(nodes, placed, this.#query)
    }
    if (nodes.length <= 1) return nodes[0]?.node ?? null
    return { kind: 'sequence', nodes: nodes.map(({ node }) => node) }
  }

  #or(): Placed | null {
    return this.#chain('or', () => this.#chain('and', () => this.#operand()))
  }

  #chain(kind: 'and' | 'or', read: () => Placed | null): Placed | null {
    const first = read()
    if (first === null) return null
    const nodes = [first]
    while (this.#next?.kind === kind && this.#begins[this.#at + 1] === true) {
      this.#at += 1
      const node = read()
      if (node !== null) nodes.push(node)
    }
    if (nodes.length === 1) return first
    const flat = nodes.flatMap(({ node }) => (node.kind === kind ? node.nodes : [node]))
    return { node: { kind, nodes: flat }, start: -1, end: -1 }
  }

  #operand(): Placed | null {
    const lexeme = this.#next as Lexeme
    const isOperator = lexeme.kind === 'and' || lexeme.kind === 'or' || lexeme.kind === 'not'
    this.#at += 1
    if (lexeme.kind === 'not' && this.#begins[this.#at] === true) return this.#negated()
    if (isOperator) {
      // it has nothing to join: a word like others
      const text = asWord(this.#query.slice(lexeme.start, lexeme.end))
      return { node: { kind: 'words', text }, start: -1, end: -1 }
    }
    switch (lexeme.kind) {
      case 'word':
        return { node: { kind: 'words', text: lexeme.text }, start: lexeme.start, end: lexeme.end }
      case 'prefix':
      case 'phrase':
        return { node: { kind: lexeme.kind, text: lexeme.text }, start: -1, end: -1 }
      case 'minus':
        return this.#begins[this.#at] === true ? this.#negated() : null
      case 'field': {
        const operand = this.#begins[this.#at] === true ? this.#operand() : null
        return operand === null
          ? { node: { kind: 'words', text: asWord(lexeme.name) }, start: -1, end: -1 }
          : { node: { kind: 'field', name: lexeme.name, node: operand.node }, start: -1, end: -1 }
      }
      case 'open': {
        const node = this.#sequence()
        if (this.#next?.kind === 'close') this.#at += 1
        return node === null ? null : { node, start: -1, end: -1 }
      }
      default:
        return null
    }
  }

  #negated(): Placed | null {
    let isNot = true
    for (; this.#next?.kind === 'not' || this.#next?.kind === 'minus'; this.#at++) isNot = !isNot
    const operand = this.#operand()
    if (operand === null) return null
    const { node } = operand
    const plain = node.kind === 'not' ? node.node : node
    if (node.kind === 'not') isNot = !isNot
    return { node: isNot ? { kind: 'not', node: plain } : plain, start: -1, end: -1 }
  }
}

/** A node, and where it stands in the query; -1 where what stands around it is no part of it. */
interface Placed {
  readonly node: QueryNode
  readonly start: number
  readonly end: number
}

/** Adds a node to a sequence. Words that follow words are one node with them, and a sequence in a sequence is none of its own. */
function append(nodes: Placed[], { node, start, end }: Placed, query: string): void {
  if (node.kind === 'sequence') {
    for (const child of node.nodes) append(nodes, { node: child, start: -1, end: -1 }, query)
    return
  }
  const last = nodes.at(-1)
  if (last?.node.kind !== 'words' || node.kind !== 'words') {
    nodes.push({ node, start, end })
    return
  }
  const between = last.end >= 0 && start >= 0 ? query.slice(last.end, start) : ''
  const isBlank = between !== '' && between.trim() === ''
  const text = last.node.text + (isBlank ? between : ' ') + node.text
  nodes[nodes.length - 1] = { node: { kind: 'words', text }, start: last.start, end }
}
