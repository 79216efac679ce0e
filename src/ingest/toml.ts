import { parse, TomlError } from 'smol-toml'
import type { Head } from './head.ts'

/** Reads a head in TOML. Dates and times become strings as they were written. Never throws. */
export function parseToml(head: string): Head {
  try {
    // Its dates turn into strings by themselves
    return { value: JSON.parse(JSON.stringify(parse(head))) }
  } catch (error) {
    const { line, column } = error instanceof TomlError ? error : { line: 1, column: 1 }
    const reason = {
      de: 'hier steht etwas, das TOML nicht kennt; erwartet wird je Zeile „name = wert“, Texte in Anführungszeichen',
      en: 'TOML does not know what stands here; expected “name = value” on each line, texts in quotation marks',
    }
    return { fault: { reason, line, column } }
  }
}
