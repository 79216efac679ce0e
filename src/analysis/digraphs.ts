/**
 * Beginnings of words whose ae, oe or ue is not a way of typing an umlaut, one line a reason. A word that begins with one of
 * them keeps all its digraphs. (After a vowel or q the digraph is kept anyway: Treue, Quelle, Feuer.)
 */
export const HIATUS_BEGINNINGS: readonly string[] = [
  // names from Hebrew end in a syllable of their own: Isra-el, Micha-el
  ...['israel', 'michael', 'raphael', 'rafael', 'ismael', 'samuel', 'manuel', 'emanuel', 'immanuel', 'nathanael'],
  ...['joel', 'noel', 'rachael', 'noemi', 'aloe', 'zoe', 'chloe'],
  // names that are spelt with the digraph and never with an umlaut
  ...['goethe', 'boeing', 'venezuel', 'puerto', 'suez', 'uelzen', 'soest', 'coesfeld', 'itzehoe', 'phaeton', 'monroe'],
  // Latin and French: two vowels, two syllables
  ...['poet', 'poes', 'koex', 'koeff', 'koedu', 'koerz', 'oboe', 'aero', 'maestr', 'paella'],
  ...['aktuell', 'manuell', 'visuell', 'virtuell', 'individuell', 'sexuell', 'rituell', 'eventuell', 'intellektuell'],
  ...['spirituell', 'punktuell', 'duell', 'textuell', 'graduell', 'residuell', 'usuell', 'habituell', 'kontextuell'],
  ...[
    'konzeptuell',
    'annuell',
    'duett',
    'menuett',
    'pirouett',
    'influenz',
    'kongruen',
    'statue',
    'revue',
    'konstituen',
  ],
  ...['guerilla', 'muezzin', 'homosexuell', 'heterosexuell', 'bisexuell', 'transsexuell', 'audiovisuell'],
  // compounds that meet at the digraph: zu|erst
  ...['zuerst', 'zueinander', 'zuerkann', 'zuerkenn', 'zuende', 'soeben'],
  // English words
  ...['blues', 'bluetooth', 'true', 'value', 'issue', 'fuel', 'does', 'shoe', 'joe', 'blue'],
]
