import { join } from 'node:path'
import { expect, test } from 'vitest'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { optionsFor } from '../support/updating.ts'

test('with a base it is told which articles have no address, when they are read', async () => {
  const [root, cache] = [temporaryFolder(), temporaryFolder()]
  writeFiles(root, {
    'a.md': '# A\n\nText',
    'b.html': '<h1>B</h1><p>Text',
    'c.md': '---\ntitle: C\npermalink: /c/\n---\nText',
    'd.csv': 'titel;text\nD;Text\nE;Text\n',
    'entwurf.md': '---\ntitle: F\ndraft: true\n---\nText',
  })
  const told = async (base: string | null) =>
    (await update(optionsFor(cache, [root], { base }))).complaints.map(({ code, params }) => ({ code, params }))
  expect(await told(null)).toEqual([])
  const params = { count: 3, example: join(root, 'a.md') }
  expect(await told('https://example.org')).toEqual([{ code: 'articles_without_address', params }])
  expect(await told('https://example.org')).toEqual([])
})
