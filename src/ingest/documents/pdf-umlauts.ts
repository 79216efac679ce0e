const DOTS = '\u0308'
/** In words a letter before the dots is theirs only where no vowel follows, or in äu: aü is in no word. */
const BEFORE_U = /([aA])¨ ?(?=u)/g
const BEHIND = /¨ ?([aeiouyAEIOUY])/g
const BEFORE = /([aouAOU])¨/g

/** Umlauts that are drawn as letters and dots, as fonts of TeX without umlauts have it (`f¨ur`, `¨Ubung`) and other programs the other way round (`fu¨r`). */
export function withUmlauts(text: string): string {
  if (!text.includes('¨')) return text
  return text.replace(BEFORE_U, `$1${DOTS}`).replace(BEHIND, `$1${DOTS}`).replace(BEFORE, `$1${DOTS}`).normalize('NFC')
}
