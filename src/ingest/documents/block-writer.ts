import type { DocumentBlock } from './document-content.ts'

/** Makes blocks of what a document's markup says. Paragraphs may stand within others, as those of text boxes; a row of a table is one block. */
export class BlockWriter {
  readonly blocks: DocumentBlock[] = []
  /** Of paragraphs that are open, the outermost first. */
  readonly #open: { pieces: string[]; level: number | undefined; isDropped: boolean }[] = []
  readonly #rows: string[][] = []
  #skipped = 0

  get isSkipping(): boolean {
    return this.#skipped > 0
  }

  /** What comes is no text until as many calls of `unskip`. */
  skip(): void {
    this.#skipped += 1
  }

  unskip(): void {
    this.#skipped -= 1
  }

  begin(level?: number): void {
    this.#open.push({ pieces: [], level, isDropped: false })
  }

  /** The paragraph that is open is a heading. */
  setLevel(level: number): void {
    const paragraph = this.#open.at(-1)
    if (paragraph !== undefined) paragraph.level = level
  }

  /** The paragraph that is open is no text, wherever in it that is said. */
  drop(): void {
    const paragraph = this.#open.at(-1)
    if (paragraph !== undefined) paragraph.isDropped = true
  }

  /** Text outside of paragraphs is none. */
  write(text: string): void {
    if (this.#skipped === 0) this.#open.at(-1)?.pieces.push(text)
  }

  end(): void {
    const paragraph = this.#open.pop()
    if (paragraph === undefined || paragraph.isDropped || this.#skipped > 0) return
    const text = lines(paragraph.pieces.join(''))
    if (text === '') return
    const row = this.#rows.at(-1)
    if (row !== undefined) row.push(text.replaceAll('\n', ' '))
    else this.blocks.push({ text, ...(paragraph.level !== undefined && { level: paragraph.level }) })
  }

  beginRow(): void {
    this.#rows.push([])
  }

  endRow(): void {
    const cells = this.#rows.pop() ?? []
    const text = cells.join(' ')
    if (text === '') return
    const outer = this.#rows.at(-1)
    if (outer !== undefined) outer.push(text)
    else this.blocks.push({ text, cells })
  }
}

/** White space is collapsed, but line breaks stay. */
const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .replace(/[ \t\r]{1,4096}/g, ' ')
        .replace(/ {2,}/g, ' ')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n')
