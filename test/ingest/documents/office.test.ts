import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article/article.ts'
import { readDocument } from '../../../src/ingest/documents/read-document.ts'
import type { ReadResult } from '../../../src/ingest/reader.ts'
import { docxFile, epubFile, odtFile, wordParagraph, zipFile } from '../../support/zip-file.ts'

const read = (bytes: Uint8Array, path = 'a.zip'): Promise<readonly ReadResult[]> => readDocument(bytes, path, 'zip')

async function articleIn(bytes: Uint8Array, path?: string): Promise<Article> {
  const [reading] = await read(bytes, path)
  if (reading?.kind !== 'article') throw new Error(`no article but ${JSON.stringify(reading)}`)
  return reading.article
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  return read(bytes).then(
    () => 'none',
    (error) => error.code,
  )
}

const p = wordParagraph
const run = (text: string, properties = ''): string => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`
const STYLES =
  '<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style><w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style><w:style w:styleId="Intern"><w:name w:val="Intern"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="Vermerk"><w:basedOn w:val="Intern"/></w:style><w:style w:styleId="Offen"><w:basedOn w:val="Intern"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style><w:style w:styleId="Kreis"><w:basedOn w:val="Kreis"/></w:style></w:styles>'
const wordOf = (body: string) => articleIn(docxFile(body, { 'word/styles.xml': STYLES }), 'ordner/mein_brief.docx')

describe('Word', () => {
  it.each<[string, string, string, string]>([
    [
      'a heading by the name of its style, whatever its id',
      `${p('Erstes', 'berschrift1')}${p('Text.')}`,
      'Erstes',
      'Text.',
    ],
    [
      'a title before all headings',
      `${p('Vorab.')}${p('Erstes', 'berschrift1')}${p('Das Werk', 'Titel')}`,
      'Das Werk',
      'Vorab.\n\nErstes\n\nDas Werk',
    ],
    [
      'a short first line where there is no heading',
      `${p('Hallo')}${p('Ein Text steht hier.')}`,
      'Hallo',
      'Ein Text steht hier.',
    ],
    [
      'the name of the file where there is nothing else',
      p('Ein Satz ist kein Titel.'),
      'mein brief',
      'Ein Satz ist kein Titel.',
    ],
    ['one line, which is its text as well', p('Hallo Word'), 'Hallo Word', 'Hallo Word'],
    [
      'words in several runs',
      '<w:p><w:r><w:t>Schiff</w:t></w:r><w:r><w:t>fahrt</w:t></w:r></w:p><w:p/>',
      'Schifffahrt',
      'Schifffahrt',
    ],
    [
      'tabs, breaks and hyphens that are elements',
      '<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>E</w:t><w:noBreakHyphen/><w:t>Mail.</w:t></w:r></w:p>',
      'mein brief',
      'A B\nE-Mail.',
    ],
    [
      'nothing that was deleted or moved away, no field codes, no second version for other programs',
      `${p('T')}<w:p><w:del><w:r><w:t>alt</w:t><w:delText>weg</w:delText></w:r></w:del><w:ins><w:r><w:t>neu</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>fort</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r><mc:AlternateContent><mc:Choice><w:r><w:t>es</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>doppelt</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>`,
      'T',
      'neues',
    ],
    [
      'a row of a table as one paragraph',
      `${p('T')}<w:tbl><w:tr><w:tc>${p('Ort')}</w:tc><w:tc>${p('Bern')}${p('Biel')}</w:tc></w:tr><w:tr><w:tc>${p('Jahr')}</w:tc></w:tr></w:tbl>`,
      'T',
      'Ort Bern Biel\n\nJahr',
    ],
    ['no table of contents', `${p('T', 'Titel')}${p('Erstes 3', 'Verzeichnis1')}${p('Text.')}`, 'T', 'Text.'],
    [
      'what stands in a text box',
      `${p('T')}<w:p><w:r><w:t>Vor </w:t></w:r><w:txbxContent>${p('Kasten.')}</w:txbxContent><w:r><w:t>nach.</w:t></w:r></w:p>`,
      'T',
      'Kasten.\n\nVor nach.',
    ],
    [
      'no hidden text, whatever stands in it',
      `${p('T')}<w:p>${run('Offen.')}${run('<w:tab/>GEHEIM', '<w:vanish/>')}<w:r><w:rPr><w:vanish w:val="1"/></w:rPr><w:t>GEHEIM</w:t><w:tab/><w:br/><w:noBreakHyphen/><w:txbxContent>${p('GEHEIM')}</w:txbxContent></w:r>${run(' Weiter.')}</w:p>`,
      'T',
      'Offen. Weiter.',
    ],
    [
      'what only was hidden, or hides nothing but the end of its paragraph',
      `${p('T')}<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>${run('A', '<w:vanish w:val="0"/>')}${run('b', '<w:vanish w:val="false"/>')}${run('c', '<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>')}</w:p>`,
      'T',
      'Abc',
    ],
    [
      'no text that styles hide, be they those of words, of paragraphs or of what these are based on',
      `${p('T')}${p('GEHEIM', 'Intern')}${p('GEHEIM', 'Vermerk')}${p('Eins.', 'Offen')}${p('Zwei.', 'Kreis')}<w:p>${run('GEHEIM', '<w:rStyle w:val="Vermerk"/>')}${run('Drei.', '<w:rStyle w:val="Intern"/><w:vanish w:val="off"/>')}</w:p><w:p><w:pPr><w:pStyle w:val="Intern"/></w:pPr>${run('GEHEIM')}${run('Vier.', '<w:vanish w:val="0"/>')}${run('Fünf.', '<w:rStyle w:val="Intern"/>')}</w:p>`,
      'T',
      'Eins.\n\nZwei.\n\nDrei.\n\nVier.Fünf.',
    ],
    [
      'the style of a paragraph as it is, not as it was',
      `${p('T')}<w:p><w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="Verzeichnis1"/></w:pPr></w:pPrChange></w:pPr>${run('Text.')}</w:p>`,
      'T',
      'Text.',
    ],
  ])('has %s', async (_, body, title, text) => {
    expect(await wordOf(body)).toMatchObject({ id: 'ordner/mein_brief.docx', title, text })
  })

  it('has its notes at the end, and what its head says', async () => {
    const core =
      '<cp:coreProperties><dc:title>Kopf</dc:title><dc:creator>Erna; Bert</dc:creator><cp:keywords>Wasser, Luft</cp:keywords><dc:description>Kurz</dc:description><dc:language>de-CH</dc:language><dcterms:created>2022-03-04T05:06:07Z</dcterms:created></cp:coreProperties>'
    const notes = `<w:footnotes><w:footnote>${p('Eine Anmerkung.')}</w:footnote></w:footnotes>`
    const body = p('Ein Satz. Noch einer.')
    const article = await articleIn(docxFile(body, { 'docProps/core.xml': core, 'word/footnotes.xml': notes }))
    expect(article).toMatchObject({
      title: 'Kopf',
      text: 'Ein Satz. Noch einer.\n\nEine Anmerkung.',
      author: 'Erna, Bert',
      tags: ['Wasser', 'Luft'],
      language: 'de-CH',
      date: '2022-03-04T05:06:07Z',
      meta: { description: 'Kurz' },
    })
  })

  it.each([
    ['Entwurf', 'unpublished'],
    ['Draft', 'unpublished'],
    ['Endfassung', 'article'],
  ])('is left out where its status says so: %s', async (status, kind) => {
    const core = `<cp:coreProperties><cp:contentStatus>${status}</cp:contentStatus></cp:coreProperties>`
    const meta = `<office:meta><meta:user-defined meta:name="Status">${status}</meta:user-defined></office:meta>`
    expect(await read(docxFile(p('Ein Satz.'), { 'docProps/core.xml': core }))).toMatchObject([{ kind }])
    expect(await read(odtFile('<text:p>Ein Satz.</text:p>', { 'meta.xml': meta }))).toMatchObject([{ kind }])
  })

  it('believes no date and no title of a template, and the date of its path before that of its making', async () => {
    const core = (date: string) =>
      `<cp:coreProperties><dc:title>Microsoft Word - brief.doc</dc:title><dcterms:created>${date}</dcterms:created></cp:coreProperties>`
    const at = (path: string, date: string) =>
      articleIn(docxFile(p('Ein Satz.'), { 'docProps/core.xml': core(date) }), path)
    expect(await at('a.docx', '2013-12-23T23:15:00Z')).toMatchObject({ title: 'a', date: null })
    expect(await at('2020-01-02-a.docx', '2022-03-04T05:06:07Z')).toMatchObject({ date: '2020-01-02' })
  })
})

describe('OpenDocument', () => {
  it('has headings, blanks, breaks, rows and notes, and nothing that is none of its text', async () => {
    const article = await articleIn(
      odtFile(
        '<text:tracked-changes><text:p>gelöscht</text:p></text:tracked-changes><text:table-of-content><text:p>Inhalt 3</text:p></text:table-of-content><text:p text:style-name="P1">Das Werk</text:p><text:h text:outline-level="1">Kapitel</text:h><text:p>Zwei<text:s text:c="2"/>Wörter<text:line-break/>und<text:tab/>mehr<office:annotation><text:p>Bemerkung</text:p></office:annotation>.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Anmerkung.</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>Ort</text:p></table:table-cell><table:table-cell><text:p>Bern</text:p></table:table-cell></table:table-row></table:table>',
        {
          'meta.xml':
            '<office:document-meta><office:meta><dc:title>Kopf</dc:title><meta:initial-creator>Erna</meta:initial-creator><meta:keyword>Wasser</meta:keyword><meta:keyword>Luft</meta:keyword><meta:creation-date>2022-03-04T05:06:07</meta:creation-date></office:meta></office:document-meta>',
        },
      ),
      'a.odt',
    )
    expect(article).toMatchObject({
      id: 'a.odt',
      title: 'Das Werk',
      text: 'Kapitel\n\nAnmerkung.\n\nZwei Wörter\nund mehr.\n\nOrt Bern',
      author: 'Erna',
      tags: ['Wasser', 'Luft'],
      date: '2022-03-04T05:06:07',
    })
  })

  const HIDING = '<style:text-properties text:display="none"/>'
  const AUTOMATIC = `<office:automatic-styles><style:style style:name="X" style:family="text">${HIDING}</style:style><style:style style:name="Y" style:family="text" style:parent-style-name="Intern"/><style:style style:name="Z" style:family="text"><style:text-properties text:display="true"/></style:style><style:style style:name="X" style:family="paragraph"/><style:style style:name="H" style:family="paragraph">${HIDING}</style:style><style:style style:name="K" style:family="text" style:parent-style-name="K"/></office:automatic-styles>`
  const styles = `<office:document-styles><office:styles><style:style style:name="Intern" style:family="text">${HIDING}</style:style></office:styles></office:document-styles>`

  it.each<[string, string, string]>([
    [
      'words by their style',
      '<text:p>Eins<text:span text:style-name="X"> GEHEIM<text:tab/></text:span>.</text:p>',
      'Eins.',
    ],
    ['by a style of the whole document', '<text:p>Eins<text:a text:style-name="Y">GEHEIM</text:a>.</text:p>', 'Eins.'],
    ['not by a style of paragraphs', '<text:p text:style-name="X">Eins.</text:p>', 'Eins.'],
    ['not by a style made from itself', '<text:p><text:span text:style-name="K">Eins.</text:span></text:p>', 'Eins.'],
    [
      'with what is in them',
      '<text:p>Eins<text:span text:style-name="X">A<text:span text:style-name="neu">B</text:span><text:note><text:note-body><text:p>C</text:p></text:note-body></text:note></text:span>.</text:p>',
      'Eins.',
    ],
    [
      'paragraphs, but not words in them that are shown',
      '<text:p text:style-name="H">GEHEIM</text:p><text:h text:style-name="H">GEHEIM</text:h><text:p text:style-name="H">GEHEIM<text:span text:style-name="Z">Eins.</text:span>GEHEIM</text:p>',
      'Eins.',
    ],
    [
      'sections',
      '<text:section text:display="none"><text:section text:display="true"><text:p>GEHEIM<text:span text:style-name="Z">GEHEIM</text:span></text:p></text:section></text:section><text:section text:display="condition" text:is-hidden="true"><text:p>GEHEIM</text:p></text:section><text:section><text:p>Eins.</text:p></text:section>',
      'Eins.',
    ],
    [
      'paragraphs by a field in them',
      '<text:p>GEHEIM<text:hidden-paragraph text:is-hidden="true"/></text:p><text:p><text:hidden-paragraph text:is-hidden="false"/>Eins.</text:p>',
      'Eins.',
    ],
  ])('hides %s', async (_, body, text) => {
    const content = `<office:document-content>${AUTOMATIC}<office:body><office:text><text:p>T</text:p>${body}</office:text></office:body></office:document-content>`
    expect(await articleIn(odtFile('', { 'content.xml': content, 'styles.xml': styles }))).toMatchObject({
      title: 'T',
      text,
    })
  })

  it('has the title that its style says, whatever that is made from', async () => {
    const general =
      '<office:styles><style:style style:name="Title" style:family="paragraph" style:parent-style-name="Heading"/></office:styles>'
    const body = '<text:p>Vorab.</text:p><text:p text:style-name="Title">Das Werk</text:p>'
    expect(await articleIn(odtFile(body, { 'styles.xml': general }))).toMatchObject({ title: 'Das Werk' })
  })

  it('that is encrypted is refused as such', async () => {
    const manifest =
      '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    expect(await codeOf(odtFile('<text:p>x</text:p>', { 'META-INF/manifest.xml': manifest }))).toBe(
      'document_encrypted',
    )
  })
})

describe('a book', () => {
  const CHAPTERS = {
    'titel.xhtml': '<img src="cover.jpg"/>',
    'eins.xhtml': '<h1>Der Anfang</h1><p>Es war einmal&nbsp;eine M&uuml;hle.</p>',
    'zwei drei.xhtml': '<p>Die Fortsetzung</p><p>Und dann kam der Regen.</p>',
  }

  it('is an article for each chapter in reading order; pages without words are none', async () => {
    const readings = await read(epubFile(CHAPTERS), 'buch.epub')
    const articles = readings.map((reading) => (reading.kind === 'article' ? reading.article : reading.kind))
    const ofBook = { author: 'Erna Muster', language: 'de', date: '2021-05-04', meta: { buch: 'Das Buch' } }
    expect(articles).toMatchObject([
      { id: 'buch.epub#eins.xhtml', title: 'Der Anfang', text: 'Es war einmal\u00a0eine Mühle.', ...ofBook },
      { id: 'buch.epub#zwei drei.xhtml', title: 'Die Fortsetzung', ...ofBook },
    ])
  })

  const withPackage = (manifest: string, spine: string, names: readonly string[]): Buffer =>
    zipFile({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml': '<container><rootfile full-path="OEBPS/a.opf"/></container>',
      'OEBPS/a.opf': `<package><manifest>${manifest}</manifest><spine>${spine}</spine></package>`,
      ...Object.fromEntries(names.map((name) => [`OEBPS/${name}`, `<h1>${name}</h1><p>Text.</p>`])),
    })
  const item = (href: string, id = 'a', type = 'application/xhtml+xml'): string =>
    `<item id="${id}" href="${href}" media-type="${type}"/>`

  it.each<[string, string, string, string, string]>([
    ['escaped, the name too', 'zwei%20b.xhtml', 'application/xhtml+xml', 'zwei%20b.xhtml', 'zwei%20b.xhtml'],
    ['escaped', 'zwei%20b.xhtml', 'application/xhtml+xml', 'zwei b.xhtml', 'zwei b.xhtml'],
    ['with a lone percent sign', '100%.xhtml', 'application/xhtml+xml', '100%.xhtml', '100%.xhtml'],
    ['with other capitals', 'Text/Drei.xhtml', 'application/xhtml+xml', 'text/drei.xhtml', 'Text/Drei.xhtml'],
    ['escaped, with other capitals', 'DREI%20B.xhtml', 'application/xhtml+xml', 'drei b.xhtml', 'DREI B.xhtml'],
    ['with letters made of two', 'm%C3%BC.xhtml', 'application/xhtml+xml', 'mu\u0308.xhtml', 'mü.xhtml'],
    ['with a place in it', 'vier.xhtml#anfang', 'application/xhtml+xml', 'vier.xhtml', 'vier.xhtml'],
    ['of an old type', 'alt', 'text/x-oeb1-document', 'alt', 'alt'],
    ['of a wrong type', 'fünf.html', 'application/xml', 'fünf.html', 'fünf.html'],
  ])('finds a chapter whose address is %s', async (_, href, type, name, id) => {
    const readings = await read(withPackage(item(href, 'a', type), '<itemref idref="a"/>', [name]), 'b.epub')
    expect(readings).toMatchObject([{ kind: 'article', article: { id: `b.epub#${id}` } }])
  })

  it('reads each document once, that of its very name first, and those named before they are listed', async () => {
    const bytes = withPackage('', '<itemref idref="a"/><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/>', [
      'a.xhtml',
      'A.xhtml',
    ])
    expect(await read(bytes)).toMatchObject([{ kind: 'refusal' }, { kind: 'refusal' }, { kind: 'refusal' }])
    const listed = zipFile({
      'META-INF/container.xml': '<container><rootfile full-path="a.opf"/></container>',
      'a.opf': `<package><spine><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/></spine><manifest>${item('a.xhtml')}${item('A.xhtml', 'b')}${item('a.xhtml#x', 'c')}</manifest></package>`,
      'a.xhtml': '<p>Klein.</p>',
      'A.xhtml': '<p>Groß.</p>',
    })
    expect(await read(listed)).toMatchObject([{ article: { text: 'Groß.' } }, { article: { text: 'Klein.' } }])
  })

  it('tells of chapters that are missing, and reads the others', async () => {
    const manifest = item('a.xhtml') + item('fort.xhtml', 'b') + item('bild.svg', 'c', 'image/svg+xml')
    const spine = '<itemref idref="b"/><itemref idref="a"/><itemref idref="nirgends"/><itemref idref="c"/>'
    const missing = (name: string) => ({
      kind: 'refusal',
      line: 1,
      error: { code: 'document_broken', message: expect.stringContaining(`„${name}“ fehlt`) },
    })
    expect(await read(withPackage(manifest, spine, ['a.xhtml']))).toMatchObject([
      missing('fort.xhtml'),
      { kind: 'article' },
      missing('nirgends'),
    ])
  })

  it('tells how many documents are too many', async () => {
    const hrefs = Array.from({ length: 5002 }, (_, at) => `${at}.xhtml`)
    const manifest = hrefs.map((href) => item(href, href)).join('')
    const spine = hrefs.map((id) => `<itemref idref="${id}"/>`).join('')
    const readings = await read(withPackage(manifest, spine, hrefs))
    expect(readings).toHaveLength(5001)
    expect(readings.at(-1)).toMatchObject({
      kind: 'warning',
      error: { code: 'document_chapters_beyond', params: { count: 2, max: 5000 } },
    })
  })

  it('is refused where copy protection encrypts it, and read where only fonts are made unusable elsewhere', async () => {
    const encryption = (algorithm: string) => ({
      'META-INF/encryption.xml': `<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/></enc:EncryptedData></encryption>`,
    })
    expect(await codeOf(epubFile(CHAPTERS, encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc')))).toBe(
      'document_protected',
    )
    expect(await codeOf(epubFile(CHAPTERS, encryption('http://www.idpf.org/2008/embedding')))).toBe('none')
  })

  it.each<[string, Uint8Array, string]>([
    ['of pictures', epubFile({ 'a.xhtml': '<img src="a.png"/>' }), 'document_without_text'],
    [
      'without a list of its chapters',
      zipFile({ mimetype: 'application/epub+zip', 'META-INF/container.xml': '<container/>' }),
      'document_broken',
    ],
    ['without anything', zipFile({ mimetype: 'application/epub+zip' }), 'document_broken'],
  ])('%s is refused', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code)
  })
})

describe('another archive', () => {
  it.each<[string, Record<string, string>, string]>([
    ['of Excel', { 'xl/workbook.xml': '' }, '.csv'],
    ['of PowerPoint', { 'ppt/presentation.xml': '' }, 'PDF'],
    [
      'of OpenDocument, a table',
      { mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '' },
      '.csv',
    ],
    [
      'of OpenDocument, a presentation',
      { mimetype: 'application/vnd.oasis.opendocument.presentation', 'content.xml': '' },
      'PDF',
    ],
    ['of anything', { 'a.txt': 'x' }, 'auspacken'],
  ])('%s is named with what can be done', async (_, files, remedy) => {
    await expect(read(zipFile(files))).rejects.toMatchObject({
      code: 'document_foreign',
      message: expect.stringContaining(remedy),
    })
  })

  it('whose XML is nested without end is refused', async () => {
    expect(await codeOf(docxFile('<w:p>'.repeat(3000)))).toBe('nested_too_deep')
  })

  it('whose document type defines entities has them as they are', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa">${'<!ENTITY b "&a;&a;">'.repeat(20)}]>`
    const bytes = zipFile({ 'word/document.xml': `${bomb}<w:document>${p('Ein &amp; aus, &b; bleibt.')}</w:document>` })
    expect((await articleIn(bytes, 'a.docx')).text).toBe('Ein & aus, &b; bleibt.')
  })
})
