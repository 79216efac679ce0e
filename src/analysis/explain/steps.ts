import type { Language, Localized } from '../../errors.ts'
import type { LemmaSource } from '../german/terms.ts'
import { isoDate } from '../numbers/numbers.ts'
import type { AliasKind, Word } from '../word/word.ts'

/** How a word came to its terms, in sentences for people who want to know why they find what they find. */
export function stepsOf(surface: string, word: Word, basis: LemmaSource | null, language: Language): string[] {
  const steps: Localized[] = []
  if (word.key !== surface) steps.push(say('wird gelesen als', 'is read as', word.key))
  if (word.stop) steps.push(STOP)
  if (word.numeric) steps.push(ofNumber(word))
  else if (basis !== null && !isItself(basis, word) && word.term === word.term.toLowerCase()) steps.push(ofBasis(basis))
  const before = basis?.word ?? word.key
  if (word.term !== word.term.toLowerCase()) steps.push(CAPITALS)
  else if (!word.numeric && word.term !== before)
    steps.push(STEM[basis?.stemmed === false || word.stop ? 'folded' : 'stemmed'](word.term))
  if (word.parts.length > 0) {
    const parts = word.parts.map(({ start, end, term }) => `${surface.slice(start, end)} (${term})`).join(' + ')
    steps.push({
      de: `besteht aus ${parts} und wird auch darunter gefunden, mit halbem Gewicht`,
      en: `consists of ${parts} and is found under these too, at half the weight`,
    })
  }
  for (const { start, end } of word.subCompounds)
    steps.push(say('enthält auch', 'also contains', surface.slice(start, end)))
  for (const { kind, term } of word.aliases) steps.push(ALIASES[kind](term))
  steps.push(say('steht im Index unter', 'stands in the index under', word.term))
  return steps.map((step) => step[language])
}

/** Lager is known as a noun that keeps its ending: that it is a form of Lager would tell nobody anything. */
const isItself = (basis: LemmaSource, { key }: Word): boolean =>
  (basis.rule === 'noun' || basis.rule === 'adjective') && basis.word === key

function say(de: string, en: string, word: string): Localized {
  return { de: `${de} „${word}“`, en: `${en} “${word}”` }
}

const STOP: Localized = {
  de: 'ist ein Funktionswort: es zählt in einer Suche nur, wenn sie nichts anderes enthält',
  en: 'is a function word: a search looks for it only where it has nothing else',
}

const CAPITALS: Localized = {
  de: 'ist in Großbuchstaben eine Abkürzung und nicht das Wort in Kleinbuchstaben',
  en: 'is an abbreviation in capitals, not the word in small letters',
}

const STEM = {
  folded: (term: string): Localized => say('ohne Umlaute und ß', 'without umlauts and ß', term),
  stemmed: (term: string): Localized => say('ohne Endung, Umlaute und ß', 'without its ending, umlauts and ß', term),
}

function ofNumber({ key, term }: Word): Localized {
  return isoDate(key) === null
    ? { de: `ist die Zahl ${term}`, en: `is the number ${term}` }
    : { de: `ist der Tag ${term}`, en: `is the day ${term}` }
}

function ofBasis({ rule, word }: LemmaSource): Localized {
  switch (rule) {
    case 'protected':
      return {
        de: 'wird nicht weiter verkürzt: sonst fiele es mit einem fremden Wort zusammen',
        en: 'is not shortened further: it would become one with another word',
      }
    case 'participle':
      return { de: 'ist ein Partizip und bleibt eins', en: 'is a participle and stays one' }
    case 'abbreviation':
      return say('steht für', 'stands for', word)
    case 'verb':
      return say('ist eine Form des Verbs', 'is a form of the verb', word)
    default:
      return say('ist eine Form von', 'is a form of', word)
  }
}

const ALIASES: Readonly<Record<AliasKind, (term: string) => Localized>> = {
  joined: (term) => say('ist mit dem Nachbarwort zusammen', 'is, together with its neighbour,', term),
  completed: (term) => say('steht verkürzt auch für', 'is also short for', term),
  verb: (term) => say('gehört mit seinem abgetrennten Teil zu', 'belongs, with the part it was parted from, to', term),
  number: (term) => say('ist mit seinen Nachbarn zusammen', 'is, together with its neighbours,', term),
  verbLemma: (term) => say('kann auch eine Form sein von', 'may also be a form of', term),
}
