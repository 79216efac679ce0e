import type { Language, Localized } from '../../errors.ts'
import type { Cut, WorkBudget } from '../../work-budget.ts'

/** What of an answer was left out because the request used up its budget of work. */
export interface Degradation {
  /** In words, for people. */
  readonly text: string
  readonly cuts: readonly Cut[]
}

const SENTENCES: Readonly<Record<Cut, Localized>> = {
  query: { de: 'nur der Anfang der Anfrage wurde gelesen', en: 'only the beginning of the query was read' },
  words: { de: 'nicht alle Wörter wurden gesucht', en: 'not all words were searched for' },
  expansions: {
    de: 'nicht zu allen Wörtern wurden ähnliche und anders geschriebene gesucht',
    en: 'similar and otherwise spelt words were not looked for with all words',
  },
  phrases: {
    de: 'Wortgruppen wurden nicht in allen Artikeln gesucht',
    en: 'phrases were not looked for in all articles',
  },
  ranking: { de: 'die Treffer sind nur grob geordnet', en: 'the hits are only roughly ordered' },
  matches: { de: 'Fundstellen sind nicht überall markiert', en: 'matches are not marked everywhere' },
  hits: {
    de: 'die Liste der Treffer bricht vorher ab',
    en: 'the list of hits ends early',
  },
  explanation: { de: 'nicht jeder Treffer ist erklärt', en: 'not every hit is explained' },
  reasons: {
    de: 'warum nichts gefunden wurde, ist nicht für alle Wörter untersucht',
    en: 'why nothing was found was not looked into for all words',
  },
  suggestions: { de: 'Vorschläge können fehlen', en: 'suggestions may be missing' },
  facets: { de: 'die Werte zum Eingrenzen wurden nicht gezählt', en: 'the values to narrow down by were not counted' },
  duplicates: { de: 'fast gleiche Artikel wurden nicht alle erkannt', en: 'not all near duplicates were recognised' },
  searches: { de: 'nicht alle Suchen wurden ausgeführt', en: 'not all searches were made' },
}

/** Null where nothing was left out. */
export function degradationOf(budget: WorkBudget, language: Language): Degradation | null {
  if (!budget.isDegraded) return null
  const { cuts } = budget
  const begin = {
    de: 'Die Suche wurde abgekürzt, weil sie zu aufwendig ist',
    en: 'The search was cut short because it takes too much work',
  }[language]
  return { text: `${begin}: ${cuts.map((cut) => SENTENCES[cut][language]).join('; ')}.`, cuts }
}
