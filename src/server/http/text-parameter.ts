import { EXPECTED } from './expected-values.ts'
import { GOT_MAX, type WrongParameter, WrongParameters } from './wrong-parameters.ts'

/**
 * The text to analyse.
 * @throws WrongParameters where there is none, or `lang` is no language
 */
export function readText(query: URLSearchParams): string {
  const text = query.get('text')
  const lang = query.get('lang')
  const wrong: WrongParameter[] = []
  if (text === null) wrong.push({ name: 'text', got: '', expected: EXPECTED.text })
  if (lang !== null && lang !== '' && lang !== 'de' && lang !== 'en')
    wrong.push({ name: 'lang', got: lang.slice(0, GOT_MAX), expected: EXPECTED.lang })
  if (wrong.length > 0) throw new WrongParameters(wrong)
  return text ?? ''
}
