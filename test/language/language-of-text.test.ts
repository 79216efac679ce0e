import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameLanguage, isTold, languageOfText } from '../../src/language/language-of-text.ts'
import { isOtherThanGerman, primarySubtag } from '../../src/language/tags.ts'
import { hostileText } from '../support/property.ts'
import { TEXTS } from './texts.cases.ts'

describe('texts of these languages', () => {
  it.each(TEXTS)('$language: $comment', ({ language, text }) => {
    expect(languageOfText(text).language).toBe(language)
  })
})

describe('any text', () => {
  it('has a language or none', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const { language, isClear } = languageOfText(text)
        expect(language === null || isTold(language)).toBe(true)
        if (language === null) expect(isClear).toBe(false)
      }),
    )
  })

  it('is looked at in its beginning and its middle alone', () => {
    const german = 'Der Hund und die Katze sind nicht in dem Haus, weil sie auf der Wiese waren. '.repeat(30)
    const blanks = ' '.repeat(5_000_000)
    expect(languageOfText(german + blanks).language).toBe('de')
    expect(languageOfText(blanks + german).language).toBeNull()
  })

  it('is the same in NFC and NFD', () => {
    for (const { text } of TEXTS) expect(languageOfText(text.normalize('NFD'))).toEqual(languageOfText(text))
  })
})

describe('what is clear', () => {
  it('a text of some sentences is, half a text of another language is not', () => {
    const of = (language: string): string => TEXTS.find((one) => one.language === language)?.text ?? ''
    expect(languageOfText(`${of('en')} ${of('en')}`)).toEqual({ language: 'en', isClear: true })
    expect(languageOfText(`${of('de')} ${of('en')}`)).toEqual({ language: 'de', isClear: false })
  })
})

describe('tags', () => {
  it.each([
    ['de-AT', 'de'],
    ['EN_us', 'en'],
    ['zh-Hant-TW', 'zh'],
    ['nb', 'no'],
    ['iw', 'he'],
    ['Deutsch', null],
    ['', null],
  ])('%s names %s', (tag, primary) => {
    expect(primarySubtag(tag)).toBe(primary)
  })

  it.each([
    ['en', true],
    ['fr-CH', true],
    ['de', false],
    ['de-CH', false],
    ['gsw', false],
    ['und', false],
    ['Deutsch', false],
  ])('%s is another language than German: %s', (tag, isOther) => {
    expect(isOtherThanGerman(tag)).toBe(isOther)
  })

  it('Danish and Norwegian are taken for each other, English and German are not', () => {
    expect(isSameLanguage('nb-NO', 'da')).toBe(true)
    expect(isSameLanguage('de-AT', 'de')).toBe(true)
    expect(isSameLanguage('en', 'de')).toBe(false)
  })
})
