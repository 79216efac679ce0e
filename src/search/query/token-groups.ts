import type { Word } from '../../analysis/word/word.ts'

/** Several words of a query as one; as if a hyphen stood between them. */
export function togetherAs(term: string, members: readonly Word[]): Word {
  const parts = members.flatMap((word) =>
    word.parts.length > 0 ? word.parts : [{ start: 0, end: 0, term: word.term }],
  )
  return {
    ...(members[0] as Word),
    key: members.map(({ key }) => key).join('-'),
    term,
    stop: false,
    parts,
    aliases: [],
  }
}

/** The tokens that are a number, date, unit or verb together, by the term they have then. */
export function tokensTogether(words: readonly Word[]): ReadonlyMap<string, readonly number[]> {
  const together = new Map<string, number[]>()
  for (const [token, { aliases }] of words.entries()) {
    for (const { kind, term } of aliases) {
      if (kind !== 'number' && kind !== 'verb') continue
      const members = together.get(term)
      if (members === undefined) together.set(term, [token])
      else members.push(token)
    }
  }
  return together
}

/** The largest group that a word is of. */
export function groupOf(
  { aliases }: Word,
  together: ReadonlyMap<string, readonly number[]>,
): { readonly term: string; readonly members: readonly number[] } | null {
  const groups = aliases.flatMap(({ term }) => {
    const members = together.get(term)
    return members === undefined ? [] : [{ term, members }]
  })
  return groups.sort((a, b) => b.members.length - a.members.length)[0] ?? null
}
