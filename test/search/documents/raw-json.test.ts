import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  elementsOf,
  kindOf,
  membersOf,
  type RawJson,
  rawJson,
  textOf,
  withMembers,
  written,
  writtenObject,
} from '../../../src/search/documents/raw-json.ts'

/** What a value is when it is walked piece by piece. */
function walked(value: RawJson): unknown {
  switch (kindOf(value)) {
    case 'object':
      return Object.fromEntries([...membersOf(value)].map(([name, member]) => [name, walked(member)]))
    case 'array':
      return elementsOf(value).map(walked)
    case 'string':
      return textOf(value)
    default:
      return JSON.parse(written(value))
  }
}

describe('JSON as it was written', () => {
  test('any value is read as JSON.parse reads it, whatever blanks stand in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t', ' \r\n '), (value, blanks) => {
        const json = JSON.stringify(value, null, blanks)
        expect(walked(rawJson(json))).toEqual(JSON.parse(json))
      }),
    )
  })

  test('numbers stay as they are written, however long', () => {
    const json = '{"a":12345678901234567890123,"b":1.0,"c":1e400,"d":-0}'
    const values = [...membersOf(rawJson(json)).values()].map(written)
    expect(values).toEqual(['12345678901234567890123', '1.0', '1e400', '-0'])
  })

  test('quotes and backslashes in strings end nothing', () => {
    const json = String.raw`{"a\"b":"x\\","c":"\\\"","d":["]","}",{"e":"\u00e4"}]}`
    expect(walked(rawJson(json))).toEqual(JSON.parse(json))
  })

  test('of equal names the last one counts, as for JSON.parse', () => {
    expect(walked(rawJson('{"a":1,"b":2,"a":3}'))).toEqual({ a: 3, b: 2 })
  })

  test('a member may be called __proto__', () => {
    expect([...membersOf(rawJson('{"__proto__":{"a":1}}')).keys()]).toEqual(['__proto__'])
  })

  test('brackets by the hundred thousand take no stack', () => {
    const depth = 100_000
    const json = `{"a":${'['.repeat(depth)}${']'.repeat(depth)},"b":1}`
    expect([...membersOf(rawJson(json)).keys()]).toEqual(['a', 'b'])
  })

  test.each([
    ['{}', '{"x":1}'],
    ['{ }', '{"x":1}'],
    ['{"a":"}"}', '{"a":"}","x":1}'],
    ['{"a":{"b":[]} }', '{"a":{"b":[]} ,"x":1}'],
  ])('%s with a further member', (object, expected) => {
    expect(withMembers(object, [['x', '1']])).toBe(expected)
    expect(JSON.parse(expected)).toMatchObject({ x: 1 })
  })

  test('an object without further members is the same text', () => {
    expect(withMembers('{ "a" : 1.0 }', [])).toBe('{ "a" : 1.0 }')
    expect(writtenObject([])).toBe('{}')
  })
})
