import { describe, expect, it } from 'vitest'
import { answersIn, type Question } from '../../../src/search/present/question.ts'

const SENTENCE = 'Am 3. März 1871 zogen zwölf Männer nach Berlin, weil Otto von Bismarck sie rief.'
const nothing = (_start: number): boolean => false

const answers = (sentence: string, question: Question, isAsked = nothing): string[] =>
  [...answersIn(sentence, question, isAsked)].map(({ start, end }) => sentence.slice(start, end))

describe('answers in a sentence', () => {
  it('are found by the class of the question, the strongest first', () => {
    expect(answers(SENTENCE, 'date')).toEqual(['März', '1871'])
    expect(answers(SENTENCE, 'number')).toEqual(['3.', '1871', 'zwölf'])
    expect(answers(SENTENCE, 'why')).toEqual(['weil'])
  })

  it('are the same whenever a sentence is read again, whoever stopped before and whatever came between', () => {
    const fresh = (question: Question): string[] => answers(`${SENTENCE} `, question)
    const wanted = { number: fresh('number'), date: fresh('date') }
    const [first] = answersIn(SENTENCE, 'number', nothing)
    expect(first).toEqual({ start: 3, end: 5, strength: 1 })
    const walk = answersIn(SENTENCE, 'number', nothing)
    walk.next()
    for (let other = 0; other < 6; other++) answers(`${other} andere Sätze`, 'number')
    expect(answers(SENTENCE, 'date')).toEqual(wanted.date)
    expect(answers(SENTENCE, 'number')).toEqual(wanted.number)
    expect([...walk].map(({ start, end }) => SENTENCE.slice(start, end))).toEqual(wanted.number.slice(1))
  })

  it('are not what the question asks by, each time by its own words', () => {
    expect(answers(SENTENCE, 'date', (start) => start < 8)).toEqual(['1871'])
    expect(answers(SENTENCE, 'date')).toEqual(['März', '1871'])
  })
})
