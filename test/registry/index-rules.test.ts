import { expect, onTestFinished, test } from 'vitest'
import { rulesOf } from '../../src/registry/index-rules.ts'
import { MAIN_INDEX, type NamedIndex } from '../../src/registry/index-table.ts'
import { Registry } from '../../src/registry/registry.ts'
import { NO_RULES } from '../../src/rules.ts'
import { temporaryFolder } from '../support/folders.ts'

const NOW = '2026-11-29T12:00:00.000Z'

function registryWith(...uids: string[]) {
  const registry = Registry.open(temporaryFolder())
  onTestFinished(() => registry.close())
  for (const uid of uids) registry.indexes.create(uid, 'id', NOW)
  const named = (uid: string): NamedIndex => registry.indexes.get(uid) as NamedIndex
  return { registry, named }
}

test('rules are made once of the same settings, and anew of others', () => {
  const { registry, named } = registryWith('a', 'b')
  registry.indexes.setSettings('a', { stopWords: ['bitte'] }, NOW)
  const first = rulesOf(named('a'), NO_RULES)
  expect(first.stopWords).toEqual(['bitte'])
  registry.indexes.touch('a', NOW)
  expect(rulesOf(named('a'), NO_RULES)).toBe(first)
  expect(rulesOf(named('b'), NO_RULES).stopWords).toEqual([])
  registry.indexes.setSettings('a', { stopWords: ['danke'] }, NOW)
  expect(rulesOf(named('a'), NO_RULES).stopWords).toEqual(['danke'])
})

test("the owner's file is for one index alone", () => {
  const { named } = registryWith(MAIN_INDEX, 'b')
  const own = { ...NO_RULES, stopWords: ['bitte'] }
  expect(rulesOf(named(MAIN_INDEX), own).stopWords).toEqual(['bitte'])
  expect(rulesOf(named(MAIN_INDEX), own)).toBe(rulesOf(named(MAIN_INDEX), own))
  expect(rulesOf(named('b'), own).stopWords).toEqual([])
  expect(rulesOf(named('b'), own, 'b').stopWords).toEqual(['bitte'])
  expect(rulesOf(named(MAIN_INDEX), { ...own, stopWords: ['danke'] }).stopWords).toEqual(['danke'])
})
