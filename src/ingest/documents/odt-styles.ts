import { parseXml } from '../xml.ts'

/** Styles are made from each other no deeper, unless in a circle. */
const PARENTS_MAX = 20

type Attributes = Readonly<Record<string, string>>

interface Style {
  readonly parent: string
  /** Of the whole document, not made for a place in it. */
  readonly isGeneral: boolean
  /** Null where it does not say. */
  isHidden: boolean | null
}

/** The styles of an OpenDocument text: those of the whole document and, put in before the text they belong to, its automatic ones. */
export class OdtStyles {
  /** By family and name: those of paragraphs and of words may have the same names. */
  readonly #styles = new Map<string, Style>()
  #open: Style | null = null
  #isGeneral = true

  /** @param xml that of the styles of the whole document */
  constructor(xml: string) {
    parseXml(xml, {
      open: (name, attributes) => this.open(name, attributes),
      close: (name) => this.close(name),
      text() {},
    })
    this.#isGeneral = false
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'style:style') {
      this.#open = {
        parent: attributes['style:parent-style-name'] ?? '',
        isGeneral: this.#isGeneral,
        isHidden: null,
      }
      // files of little care name no family
      const family = attributes['style:family'] ?? 'paragraph'
      this.#styles.set(`${family}/${attributes['style:name'] ?? ''}`, this.#open)
    } else if (name === 'style:text-properties' && this.#open !== null) {
      const display = attributes['text:display']
      if (display !== undefined) this.#open.isHidden = display === 'none'
    }
  }

  close(name: string): void {
    if (name === 'style:style') this.#open = null
  }

  /** The general style that a paragraph's style is, or is made from. */
  generalOf(name: string): string {
    const style = this.#styles.get(`paragraph/${name}`)
    return style === undefined || style.isGeneral ? name : style.parent
  }

  /** Whether what has this style is not shown; null where neither it nor what it is made from says so. */
  isHidden(family: 'paragraph' | 'text', name: string): boolean | null {
    let style = this.#styles.get(`${family}/${name}`)
    for (let n = 0; n < PARENTS_MAX && style !== undefined; n++) {
      if (style.isHidden !== null) return style.isHidden
      style = this.#styles.get(`${family}/${style.parent}`)
    }
    return null
  }
}
