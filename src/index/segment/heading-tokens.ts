import type { Analysis } from '../../analysis/analyzer.ts'
import { NO_STRUCTURE, type Structure } from '../../article/structure.ts'

/** The headings of a text as `TokenStream.headings` gives them. One without words is none. */
export function headingTokensOf(
  structure: Structure | undefined,
  { count, starts }: Pick<Analysis, 'count' | 'starts'>,
): number[] {
  const numbers: number[] = []
  let token = 0
  for (const range of structure ?? NO_STRUCTURE) {
    if (range.kind !== 'heading') continue
    while (token < count && (starts[token] as number) < range.start) token += 1
    const first = token
    while (token < count && (starts[token] as number) < range.end) token += 1
    if (token > first) numbers.push(first, token)
  }
  return numbers
}
