/** Articles, prepositions and conjunctions: what they belong to comes behind them. Verbs and pronouns may be the last of what is said. */
export const LEADING: ReadonlySet<string> = new Set(
  `der die das dem den des ein eine einer eines einem einen kein keine keiner keinem keinen
  in im ins am ans an aus auf aufs bei beim mit nach zum zur zu von vom vor für durch ohne gegen über unter hinter neben zwischen seit wegen trotz bis
  und oder sowie sowohl weder als wie dass weil wenn ob`.split(/\s+/),
)
