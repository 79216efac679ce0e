export type Language = 'de' | 'en'

/** Of the two there are the one for a language tag, such as `en-GB`. */
export const languageOf = (tag: string): Language => (/^en\b/i.test(tag) ? 'en' : 'de')

/** The language of what is around an element; what is in a shadow root is as its host is. */
export function languageAround(element: Element): Language {
  let around: Element | null = element
  while (around !== null) {
    const named: Element | null = around.closest('[lang]')
    if (named !== null) return languageOf(named.getAttribute('lang') ?? '')
    const root = around.getRootNode()
    around = root instanceof ShadowRoot ? root.host : null
  }
  return 'de'
}
