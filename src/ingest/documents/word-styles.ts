import { parseXml } from '../xml.ts'

/** Styles are based on each other no deeper, unless in a circle. */
const BASES_MAX = 20
/** What formats something else than the text of a style: parts of tables, marks of paragraphs, what was before a change. */
const OTHER_PROPERTIES = new Set(['w:tblStylePr', 'w:pPr', 'w:rPrChange', 'w:pPrChange'])

interface Style {
  /** That of Word in lower case, the same in all languages; empty where it has none. */
  name: string
  base: string
  /** Null where it does not say. */
  isHidden: boolean | null
}

/** The styles of a Word document by their ids: those are in the language of the program, names of its own styles are not. */
export class WordStyles {
  readonly #styles = new Map<string, Style>()

  constructor(xml: string) {
    let style: Style | null = null
    let others = 0
    parseXml(xml, {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? ''
        if (name === 'w:style') {
          style = { name: '', base: '', isHidden: null }
          this.#styles.set(attributes['w:styleId'] ?? '', style)
        } else if (OTHER_PROPERTIES.has(name)) others += 1
        else if (style === null) return
        else if (name === 'w:name') style.name = value.toLowerCase()
        else if (name === 'w:basedOn') style.base = value
        else if (name === 'w:vanish' && others === 0) style.isHidden = isOn(attributes)
      },
      close(name) {
        if (name === 'w:style') style = null
        else if (OTHER_PROPERTIES.has(name)) others -= 1
      },
      text() {},
    })
  }

  /** The name of a style, its id where it has none. */
  nameOf(id: string): string {
    return this.#styles.get(id)?.name || id.toLowerCase()
  }

  /** Whether what has this style is not shown, by itself or by what it is based on. */
  isHidden(id: string): boolean {
    let style = this.#styles.get(id)
    for (let n = 0; n < BASES_MAX && style !== undefined; n++) {
      if (style.isHidden !== null) return style.isHidden
      style = this.#styles.get(style.base)
    }
    return false
  }
}

/** The value of a property that is on where it stands, unless it says otherwise. */
export const isOn = (attributes: Readonly<Record<string, string>>): boolean =>
  !/^(?:0|false|off)$/.test(attributes['w:val'] ?? '')
