const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Halves of pairs of UTF-16: how many stand alone, and where the first does (-1 where none does). */
export function loneSurrogates(text: string): { readonly count: number; readonly first: number } {
  if (text.isWellFormed()) return { count: 0, first: -1 }
  return { count: text.match(LONE)?.length ?? 0, first: text.search(LONE) }
}
