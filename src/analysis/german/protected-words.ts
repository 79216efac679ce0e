/**
 * Words that folding, stemming or the rules for verbs would make one with strangers: what they are indexed under instead, the forms
 * that belong there, and which strangers are kept away. Lower case, ss for ß.
 */
const PROTECTED: readonly (readonly [term: string, forms: string, stranger: string])[] = [
  // umlauts are not folded away between these
  ['küche', 'küche küchen', 'Kuchen'],
  ['bürger', 'bürger bürgers bürgern', 'Burg'],
  ['schäfer', 'schäfer schäfers schäfern', 'Schaf'],
  ['müller', 'müller müllers müllern', 'Müll'],
  // -er is no ending
  ['bauer', 'bauer bauern bauers', 'Bau, bauen'],
  ['messer', 'messer messers messern', 'Messe, messen'],
  ['wetter', 'wetter wetters', 'Wette, wetten'],
  ['kammer', 'kammer kammern', 'Kamm'],
  ['hammer', 'hammer hammers hämmer hämmern', 'Hamm'],
  ['ritter', 'ritter ritters rittern', 'Ritt, reiten'],
  ['laster', 'laster lasters lastern', 'Last'],
  ['leber', 'leber lebern', 'leben'],
  ['pater', 'pater paters patres', 'Pate'],
  ['meter', 'meter meters metern', 'Met'],
  ['sicher', 'sicherheit sicherheiten', 'sich'],
  // -n is no ending
  ['ostern', 'ostern', 'Ost, Osten'],
  // no form of a verb
  ['erbrecht', 'erbrecht erbrechts erbrechte', 'erbrechen'],
  // -e is no ending
  ['rate', 'rate', 'Rat, raten'],
  // -ig is no ending
  [
    'zuständig',
    'zuständig zuständige zuständigem zuständigen zuständiger zuständiges zuständigkeit zuständigkeiten',
    'Zustand',
  ],
  // adjectives that look like participles
  ['bekannt', 'bekannt bekannte bekanntem bekannten bekannter bekanntes bekanntere bekanntesten', 'bekennen'],
  ['verwandt', 'verwandt verwandte verwandtem verwandten verwandter verwandtes', 'verwenden'],
  ['gerecht', 'gerecht gerechte gerechtem gerechten gerechter gerechtes', 'rechen'],
]

/** By form. */
export const KEPT_AS_WRITTEN: ReadonlyMap<string, string> = new Map(
  PROTECTED.flatMap(([term, forms]) => forms.split(' ').map((form) => [form, term] as const)),
)
