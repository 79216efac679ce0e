import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createApp } from '../../src/server/app.ts'
import { readAssets } from '../../src/server/http/assets.ts'
import { articleOf } from '../support/articles.ts'
import { memoryService } from '../support/memory-service.ts'

const memory = memoryService([
  articleOf({
    id: 'hafen.txt',
    title: 'Drohnen über dem Hafen',
    text: 'Gestern flogen Drohnen <b>tief</b>.\n\nHeute fliegen zwei\nDrohnen höher.',
    date: '2024-03-03',
    author: 'Ada Özdemir',
    tags: ['Luft', 'Hafen'],
    meta: { ort: 'Kiel', verletzte: 3, höhe: 1.5, offen: true },
  }),
  articleOf({
    id: 'kaese',
    title: 'Käse',
    text: 'Brot und Käse.',
    url: 'https://beispiel.example/k%C3%A4se',
    tags: ['Küche'],
    meta: { ort: 'Kiel' },
  }),
  articleOf({
    id: 'alt',
    title: 'Alt',
    text: 'Eine alte Drohne.',
    date: '1999-01-01',
    tags: ['Luft'],
    meta: { ort: 'Ulm' },
  }),
  articleOf({ id: 'ohne titel', text: 'Nebel und Drohnen', tags: ['Luft'] }),
  articleOf({ id: 'ordner/ein%20öl.txt', title: 'Im Ordner', text: 'Leinsamen, gepresst.' }),
  articleOf({
    id: 'kerze',
    title: 'Kerze',
    text: 'Der Abend\n\nEine Nebelkerze brannte.\n\nDann nicht mehr.',
    structure: [{ kind: 'heading', start: 0, end: 9, level: 2, anchor: 'abend' }],
  }),
])
const app = createApp({
  service: memory.service,
  ready: () => true,
  onError: (error) => {
    throw error
  },
  assets: readAssets(),
})
afterAll(() => memory.close())

// the service fills its index with the first search
await app.request('/search')
const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
const page = async (path: string): Promise<string> => (await get(path)).text()
const article = async (path: string): Promise<string> => (await get(path, { accept: 'text/html' })).text()

describe('the search page', () => {
  it('has a form, the hits, their dates and sources', async () => {
    const html = await page('/?q=drohnen')
    expect(html).toContain('<input id="q" name="q" type="search" value="drohnen"')
    expect(html).toContain('<mark>Drohnen</mark> über dem Hafen')
    expect(html).toContain('3 Treffer')
    expect(html).toContain('<time datetime="2024-03-03">3. März 2024</time>')
    expect(html).toContain('Ada Özdemir')
    expect(html).toContain('href="./articles/ohne%20titel?q=drohnen#fund"')
    expect(html).not.toMatch(/<script(?! src="\.\/page-[0-9a-f]{12}\.js" defer><\/script>)/)
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })

  it('speaks English where it is asked to, and its links too', async () => {
    const html = await page('/?q=drohnen&lang=en')
    expect(html).toContain('3 March 2024')
    expect(html).toContain('3 hits')
    expect(html).toContain('?q=drohnen&amp;lang=en#fund')
    expect(await (await get('/', { 'accept-language': 'en-GB' })).text()).toContain('Newest articles')
  })

  it('escapes what was typed and never takes tags from the address', async () => {
    const html = await page('/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E+Drohnen&highlightPreTag=%3Cscript%3E')
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;')
  })

  it('links an article to its own address, but never to one that is none of the web', async () => {
    expect(await page('/?q=k%C3%A4se')).toContain('href="https://beispiel.example/k%C3%A4se"')
    expect(await page('/?q=k%C3%A4se')).toContain('beispiel.example/käse')
  })

  it('shows what was found beside title and text, and why, where the address asks for it', async () => {
    const html = await page('/?q=kiel+özdemir+küche')
    expect(html).toMatch(/<p class="extra">Ort: <span dir="auto"><mark>Kiel<\/mark><\/span><\/p>/)
    expect(html).toMatch(/<p class="extra">Schlagwörter: <span dir="auto"><mark>Küche<\/mark><\/span><\/p>/)
    expect(html).toContain('<span dir="auto">Ada <mark>Özdemir</mark></span>')
    expect(html).not.toContain('class="why"')
    const explained = await page('/?q=kiel&explain=true')
    expect(explained).toMatch(/<p class="why">„kiel“ [^<]+<\/p>/)
    expect(explained).toContain('name="explain" value="true"')
  })

  it('shows of a long value the words around what was found', async () => {
    const long = memoryService([
      articleOf({ id: 'a', meta: { notiz: `${'vorher '.repeat(30)}Leuchtturm${' danach'.repeat(30)} & Ende` } }),
    ])
    onTestFinished(() => long.close())
    const deps = { ready: () => true, onError: () => {}, assets: readAssets() }
    const html = await (await createApp({ service: long.service, ...deps }).request('/?q=leuchtturm')).text()
    const [, value = ''] = /<p class="extra">Notiz: <span dir="auto">(.*?)<\/span>/.exec(html) ?? []
    expect(value).toMatch(/^ … (?:vorher ){5,7}<mark>Leuchtturm<\/mark>(?: danach)+ … $/)
    expect(value.length).toBeLessThan(150)
  })

  it('sets spaces where words are left out', async () =>
    expect(await page('/?q=hafen&cropLength=3')).toMatch(/<p class="snippet" dir="auto">[^…]+\u00a0…<\/p>/))

  it('counts what hits can be narrowed down by, and narrows', async () => {
    const html = await page('/')
    expect(html).toMatch(/value="Luft"><span dir="auto">Luft<\/span> <span class="count">3</)
    expect(html).toMatch(/<legend>Ort<\/legend>/)
    // numbers, and what each article has for itself, narrow nothing down
    expect(html).not.toContain('Verletzte')
    expect(html).not.toContain('value="Ada')
    const ticked = await page('/?f.ort=Kiel')
    expect(ticked).toContain('2 Treffer')
    expect(ticked).toMatch(/value="Kiel" checked/)
    // the other values of the same field are counted as if none were ticked
    expect(ticked).toMatch(/value="Ulm"><span dir="auto">Ulm<\/span> <span class="count">1</)
    expect(await page('/?f.ort=Kiel&f.ort=Ulm')).toContain('3 Treffer')
    expect(await page('/?f.ort=Kiel&f.tags=Luft')).toContain('1 Treffer')
    expect(await page('/?f.ort=Kiel&filter=tags=K%C3%BCche')).toContain('1 Treffer')
  })

  it('narrows down by days; what is no day is none', async () => {
    expect(await page('/?from=2000-01-01')).toContain('1 Treffer')
    expect(await page('/?to=2000-01-01')).toContain('1 Treffer')
    expect(await page('/?from=1990-01-01&to=2030-01-01')).toContain('2 Treffer')
    expect(await page('/?from=2024-02-31')).toContain('Neueste Artikel')
  })

  it('carries in its form what its own fields do not say', async () => {
    const html = await page('/?q=a&filter=ort=Kiel&matchingStrategy=all&lang=de&sort=date:asc&hitsPerPage=5&page=2')
    for (const [name, value] of [
      ['filter', 'ort=Kiel'],
      ['matchingStrategy', 'all'],
      ['lang', 'de'],
      ['hitsPerPage', '5'],
    ])
      expect(html).toContain(`<input type="hidden" name="${name}" value="${value}">`)
    expect(html).toContain('<option value="date:asc" selected>')
    expect(html).not.toContain('name="page"')
  })

  it('carries in its form what is ticked and has no box', async () => {
    const html = await page('/?q=drohnen&f.date=2024-03-03&f.verletzte=3&f.ort=Kiel')
    expect(html).toContain('<input type="hidden" name="f.date" value="2024-03-03">')
    expect(html).toContain('<input type="hidden" name="f.verletzte" value="3">')
    expect(html).not.toContain('<input type="hidden" name="f.ort"')
  })

  it('has fields for days as long as any is chosen, even where it leaves no hits', async () => {
    const html = await page('/?q=drohnen&from=2100-01-01')
    expect(html).toContain('0 Treffer')
    expect(html).toMatch(/<section id="narrow"[^>]*"narrow-title">/)
    expect(html).toContain('<fieldset id="dates" class="dates">')
    expect(html).toContain('value="2100-01-01"')
    const none = await page('/?q=xylophonist')
    expect(none).toContain('<section id="narrow" aria-labelledby="narrow-title" hidden>')
  })

  it('does not go on with a search that showed no hits because none were asked for', async () => {
    const html = await page('/?q=drohnen&limit=0')
    expect(html).toContain('<a href="./?q=drohnen" data-go>3 Treffer</a>')
    expect(html).not.toContain('hitsPerPage')
  })

  it('has pages', async () => {
    const first = await page('/?q=drohnen&hitsPerPage=1&f.tags=Luft')
    expect(first).toContain('<li aria-current="page">1</li>')
    expect(first).toMatch(/rel="next"/)
    expect(first).not.toMatch(/rel="prev"/)
    expect(first).toContain('href="./?q=drohnen&amp;f.tags=Luft&amp;hitsPerPage=1&amp;page=2"')
    const second = await page('/?q=drohnen&limit=1&offset=1')
    expect(second).toContain('<ol id="hits" start="2">')
    expect(second).toMatch(/rel="prev"/)
    const beyond = await page('/?q=drohnen&hitsPerPage=1&page=90')
    expect(beyond).toMatch(/page=3" data-go="page" rel="prev"/)
    expect(beyond).toContain('3 Treffer')
  })

  it('says what was read in another way, and what helps where nothing is found', async () => {
    const slip = await page('/?q=drohnnen')
    expect(slip).toContain('Meinten Sie:')
    expect(slip).toContain('<a href="./?q=drohnen" data-go>drohnen</a>')
    // said once
    expect(slip).not.toContain('gelesen')
    expect(await page('/?q=drohnen+quastenflosser')).toContain('Nicht im ersten Treffer: quastenflosser')
    const none = await page('/?q=drohnen+xylophonist&matchingStrategy=all')
    expect(none).toContain('Kein Artikel passt zu „drohnen xylophonist“.')
    expect(none).toContain('„xylophonist“ steht in keinem Artikel.')
    expect(none).toContain('<a href="./?q=drohnen&amp;matchingStrategy=all" data-go>Ohne „xylophonist“: 3 Treffer</a>')
    expect(await page('/?q=drohnen&f.ort=Rom')).toContain('Ohne Filter: 3 Treffer')
    // a word is never taken out of the middle of another
    const inside = await page('/?q=Drohnen+Drohnenhne+%2Bohne+xyl+hnen&matchingStrategy=all')
    for (const [, query = ''] of inside.matchAll(/href="\.\/\?q=([^"&]*)[^"]*" data-go>Ohne/g))
      for (const word of decodeURIComponent(query.replaceAll('+', ' ')).split(' '))
        expect(['Drohnen', 'Drohnenhne', '+ohne', 'xyl', 'hnen']).toContain(word)
  })

  it('helps on where one word has no hits, a page is beyond the last, or days are the wrong way round', async () => {
    const none = await page('/?q=xylophonist&lang=de')
    expect(none).not.toContain('steht in keinem Artikel')
    expect(none).toContain('Vielleicht hilft eine andere Schreibung')
    expect(none).toContain('<a href="./?lang=de" data-go>Neueste Artikel ansehen</a>')
    const beyond = await page('/?q=drohnen&hitsPerPage=1&page=90')
    expect(beyond).toContain('Eine Seite 90 gibt es nicht.')
    expect(beyond).toContain('<a href="./?q=drohnen&amp;hitsPerPage=1" data-go>Zur ersten Seite</a>')
    const reversed = await page('/?q=drohnen&from=2024-02-01&to=2024-01-01')
    expect(reversed).toContain('Der Tag bei „von“ liegt nach dem bei „bis“.')
    const narrow = await page('/?q=xylophonist&from=2024-02-01')
    expect(narrow).toContain('<a href="./?q=xylophonist" data-go>Alles zurücksetzen</a>')
    expect(narrow).not.toContain('Neueste Artikel ansehen')
  })

  it('says where one is, and what narrows the hits down', async () => {
    const second = await page('/?q=drohnen&hitsPerPage=1&page=2')
    expect(second).toContain('>3 Treffer, Seite 2 von 3</p>')
    expect(second).toContain('<title>drohnen – Seite 2 von 3 – Suche</title>')
    const filtered = await page(`/?q=drohnen&filter=${encodeURIComponent('date >= 2000 AND NOT ort = "<Ulm>"')}`)
    expect(filtered).toContain(
      'Nur Artikel mit <code>date &gt;= 2000 AND NOT ort = &quot;&lt;Ulm&gt;&quot;</code> <a href="./?q=drohnen" data-go>Filter entfernen</a>',
    )
    expect(await page('/?q=drohnen&f.ort=Kiel&from=2020-01-01')).toContain('Eingrenzen (2) ↓')
  })

  it('is sorted as it says', async () => {
    expect(await page('/')).toContain('<option value="" selected>Neueste zuerst</option>')
    expect(await page('/')).toContain('>Neueste Artikel</p>')
    expect(await page('/?sort=date:asc')).toContain('>Älteste Artikel</p>')
    expect(await page('/?q=drohnen')).toContain('<option value="" selected>Passendste zuerst</option>')
  })

  it('sets lines apart that end without a sign', async () => {
    const html = await page('/?q=nebelkerze')
    expect(html).toContain('Der Abend · Eine <mark>Nebelkerze</mark> brannte.')
  })

  it('tells in which language an article is, where its page is in another', async () => {
    expect(await page('/?q=drohnen&lang=en')).toContain('<p class="snippet" lang="de" dir="auto">')
    expect(await page('/?q=drohnen')).not.toMatch(/<p class="snippet" lang/)
    expect(await article('/articles/alt?lang=en')).toContain('<article lang="de">')
  })

  it('tells what is wrong with an address on the page itself', async () => {
    const response = await get('/?q=a&filter=ort+%3D')
    expect(response.status).toBe(400)
    const html = await response.text()
    expect(html).toContain('Filter, Zeichen 6: hier steht das Ende')
    expect(html).toContain('value="a"')
    expect((await get('/?limit=1000')).status).toBe(400)
  })

  it('is served with a strict policy', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe-')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-cache')
  })
})

describe('the page of an article', () => {
  it('is for browsers; programs get data', async () => {
    expect((await get('/articles/alt')).headers.get('content-type')).toContain('application/json')
    expect((await get('/articles/alt', { accept: '*/*' })).headers.get('content-type')).toContain('application/json')
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
    expect((await get('/articles/alt', { accept: browser })).headers.get('content-type')).toContain('text/html')
    const rather = 'application/json, text/html;q=0.5'
    expect((await get('/articles/alt', { accept: rather })).headers.get('content-type')).toContain('json')
  })

  it('has the text in paragraphs, what was searched marked, and the first place named', async () => {
    const html = await article('/articles/hafen.txt?q=drohne')
    expect(html).toContain('<h1 dir="auto"><mark>Drohnen</mark> über dem Hafen</h1>')
    expect(html).toContain(
      '<p dir="auto">Gestern flogen <mark id="fund">Drohnen</mark> &lt;b&gt;tief&lt;/b&gt;.</p><p dir="auto">Heute fliegen zwei\n<mark>Drohnen</mark> höher.</p>',
    )
    expect(await article('/articles/hafen.txt')).not.toContain('<mark')
  })

  it('has its headings, whether something was searched or not, and tells them where JSON is asked for', async () => {
    for (const path of ['/articles/kerze', '/articles/kerze?q=nebelkerze'])
      expect(await article(path)).toContain('<h2 dir="auto">Der Abend</h2><p dir="auto">Eine ')
    expect(await (await get('/articles/kerze')).json()).toMatchObject({
      structure: [{ kind: 'heading', start: 0, end: 9, level: 2, anchor: 'abend' }],
    })
  })

  it('has its details as a table, and similar articles below', async () => {
    const html = await article('/articles/hafen.txt?q=drohne')
    for (const [name, value] of [
      ['Schlagwörter', 'Luft, Hafen'],
      ['Ort', 'Kiel'],
      ['Verletzte', '3'],
      ['Höhe', '1,5'],
      ['Offen', 'ja'],
    ])
      expect(html).toContain(`<tr><th scope="row" dir="auto">${name}</th><td dir="auto">${value}</td></tr>`)
    expect(html).toContain('<h2 id="similar">Ähnliche Artikel</h2>')
    expect(html).toContain('<a href="../articles/alt" dir="auto">Alt</a>')
    expect(html).toContain('<a href="../?q=drohne">')
  })

  it('leads to the original where there is one', async () => {
    expect(await article('/articles/kaese')).toContain('<a href="https://beispiel.example/k%C3%A4se">Zum Original</a>')
  })

  it('that is not there is a page too', async () => {
    const response = await get('/articles/fort', { accept: 'text/html' })
    expect(response.status).toBe(404)
    const html = await response.text()
    expect(html).toContain('<h1>')
    expect(html).toContain('href="../"')
    expect(html).toContain('../page-')
    expect(await (await get('/articles/fort?lang=en', { accept: 'text/html' })).text()).toContain('href="../?lang=en"')
  })

  it('leads to the root by its address, however many slashes that has', async () => {
    expect(await article('/articles/ordner%2Fein%2520%C3%B6l.txt')).toContain('action="../"')
    expect(await article('/articles/ordner/ein%2520%C3%B6l.txt')).toContain('action="../../"')
    const headers = { accept: 'text/html', 'x-forwarded-prefix': '/suche' }
    expect(await (await get('/articles/ordner/ein%2520%C3%B6l.txt', headers)).text()).toContain('action="../"')
  })

  it('is found by its id with slashes too, which some proxies make of what is escaped', async () => {
    for (const path of ['/articles/ordner%2Fein%2520%C3%B6l.txt', '/articles/ordner/ein%2520%C3%B6l.txt']) {
      expect(await article(path)).toContain('<h1 dir="auto">Im Ordner</h1>')
      expect(await (await get(path)).json()).toMatchObject({ id: 'ordner/ein%20öl.txt' })
      expect(await (await get(`${path}/similar`)).json()).toMatchObject({ hits: [] })
    }
  })
})
