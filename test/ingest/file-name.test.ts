import { describe, expect, it } from 'vitest'
import { titleOfPath } from '../../src/ingest/file-name.ts'
import { readFile } from '../../src/ingest/read-file.ts'

describe('the title that a path tells', () => {
  it.each([
    ['notizen.md', 'notizen'],
    ['ordner/Mein_Garten im Mai.html', 'Mein Garten im Mai'],
    ['über-uns/index.md', 'über-uns'],
    ['wir/_index.md', 'wir'],
    ['index.html', ''],
    ['archiv.2021.txt', 'archiv.2021'],
    ['.md', ''],
  ])('%s tells %j', (path, title) => {
    expect(titleOfPath(path)).toBe(title)
  })

  it('is taken where a file is one article that has no other title, be it public or not', () => {
    const titleOf = (path: string, text: string): unknown => {
      const result = readFile(Buffer.from(text), path)
      const [reading] = result.kind === 'read' ? result.readings : []
      if (reading?.kind === 'article') return reading.article.title
      return reading?.kind === 'unpublished' && reading.otherwise?.kind === 'article' && reading.otherwise.article.title
    }
    expect(titleOf('a/mai.md', 'Es blüht.')).toBe('mai')
    expect(titleOf('a/mai.md', '# Juni\n\nEs blüht.')).toBe('Juni')
    expect(titleOf('a/mai.md', '---\ndraft: true\n---\nEs blüht.')).toBe('mai')
    expect(titleOf('a/mai.jsonl', '{"text":"Es blüht."}')).toBe('')
  })
})
