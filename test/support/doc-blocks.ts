import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './clean-copy.ts'

const NAMED = /<!-- (?:datei|schritt|file|step): ([^\n]*?) -->\n```\w+\n([\s\S]*?)```/g

/** A page of `docs` whose blocks are tested as they would be copied: what is named in a comment above it. */
export class DocPage {
  readonly #name: string
  readonly #text: string
  readonly #blocks: ReadonlyMap<string, string>

  /** @param name as `INDEXING.md` */
  constructor(name: string) {
    this.#name = name
    this.#text = readFileSync(join(projectRoot, 'docs', name), 'utf8')
    this.#blocks = new Map([...this.#text.matchAll(NAMED)].map(([, key = '', content = '']) => [key, content]))
  }

  /** @throws Error where the page has no block of this name */
  block(name: string): string {
    const content = this.#blocks.get(name)
    if (content === undefined) throw new Error(`docs/${this.#name} has no block ${name}`)
    return content
  }

  /** The names of all steps, which are commands of a shell. */
  get steps(): string[] {
    return [...this.#text.matchAll(/<!-- (?:schritt|step): ([^\n]*?) -->/g)].map(([, name = '']) => name)
  }

  /** How many blocks of commands there are, named or not. */
  get shellBlockCount(): number {
    return this.#text.match(/^```(?:sh|bash|shell|console)\b/gm)?.length ?? 0
  }

  /** Lines that Markdown takes for code because they are indented. */
  get indentedCode(): string[] {
    return this.#text.match(/(?<=\n\n) {4}\S.*/g) ?? []
  }

  /** Commands of ours within sentences: the words behind `fundstelle`. */
  get inlineCommands(): string[][] {
    const commands = this.#text.matchAll(/(?<!`)`(?:npx )?fundstelle ([^`\n]+)`/g)
    return [...commands].map(([, words = '']) => words.split(' '))
  }
}
