import { isSameLanguage, isTold, languageOfText } from '../language/language-of-text.ts'

/**
 * The language of an article. What it says itself is kept, unless its text clearly is another one of those that are told by their text: themes and templates come with a
 * `lang` that nobody changed. A dialect or a language that is not told by texts (`gsw`, `la`) is always kept, as is what is no tag at all.
 * @param said what the article, its page or its feed says; null for nothing
 * @returns null where nobody says it and the text does not tell it
 */
export function articleLanguage(said: string | null, title: string, text: string): string | null {
  if (said !== null && !isTold(said)) return said
  const { language, isClear } = languageOfText(title === '' ? text : `${title}\n${text}`)
  if (said === null) return language
  return language !== null && isClear && !isSameLanguage(said, language) ? language : said
}
