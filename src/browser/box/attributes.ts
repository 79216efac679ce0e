/** What attributes take, and how that is said. Whatever else they hold has no effect. */
const TAKEN: Readonly<Record<string, readonly [values: RegExp, said: string]>> = {
  server: [/^(?:https?:\/)?\/./, 'an address such as https://suche.example'],
  limit: [/^(?:\d\d?|100)$/, 'a number from 0 to 100'],
  mode: [/^(?:dropdown|dialog)$/, 'dropdown or dialog'],
  theme: [/^(?:light|dark|auto)$/, 'light, dark or auto'],
  lang: [/^(?:de|en)\b/i, 'de or en'],
  mark: [/^(?:on|off)$/, 'off'],
  hotkey: [/^(?:none|(?:mod\+k|\/)(?: (?:mod\+k|\/))*)$/, 'mod+k, / or both with a space between, or none'],
}

/** Tells whoever builds the page of a value that is misspelt: it would have no effect, and nobody would know why. */
export function warnOf(element: Element, name: string): void {
  const value = element.getAttribute(name)
  const [values, said] = TAKEN[name] ?? []
  if (value && values?.test(value) === false) console.warn(`fundstelle-suche: ${name}="${value}", expected ${said}`)
}

export const CHECKED = Object.keys(TAKEN)
