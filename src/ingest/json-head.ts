/** A head in JSON is no longer than this. */
export const JSON_LENGTH_MAX = 20_000

/** Where the object that begins a text ends; its length where it does not. */
export function closingBracket(text: string): number {
  let depth = 0
  for (const { 0: part, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[{}]/g)) {
    if (part === '{') depth++
    else if (part === '}' && --depth === 0) return index + 1
  }
  return text.length
}
