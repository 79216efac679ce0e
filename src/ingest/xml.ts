import { Parser } from 'htmlparser2'
import { FundstelleError } from '../errors.ts'

/** The parser takes quadratic time in the depth. */
const DEPTH_MAX = 2000

export interface XmlHandler {
  /** An element begins. Names have their prefix, as `w:p`. */
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  /** Some text, as it stands: one text may come in several pieces. */
  text(text: string): void
}

/**
 * Goes through a document of XML, whatever is wrong with it. Entities of its own document type are left as they are.
 * @throws FundstelleError `nested_too_deep`; whatever the handler throws
 */
export function parseXml(xml: string, handler: XmlHandler): void {
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1
        if (depth > DEPTH_MAX) {
          const what = { de: 'XML-Elemente', en: 'XML elements' }
          throw new FundstelleError('nested_too_deep', { what, max: DEPTH_MAX })
        }
        handler.open(name, attributes)
      },
      onclosetag(name) {
        depth -= 1
        handler.close(name)
      },
      ontext: (text) => handler.text(text),
    },
    { xmlMode: true },
  )
  parser.end(xml)
}
