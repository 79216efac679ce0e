/**
 * Beginnings of words whose ae, oe or ue is not a way of typing an umlaut, one line a reason. A word that begins with one of
 * them keeps the digraphs of that beginning. (After a vowel or q every ue is kept anyway: Treue, Quelle, Feuer.) None may be
 * the beginning of a word with an umlaut: "blue" would keep "bluehen" from finding "blühen".
 */
export const HIATUS_BEGINNINGS: readonly string[] = [
  // names from Hebrew end in a syllable of their own: Isra-el, Micha-el
  ...['israel', 'michael', 'raphael', 'rafael', 'ismael', 'samuel', 'manuel', 'emanuel', 'immanuel', 'nathanael'],
  ...['joel', 'noell', 'rachael', 'noemi', 'aloe', 'chloe'],
  // names that are spelt with the digraph and never with an umlaut
  ...['goethe', 'boeing', 'venezuel', 'puerto', 'suez', 'uelzen', 'soest', 'coesfeld', 'itzehoe', 'phaeton', 'monroe'],
  // Latin and French: two vowels, two syllables
  ...['poeti', 'poesi', 'koex', 'koeff', 'koedu', 'koerziti', 'oboe', 'aero', 'maestr', 'paella'],
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
  ...['zuerst', 'zueinander', 'zuerkann', 'zuerkenn', 'soeben'],
  // English words
  ...['bluetooth', 'value', 'issue', 'shoe'],
]

/** Whole words of the same kind that begin other words with an umlaut: blühen, füllen, Jörg, nölen, Trübsal, zünden. */
export const HIATUS_WORDS: readonly string[] = [
  ...['blue', 'blues', 'fuel', 'joe', 'joes', 'noel', 'poet', 'poeten', 'true', 'zoe', 'zoes', 'zuende'],
]

/** An ue after a vowel that is an umlaut all the same, because two parts meet before it: ge|übt, zu|üben, neu|übersetzt. */
export const UMLAUT_AFTER_VOWEL: readonly string[] = ['geueb', 'uueb']
