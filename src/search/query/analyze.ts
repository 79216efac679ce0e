// The room `search/query`: what people type, read and analysed: words, phrases, operators, the owner's rules. It imports the analysis and
// filters; it knows no index, so nothing here is looked up.

import type { Analyzer } from '../../analysis/analyzer.ts'
import { type AnalyzedQuery, DEFAULT_OPTIONS, type SearchOptions } from './analyzed-query.ts'
import type { Constraint } from './constraint.ts'
import { parse } from './parse.ts'
import { type Phrase, phraseOf } from './phrase.ts'
import { isInOtherLanguage, wordsOfTree } from './query-language.ts'
import { isQuestion } from './question-words.ts'
import type { QueryNode } from './tree.ts'
import {
  isContentText,
  NO_OWN_WORDS,
  type Prefix,
  type QueryRuleWords,
  type QueryToken,
  type ReadWords,
  readPrefix,
  readWords,
} from './words.ts'

/** What a query is read with beside the analysis. */
export interface QueryContext {
  /** The canonical name of the field that a name stands for in a query, or null. */
  readonly fieldOf: (name: string) => string | null
  readonly own: QueryRuleWords
}

const FIXED_FIELDS: QueryContext = {
  fieldOf: (name) => (name === 'title' || name === 'text' ? name : null),
  own: NO_OWN_WORDS,
}

/** Of a longer query the pairs of words at its end do not count. */
const SEQUENCE_MAX = 400

/** At most so many required clauses (words, prefixes, phrases): each costs a search. Further ones become optional words. */
const DEMANDS_MAX = 24

/** Reads what a person typed. Never fails. */
export function analyzeQuery(
  query: string,
  analyzer: Analyzer,
  options: Partial<SearchOptions>,
  context: QueryContext = FIXED_FIELDS,
): AnalyzedQuery {
  const tree = parse(query, (name) => context.fieldOf(name) !== null)
  return new Planner(analyzer, context).plan(query, tree, { ...DEFAULT_OPTIONS, ...options })
}

class Planner {
  readonly #analyzer: Analyzer
  readonly #context: QueryContext
  readonly #tokens: QueryToken[] = []
  readonly #sequence: string[] = []
  readonly #droppedStopWords: string[] = []
  readonly #capitals: boolean[] = []
  #demands = 0
  #prefixLengthMin = 0

  constructor(analyzer: Analyzer, context: QueryContext) {
    this.#analyzer = analyzer
    this.#context = context
  }

  plan(query: string, tree: QueryNode | null, options: SearchOptions): AnalyzedQuery {
    this.#prefixLengthMin = options.prefixLengthMin
    const nodes = tree === null ? [] : tree.kind === 'sequence' ? tree.nodes : [tree]
    // of a single one nothing depends on it, and it would be analysed twice
    const haveContent = nodes.map((node) => nodes.length > 1 && this.#isContentWord(node))
    const contentNodes = haveContent.filter((isContentWord) => isContentWord).length
    const constraints: Constraint[] = []
    for (const [at, node] of nodes.entries()) {
      if (node.kind === 'words') {
        const isLast = at === nodes.length - 1 && query.endsWith(node.text)
        const lastPrefix = isLast ? (options.typing ? 'typing' : 'last') : null
        this.#enter(node.text, { othersHaveContent: contentNodes > (haveContent[at] ? 1 : 0), lastPrefix })
      } else if (node.kind === 'prefix') this.#add(readPrefix(node.text, this.#analyzer), false)
      else {
        const constraint = this.#constraint(node, null, true)
        if (constraint !== null) constraints.push(constraint)
      }
    }
    const capitals = this.#capitals
    return {
      tokens: this.#tokens,
      sequence: this.#sequence.slice(0, SEQUENCE_MAX),
      droppedStopWords: this.#droppedStopWords,
      // the first word of a sentence is always capital
      hasCaseSignal: capitals.includes(false) && capitals.indexOf(true, 1) > 0,
      isQuestion: isQuestion(query),
      isInOtherLanguage: isInOtherLanguage(wordsOfTree(tree)),
      empty: query.trim() === '',
      // one by one even where there is only one: what the query itself joins by AND stays together
      constraint: constraints.length === 0 ? null : { kind: 'and', nodes: constraints },
      ...options,
    }
  }

  #isContentWord(node: QueryNode): boolean {
    if (node.kind === 'words') return isContentText(node.text, this.#analyzer, this.#context.own)
    return node.kind !== 'not'
  }

  /**
   * What a node demands; null where it is one too many: then its words are looked for like others.
   * @param isWanted whether its words are looked for and marked, too
   */
  #constraint(node: QueryNode, field: string | null, isWanted: boolean): Constraint | null {
    switch (node.kind) {
      case 'words':
      case 'prefix':
      case 'phrase': {
        // what is excluded must not be forgotten: the budget of work is its bound
        if (!isWanted) return this.#demand(node, field, isWanted)
        this.#demands += 1
        if (this.#demands <= DEMANDS_MAX) return this.#demand(node, field, isWanted)
        this.#enter(node.text, { othersHaveContent: true, lastPrefix: null })
        return null
      }
      case 'field':
        return this.#constraint(node.node, this.#context.fieldOf(node.name) ?? field, isWanted)
      case 'not': {
        const negated = this.#constraint(node.node, field, !isWanted)
        return negated && { kind: 'not', node: negated }
      }
      case 'or':
        return this.#connected('or', node.nodes, field, isWanted)
      case 'and':
      case 'sequence':
        return this.#connected('and', node.nodes, field, isWanted)
    }
  }

  #connected(
    kind: 'and' | 'or',
    nodes: readonly QueryNode[],
    field: string | null,
    isWanted: boolean,
  ): Constraint | null {
    // where not all can be looked for, demanding some of them would be wrong
    if (
      isWanted &&
      kind === 'or' &&
      this.#demands + nodes.reduce((sum, node) => sum + leavesOf(node), 0) > DEMANDS_MAX
    ) {
      for (const node of nodes) this.#enterLeaves(node, isWanted)
      return null
    }
    const found = nodes.map((one) => this.#constraint(one, field, isWanted)).filter((one) => one !== null)
    return found.length > 1 ? { kind, nodes: found } : (found[0] ?? null)
  }

  #enterLeaves(node: QueryNode, isWanted: boolean): void {
    if ('nodes' in node) for (const one of node.nodes) this.#enterLeaves(one, isWanted)
    else if (node.kind === 'not') this.#enterLeaves(node.node, !isWanted)
    else if (node.kind === 'field') this.#enterLeaves(node.node, isWanted)
    else if (isWanted) this.#enter(node.text, { othersHaveContent: true, lastPrefix: null })
  }

  #demand(
    node: Extract<QueryNode, { kind: 'words' | 'prefix' | 'phrase' }>,
    field: string | null,
    isWanted: boolean,
  ): Constraint | null {
    if (node.kind === 'phrase') {
      const phrase = phraseOf(node.text, this.#analyzer)
      if (phrase.length === 0) return null
      if (isWanted) this.#enterRead(this.#readBound(node.text), true, phrase)
      return { kind: 'phrase', phrase, field }
    }
    if (node.kind === 'prefix') {
      const tokens = readPrefix(node.text, this.#analyzer)
      if (tokens.length === 0) return null
      if (isWanted) this.#add(tokens, true)
      return { kind: 'words', tokens, field }
    }
    const read = this.#readBound(node.text)
    if (read.tokens.length === 0) return null
    if (isWanted) this.#enterRead(read, true)
    return { kind: 'words', tokens: read.tokens, field }
  }

  #readBound(text: string): ReadWords {
    const { own } = this.#context
    return readWords(text, this.#analyzer, { othersHaveContent: false, lastPrefix: null, prefixLengthMin: 0, own })
  }

  #enter(text: string, options: { othersHaveContent: boolean; lastPrefix: Prefix }): void {
    const { own } = this.#context
    const read = readWords(text, this.#analyzer, { ...options, prefixLengthMin: this.#prefixLengthMin, own })
    this.#droppedStopWords.push(...read.droppedStopWords)
    this.#enterRead(read, false)
  }

  #enterRead({ tokens, sequence, capitals }: ReadWords, isConstrained: boolean, phrase: Phrase | null = null): void {
    this.#add(tokens, isConstrained, phrase)
    this.#sequence.push(...sequence)
    this.#capitals.push(...capitals)
  }

  #add(tokens: readonly QueryToken[], isConstrained: boolean, phrase: Phrase | null = null): void {
    const start = this.#tokens.length
    for (const token of tokens) {
      const compoundReadings = token.compoundReadings.map(({ last, compound }) => ({ last: last + start, compound }))
      this.#tokens.push({ ...token, compoundReadings, isConstrained, phrase })
    }
  }
}

/** Words, beginnings and phrases in a node. */
function leavesOf(node: QueryNode): number {
  if ('nodes' in node) return node.nodes.reduce((sum, one) => sum + leavesOf(one), 0)
  return 'node' in node ? leavesOf(node.node) : 1
}
