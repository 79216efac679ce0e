import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultWords, jsonFault } from '../../src/ingest/json-fault.ts'
import '../support/property.ts'

function faultOf(json: string) {
  try {
    JSON.parse(json)
  } catch (error) {
    return jsonFault(json, error)
  }
  throw new Error('sound after all')
}

describe('jsonFault', () => {
  it.each([
    ['{"a": "x', 'Anführungszeichen wird nicht geschlossen'],
    ['{"a": 1', 'eine schließende Klammer fehlt'],
    ['{"a":', 'bricht mittendrin ab'],
    ['{"a" 1}', 'der Doppelpunkt'],
    ['{"a": 1,}', 'ein Name in Anführungszeichen'],
    ["{'a': 1}", 'ein Name in Anführungszeichen'],
    ['{"a": "x\ty"}', 'Tabulator'],
    ['{"a": "\\x"}', 'nichts bedeutet'],
    ['{} {}', 'nach dem Ende'],
    ['<html>', '„<“ gehört nicht hierher'],
    ['{"a": 😀}', 'gehört nicht hierher'],
  ])('%j: %s', (json, words) => {
    expect(faultOf(json).reason.de).toContain(words)
  })

  it('tells line and column where the engine does', () => {
    const fault = faultOf('{\n "a" 1}')
    expect(fault).toMatchObject({ line: 2, column: 6 })
    expect(faultWords(fault)).toMatchObject({
      de: expect.stringMatching(/^Spalte 6: /),
      en: expect.stringMatching(/^column 6: /),
    })
  })

  it('speaks German, whatever is wrong', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', '-', '.', 'e', 'true', '\\', '\n', 'x')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const json = pieces.join('')
        try {
          JSON.parse(json)
        } catch (error) {
          expect(jsonFault(json, error).reason.de).not.toMatch(/JSON at|Unexpected|Expected|token|number/)
        }
      }),
    )
  })
})
