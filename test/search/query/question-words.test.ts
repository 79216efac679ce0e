import { describe, expect, it } from 'vitest'
import { isFraming, isQuestion } from '../../../src/search/query/question-words.ts'

describe('questions', () => {
  it.each([
    'Wie heißt der Fluss?',
    'wie hoch ist der turm',
    'In welchem Jahr begann der Bau',
    '„Wo liegt Ulm“',
    ' seit wann ',
    'Die Prüfung besteht aus was?',
    'Wofu\u0308r steht das',
  ])('%s', (query) => {
    expect(isQuestion(query)).toBe(true)
  })

  it.each([
    'Turm bauen',
    'Der Turm, der so hoch ist wie das Haus',
    'alles über Ulm',
    '',
    'Wieland',
    'Was-ist-das Buch',
    '???x',
  ])('none: %s', (query) => {
    expect(isQuestion(query)).toBe(false)
  })
})

it('tells words that only frame a question from those that it is about', () => {
  expect(['heißt', 'lauten', 'name', 'art'].filter(isFraming)).toHaveLength(4)
  expect(['fluss', 'namenstag', 'heiß'].filter(isFraming)).toEqual([])
})
