import { expect, test } from 'vitest'
import { analysedBy } from '../../src/index/open-analysis.ts'
import { NO_RULES } from '../../src/rules.ts'

test('rules that analyse alike share an analyser, whatever they say of queries', () => {
  const plain = analysedBy(NO_RULES)
  const queries = { ...NO_RULES, stopWords: ['bitte'], synonyms: [{ from: ['Boot'], to: ['Schiff'] }] }
  const other = analysedBy(queries)
  expect(other.analyzer).toBe(plain.analyzer)
  expect(other.fingerprint).toBe(plain.fingerprint)
  expect(other.rules.version).not.toBe(plain.rules.version)
})

test('words that are taken apart otherwise have their own', () => {
  const whole = analysedBy({ ...NO_RULES, unsplit: ['donaudampfschiff'] })
  expect(whole.analyzer).not.toBe(analysedBy(NO_RULES).analyzer)
  expect(whole.analyzer).toBe(analysedBy({ ...NO_RULES, unsplit: ['donaudampfschiff'] }).analyzer)
  expect(whole.analyzer.word('Donaudampfschiff').parts).toEqual([])
  expect(analysedBy(NO_RULES).analyzer.word('Donaudampfschiff').parts.length).toBeGreaterThan(1)
})
