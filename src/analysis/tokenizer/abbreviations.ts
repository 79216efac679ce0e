/**
 * Abbreviations of single letters that people write with or without a space ("z. B.", "z.B."): both become one token.
 * Only these are joined across a space; without spaces any sequence of dotted single letters is one ("U.S.A.").
 */
export const SPACED_ABBREVIATIONS: ReadonlySet<string> = new Set(
  `z.b. d.h. u.a. o.ä. u.ä. i.d.r. u.u. z.t. m.e. i.a. s.o. s.u. e.v. u.v.m. u.v.a. a.d. v.a. o.g. u.s.w. i.e.s. i.w.s.
  i.v.m. i.s.d. m.w. b.a. m.a. v.h. p.a. i.r. g.m.b.h. n.n.  u.a.m. a.a. a.a.o. s.a. w.o. d.j. d.m. i.h.v. m.w.n.`.split(
    /\s+/,
  ),
)

/** Words whose full stop does not end a sentence, without the stop, in lower case. */
export const STOPPED_ABBREVIATIONS: ReadonlySet<string> = new Set(
  `dr prof nr art abs st str ca bzw vgl inkl evtl ggf sog bspw chr hl jh jhd jan feb mär apr aug sep sept okt nov dez mio
  mrd tsd tel abb kap bd hrsg ing dipl med phil jur frl hr fr geb gest min max std ziff lit rd exkl zzgl abzgl bzgl
  allg ev kath ehem gem urspr insb insbes anm aufl ausg jg lfd nachf zit i.v.m bgbl rn rdnr tab verf vors zt mwst
  gebr kl gr südl nördl östl westl`.split(/\s+/),
)

/** Whether a full stop behind a word, in lower case, may be part of it: an abbreviation, an ordinal ("am 3."), a numeral ("Karl V."). */
export const takesFullStop = (word: string): boolean =>
  word.length === 1 || STOPPED_ABBREVIATIONS.has(word) || /^\d{1,2}$/.test(word) || /^[ivx]{2,5}$/.test(word)
