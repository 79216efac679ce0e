import { describe, expect, it } from 'vitest'
import { skippedLines } from '../../src/cli/file-types.ts'
import { SkippedFiles } from '../../src/update/file-types.ts'

function counted(
  ...files: readonly (readonly [name: string, why?: 'ending' | 'readme' | 'special' | 'excluded' | 'unrecognised'])[]
) {
  const skipped = new SkippedFiles()
  for (const [name, why = 'ending'] of files) skipped.add(name, why)
  return skipped.types
}

describe('skipped files', () => {
  it('are counted by type, whatever its capitals, the most frequent first, with an example and their names', () => {
    expect(counted(['a/b.DOC'], ['c.jpg'], ['d.Jpg'], ['README.md', 'readme'], ['ohne'], ['.x/y.tar.gz'])).toEqual([
      { ending: '.jpg', why: 'ending', count: 2, example: 'c.jpg', files: ['c.jpg', 'd.Jpg'] },
      { ending: '.doc', why: 'ending', count: 1, example: 'a/b.DOC', files: ['a/b.DOC'] },
      { why: 'readme', count: 1, example: 'README.md', files: ['README.md'] },
      { ending: '', why: 'ending', count: 1, example: 'ohne', files: ['ohne'] },
      { ending: '.gz', why: 'ending', count: 1, example: '.x/y.tar.gz', files: ['.x/y.tar.gz'] },
    ])
  })

  it('of endless types, and with endings that are none, take bounded room, and none is lost', () => {
    const types = counted(...Array.from({ length: 5000 }, (_, n): [string] => [`a.${n}`]), [`b.${'x'.repeat(5000)}`])
    expect(types.length).toBeLessThan(250)
    expect(types.reduce((sum, { count }) => sum + count, 0)).toBe(5001)
  })

  it('are named as far as a report can hold, whatever their types', () => {
    const types = counted(
      ...Array.from({ length: 12_000 }, (_, n): [string] => [`${n}.${n % 2 === 0 ? 'jpg' : 'png'}`]),
    )
    expect(types.map(({ count, files }) => [count, files.length])).toEqual([
      [6000, 5000],
      [6000, 5000],
    ])
  })

  it('are told with what can be done, and those that nothing can be done about on one line', () => {
    const types = counted(
      ['x/a.doc'],
      ['b.rtf'],
      ['b2.rtf'],
      ['c.org'],
      ['d.jpg'],
      ['ohne'],
      ['README', 'readme'],
      ['e.json', 'unrecognised'],
      ['f', 'excluded'],
      ['g', 'special'],
    )
    expect(skippedLines(types, 'de')).toEqual([
      'Übersprungen: 2 × .rtf, 1 × .doc, etwa b.rtf – als .docx oder PDF speichern',
      'Übersprungen: 1 × .org, etwa c.org – die daraus gebauten HTML-Seiten einlesen',
      'Übersprungen: 1 × .jpg, 1 × ohne Endung, 1 README, 1 ohne Artikel (.json), 1 ausgeschlossen (.fundstelleignore, --exclude), 1 keine gewöhnliche Datei',
    ])
    expect(skippedLines(counted(['a.ppt'], ['b.jpg']), 'en')).toEqual([
      'Skipped: 1 × .ppt, such as a.ppt – save as PDF',
      'Skipped: 1 × .jpg',
    ])
    expect(skippedLines([], 'de')).toEqual([])
  })

  it('of many types are not all named', () => {
    const types = counted(...Array.from({ length: 20 }, (_, n): [string] => [`a.${n}`]))
    expect(skippedLines(types, 'de')[0]?.split(', ')).toHaveLength(9)
  })
})
