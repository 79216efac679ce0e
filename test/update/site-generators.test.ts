import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { update } from '../../src/update/update.ts'
import { temporaryFolder, writeFiles } from '../support/folders.ts'
import { articlesIn, optionsFor } from '../support/updating.ts'

let root = ''
let cache = ''
beforeEach(() => {
  root = temporaryFolder()
  cache = temporaryFolder()
})

const page = (head = ''): string => `---\ntitle: Seite\n${head}---\nEin Text.`

/** Files of a site, and which of them are published. */
interface Site {
  readonly settings: Readonly<Record<string, string>>
  readonly published: readonly string[]
  readonly hidden: readonly string[]
}

const SITES: Readonly<Record<string, Site>> = {
  'Zola: the finished site, templates and themes': {
    settings: { 'config.toml': 'base_url = "https://example.org"\n' },
    published: ['content/a.md', 'content/public/b.md'],
    hidden: ['public/a/index.html', 'templates/404.html', 'themes/hell/content/c.md'],
  },
  'Zola: the finished site elsewhere': {
    settings: { 'zola.toml': 'base_url = "https://example.org"\noutput_dir = "fertig"\n' },
    published: ['content/a.md', 'public/b.md'],
    hidden: ['fertig/a/index.html'],
  },
  'Hexo: the finished site and themes': {
    settings: { '_config.yml': 'source_dir: source\n' },
    published: ['source/_posts/a.md', 'source/public/b.md'],
    hidden: ['public/a/index.html', 'themes/hell/README.md', 'scaffolds/post.md'],
  },
  'Jekyll: the finished site elsewhere': {
    settings: { '_config.yml': 'title: Garten\ndestination: ./docs\n' },
    published: ['a.md', 'public/b.md'],
    hidden: ['docs/a.html', 'docs/x/c.md'],
  },
  'MkDocs: the finished site elsewhere, and templates': {
    settings: { 'mkdocs.yml': 'site_name: Garten\nsite_dir: public\ntheme: {name: material, custom_dir: overrides}\n' },
    published: ['docs/a.md', 'docs/public/b.md', 'site/c.md'],
    hidden: ['public/a/index.html', 'overrides/main.html'],
  },
  'the finished site and templates, by way of other folders, beside the settings, and with all pages in it': {
    settings: {
      'a/mkdocs.yml': 'site_dir: ./x/../fertig\n',
      'b/conf/mkdocs.yml': 'docs_dir: ../docs\nsite_dir: ../public\ntheme: {custom_dir: ../vorlagen}\n',
      'c/_config.yml': 'source_dir: site/inhalt\npublic_dir: site\n',
    },
    published: ['a/docs/a.md', 'b/docs/b.md', 'b/conf/public/c.md', 'c/site/inhalt/_posts/d.md'],
    hidden: ['a/fertig/a.html', 'b/public/b.html', 'b/vorlagen/main.html'],
  },
  'Jekyll: folders in which Hexo has its themes': {
    settings: { '_config.yml': 'title: Garten\n' },
    published: ['themes/a.md', 'scaffolds/b.md'],
    hidden: [],
  },
  'Jekyll: a pattern of folders means no files, and two stars what lies in a folder': {
    settings: {
      '_config.yml': 'exclude: ["e*/"]\ndefaults:\n- scope: {path: "plan*/**"}\n  values: {published: false}\n',
    },
    published: ['ernte.md', 'plan.md'],
    hidden: ['entwurf/a.md', 'planung/b.md', 'planung/x/c.md'],
  },
  'MkDocs: two stars at the end of a pattern mean what lies in a folder': {
    settings: {
      'a/mkdocs.yml': 'draft_docs: |\n  wip/**\nexclude_docs: |\n  intern/**\n  /alt/**/\n',
      'b/mkdocs.yml': 'exclude_docs: "*/**"\n',
    },
    published: ['a/docs/a.md', 'b/docs/b.md'],
    hidden: ['a/docs/wip/c.md', 'a/docs/wip/y/d.md', 'a/docs/intern/e.md', 'a/docs/alt/x/f.md', 'b/docs/x/g.md'],
  },
  'MkDocs: tables of settings are put together with those that they inherit': {
    settings: { 'mkdocs.yml': 'INHERIT: b.yml\ntheme: {name: material}\n', 'b.yml': 'theme: {custom_dir: vorlagen}\n' },
    published: ['docs/a.md'],
    hidden: ['vorlagen/main.html'],
  },
  'MkDocs: names that the environment may change': {
    settings: {
      'a/mkdocs.yml': 'INHERIT: !ENV [BASIS, "../basis.yml"]\ndocs_dir: !ENV [SEITEN, inhalt]\n',
      'basis.yml': 'exclude_docs: intern/\n',
    },
    published: ['a/inhalt/a.md'],
    hidden: ['a/inhalt/intern/b.md'],
  },
  'MkDocs: README beside an index that is no page': {
    settings: { 'mkdocs.yml': 'exclude_docs: a/index.md\ndraft_docs: b/index.md\n' },
    published: ['docs/a/README.md', 'docs/b/README.md', 'docs/c/index.md'],
    hidden: ['docs/a/index.md', 'docs/b/index.md', 'docs/c/README.md'],
  },
  'settings of pages beside their folder, whatever this is called': {
    settings: {
      'a/www.example.org/mkdocs.yml': 'docs_dir: ../docs\nexclude_docs: intern/\n',
      'b/www.example.org/hugo.toml':
        'contentDir = "../inhalt"\n[[cascade]]\ndraft = true\ntarget.path = "/intern/**"\n',
      [`c/${'Städte'.normalize('NFD')}/mkdocs.yml`]: 'docs_dir: ../docs\nexclude_docs: intern/\n',
    },
    published: ['a/docs/a.md', 'b/inhalt/b.md', 'c/docs/c.md'],
    hidden: ['a/docs/intern/d.md', 'b/inhalt/intern/e.md', 'c/docs/intern/f.md'],
  },
  'settings of pages beside their folder, in sites of others': {
    settings: {
      'h/hugo.toml': 'title = "Garten"\n',
      'h/api/mkdocs.yml': 'docs_dir: ../docs\nexclude_docs: intern/\n',
      'e/eleventy.config.js': '',
      'e/tief/api/_config.yml': 'source: ../docs\nexclude: [intern]\n',
    },
    published: ['h/content/a.md', 'h/docs/b.md', 'e/tief/docs/c.md'],
    hidden: ['h/docs/intern/d.md', 'e/tief/docs/intern/e.md'],
  },
  'folders around and of the site itself mean nothing as finished sites': {
    settings: { '_config.yml': 'title: Garten\ndestination: ../garten\nexclude: [weg.md]\n' },
    published: ['a.md'],
    hidden: ['weg.md'],
  },
  'Zola: its newer settings, ignored contents, and sections whose drafts nothing below takes back': {
    settings: {
      'zola.toml': 'base_url = "https://example.org"\nignored_content = ["*.skizze.md", "plan/**"]\n',
      'content/s/_index.md': '+++\ntitle = "S"\ndraft = true\n+++\n',
      'content/s/a.md': '+++\ntitle = "A"\ndraft = false\n+++\nText',
      'content/s/t/_index.md': '+++\ntitle = "T"\ndraft = false\n+++\n',
    },
    published: ['content/b.md'],
    hidden: ['content/s/t/c.md', 'content/d.skizze.md', 'content/x/e.skizze.md', 'content/plan/f.md'],
  },
  'Zola: braces, classes, and stars that reach over slashes in what is ignored': {
    settings: {
      'config.toml':
        'base_url = "https://example.org"\nignored_content = ["*.{wip,skizze}.md", "notiz[0-9].md", "plan/*.md", "**/{alt,weg}"]\n',
    },
    published: ['content/notizx.md', 'content/plan.md'],
    hidden: [
      'content/a.wip.md',
      'content/x/b.skizze.md',
      'content/notiz1.md',
      'content/plan/x/c.md',
      'content/x/alt/d.md',
      'content/weg/e.md',
    ],
  },
  'Eleventy: braces, classes, and folders that may be none': {
    settings: {
      '.eleventy.js': '',
      '.eleventyignore': 'src/plan/*.{md,html}\nsrc/[ab]x.md\nsrc/**/geheim.md\nsrc/{weg/**,alt}\nsrc/[offen.md\n',
    },
    published: ['src/cx.md', 'src/plan/x/a.md'],
    hidden: [
      'src/plan/b.md',
      'src/ax.md',
      'src/geheim.md',
      'src/x/y/geheim.md',
      'src/weg/c.md',
      'src/alt/d.md',
      'src/[offen.md',
    ],
  },
  'Jekyll: classes, but no braces, in what is left out; both in scopes': {
    settings: {
      '_config.yml':
        'exclude: ["entwurf[0-9].md", "plan[^x]*", "{a,b}.md"]\ninclude: ["_[n-p]*"]\n' +
        'defaults:\n- scope: {path: "{c,d}/*.md"}\n  values: {published: false}\n- scope: {path: "**/[ef]x"}\n  values: {published: false}\n',
    },
    published: ['entwurfx.md', 'planx.md', 'a.md', '_neu/g.md', 'c/x/h.md'],
    hidden: [
      'entwurf1.md',
      'plan2.md',
      'plan/x/i.md',
      '{a,b}.md',
      '_alt/j.md',
      'c/k.md',
      'd/l.md',
      'ex/m.md',
      'x/fx/n.md',
    ],
  },
  'Zola: pages with folders of their own are of the section around these': {
    settings: {
      'zola.toml': 'base_url = "https://example.org"\n[languages.de]\n',
      'content/s/_index.md': '+++\nin_search_index = false\n+++\n',
      'content/s/_index.de.md': '+++\nin_search_index = false\n+++\n',
      'content/s/u/_index.md': '+++\ntitle = "U"\n+++\nText',
    },
    published: [
      'content/s/t/a.md',
      'content/s/t/indexe.md',
      'content/s/t/v/index.md',
      'content/s/u/_index.md',
      'content/s/u/b.md',
    ],
    hidden: ['content/s/c.md', 'content/s/d/index.md', 'content/s/e/index.de.md'],
  },
  'Zola: a section speaks of the search for pages in its language': {
    settings: {
      'zola.toml':
        'base_url = "https://example.org"\ndefault_language = "fr"\n[languages.de]\n[languages.fr]\n[languages.pt-BR]\n',
      'content/s/_index.md': '+++\ntitle = "S"\n+++\nText',
      'content/s/_index.de.md': '+++\nin_search_index = false\n+++\n',
      'content/t/_index.md': '+++\nin_search_index = false\n+++\n',
    },
    published: [
      'content/s/_index.md',
      'content/s/a.md',
      'content/s/a.pt-BR.md',
      'content/s/b.x.de.md',
      'content/t/c.de.md',
    ],
    hidden: ['content/s/a.de.md', 'content/t/c.md', 'content/t/c.fr.md', 'content/t/c.en.md'],
  },
  'Zola: drafts of sections in any language of the site, and no others': {
    settings: {
      'zola.toml': 'base_url = "https://example.org"\n[languages.pt-BR]\n',
      'content/s/_index.pt-BR.md': '+++\ndraft = true\n+++\n',
      'content/t/_index.xx.md': '+++\ndraft = true\n+++\n',
      'content/t/_index.en.md': '+++\ndraft = true\n+++\n',
    },
    published: ['content/t/a.md', 'content/t/a.xx.md'],
    hidden: ['content/s/b.md', 'content/s/b.pt-BR.md', 'content/s/x/c.md', 'content/u/_index.it.md'],
  },
  'Jekyll: scopes are beginnings of paths; old names of types; collections in a folder of their own': {
    settings: {
      '_config.yml':
        'collections_dir: sammlung\ncollections: {team: {output: yes}, buch: {output: on}}\ndefaults:\n- scope: {path: intern}\n  values: {published: false}\n' +
        '- scope: {path: _team}\n  values: {published: false}\n- scope: {path: "", type: post}\n  values: {published: false}\n',
    },
    published: ['a.md', 'x/intern/b.md', 'sammlung/_buch/g.md'],
    hidden: ['intern/c.md', 'internes/d.md', 'intern-plan.md', 'sammlung/_team/e.md', '_posts/2020-01-01-f.md'],
  },
  'Jekyll: stars of scopes stand for names, two for any folders': {
    settings: {
      '_config.yml':
        'defaults:\n- scope: {path: "**/intern"}\n  values: {published: false}\n- scope: {path: "b/**/c"}\n  values: {published: false}\n' +
        '- scope: {path: "a/*.md"}\n  values: {published: false}\n',
    },
    published: ['a/b/y.md', 'd.md'],
    hidden: ['intern/e.md', 'x/y/intern/f.md', 'b/c/g.md', 'b/x/c/h.md', 'a/i.md'],
  },
  'Jekyll: exclusions of one letter, posts without a date, collections only at the top': {
    settings: { '_config.toml': 'exclude = ["b"]\n[collections.team]\noutput = true\n' },
    published: ['_team/a.md', '_posts/sport/2020-01-01-c.md'],
    hidden: ['b/d.md', '_posts/idee.md', '_posts/sport/idee.md', 'x/_team/e.md'],
  },
  'Jekyll: inclusions by pattern, with a slash, or by the name in any folder': {
    settings: { '_config.yml': 'exclude: ["*.html"]\ninclude: ["_seiten/", "_n*", index.html]\n' },
    published: ['_seiten/a.md', '_neu/b.md', 'sub/index.html'],
    hidden: ['sub/c.html', '_alt/d.md'],
  },
  'Jekyll: pages in folders that are included, collections that are no pages, other special names': {
    settings: {
      '_config.yml':
        'include: [_seiten]\ncollections: {team: {output: true}}\ndefaults:\n- scope: {path: "_seiten/intern", type: pages}\n  values: {published: false}\n' +
        '- scope: {path: "_team", type: pages}\n  values: {published: false}\n',
    },
    published: ['_seiten/a.md', '_team/b.md', 'c.md'],
    hidden: ['_seiten/intern/d.md', '_seiten/intern/_e.md', '~f.md', '#g.md', '#x/h.md'],
  },
  'Hexo: parts, exclusions, and what is included all the same': {
    settings: {
      '_config.yml': 'new_post_name: x\nexclude: ["intern/**"]\nignore: "*.skizze.md"\ninclude: [_impressum.md]\n',
    },
    published: ['source/_posts/a.md', 'source/b.md', 'source/_impressum.md'],
    hidden: [
      'source/_intern/c.md',
      'source/_posts/_p.md',
      'source/seite/_e.md',
      'source/intern/f.md',
      'source/g.skizze.md',
    ],
  },
  'MkDocs: exceptions for what lies in folders that are left out': {
    settings: {
      'mkdocs.yml':
        'exclude_docs: |\n  *\n  !/index.md\n  !/b/**\n  /b/weg/\n  !/b/weg/doch.md\ndraft_docs: |\n  wip/\n  !wip/fertig.md\n',
    },
    published: ['docs/index.md', 'docs/b/a.md', 'docs/b/x/b.md', 'docs/b/weg/doch.md'],
    hidden: ['docs/c.md', 'docs/x/index.md', 'docs/b/weg/d.md', 'docs/b/wip/e.md'],
  },
  'MkDocs: exceptions for single files, names, and templates; folders count less than files': {
    settings: {
      'mkdocs.yml':
        'exclude_docs: |\n  /intern/   \n  !/intern/oeffentlich.md\n  *.tpl.md\n  !/tpl/\n  !templates/\n  alt\n  !doch.md\n  [ab]x.md\n  neu/**/z.md\n' +
        'draft_docs: |\n  wip/\n  !fertig.md\n',
    },
    published: [
      'docs/intern/oeffentlich.md',
      'docs/templates/a.md',
      'docs/alt/doch.md',
      'docs/x/alt/y/doch.md',
      'docs/wip/fertig.md',
      'docs/cx.md',
    ],
    hidden: [
      'docs/intern/b.md',
      'docs/tpl/c.tpl.md',
      'docs/alt/d.md',
      'docs/x/ax.md',
      'docs/neu/z.md',
      'docs/neu/x/y/z.md',
      'docs/wip/e.md',
    ],
  },
  'MkDocs: pages beside the folder of the settings': {
    settings: {
      'conf/mkdocs.yml': 'docs_dir: ../docs\ndraft_docs: |\n  entwurf/\nexclude_docs: |\n  /intern/\n',
      'conf/notiz.md': page(),
    },
    published: ['conf/notiz.md', 'docs/index.md', 'docs/x/README.md', 'x/intern/a.md'],
    hidden: ['docs/entwurf/b.md', 'docs/intern/c.md', 'docs/README.md'],
  },
  'Jekyll: pages beside the folder of the settings, or around it': {
    settings: {
      'conf/_config.yml':
        'source: ../src/\nexclude: [intern]\ndefaults:\n- scope: {path: wip}\n  values: {published: false}\n',
      'um/conf/_config.toml': 'source = ".."\nexclude = ["plan"]\n',
    },
    published: ['src/a.md', 'intern/b.md', 'um/c.md', 'plan/d.md'],
    hidden: ['src/intern/e.md', 'src/wip/f.md', 'src/_g.md', 'um/plan/h.md'],
  },
  'Hexo: pages beside the folder of the settings, and steps that lead nowhere': {
    settings: {
      'conf/_config.yml': 'source_dir: ../src\nexclude: ["intern/**"]\n',
      'b/_config.yml': 'source_dir: x/../quellen\nexclude: ["intern/**"]\n',
    },
    published: ['src/a.md', 'b/quellen/b.md', 'b/x/intern/c.md'],
    hidden: ['src/intern/d.md', 'src/_e.md', 'b/quellen/intern/f.md'],
  },
  'Hexo: what is included by patterns, and what is excluded all the same': {
    settings: {
      '_config.yml':
        'new_post_name: x\ninclude: ["_seiten/*", "_alle/**/*", "_posts/**", "source/_ein/x.md"]\nexclude: ["**/wip-*", "_alle/plan/**", "alt", "neu/*"]\n',
    },
    published: [
      'source/_seiten/a.md',
      'source/_alle/x/b.md',
      'source/_posts/c.md',
      'source/_ein/x.md',
      'source/neu/x/d.md',
    ],
    hidden: [
      'source/_seiten/x/e.md',
      'source/_alle/plan/f.md',
      'source/_posts/wip-g.md',
      'source/_ein/y.md',
      'source/x/_z/h.md',
      'source/alt/i.md',
      'source/neu/j.md',
    ],
  },
  'MkDocs: what is inherited from what inherits; templates; one page for a folder': {
    settings: {
      'mkdocs.yml': 'INHERIT: basis/a.yml\n',
      'basis/a.yml': 'INHERIT: b.yml\nsite_name: A\n',
      'basis/b.yml': 'exclude_docs: |\n  # alles von gestern\n\n  /alt/\n',
    },
    published: ['docs/index.md', 'docs/x/README.md'],
    hidden: ['docs/README.md', 'docs/alt/a.md', 'docs/templates/b.md'],
  },
  'Eleventy: what it ignores are paths from the top, and exceptions are none': {
    settings: { '.eleventy.js': '', '.eleventyignore': '# Notizen\n*.skizze.md\nplan\n./q/*\n!q/b.md\n**/geheim/**\n' },
    published: ['a.md', 'x/c.skizze.md', 'x/plan/d.md'],
    hidden: ['e.skizze.md', 'plan/f.md', 'q/b.md', 'q/g.md', 'x/y/geheim/h.md'],
  },
  'Eleventy: what Git ignores, beside its settings': {
    settings: {
      '.eleventy.js': 'module.exports = () => {}',
      '.gitignore': '# fertig\n/geheim/\n*.lokal.md\n!a.lokal.md\n',
      'sub/.gitignore': 'c.md\n',
    },
    published: ['b.md', 'sub/c.md'],
    hidden: ['geheim/a.md', 'a.lokal.md'],
  },
  'Eleventy: what its settings ignore, as far as they say it in so many words': {
    settings: {
      'eleventy.config.js': `export default (config) => {
  config.ignores.add("plan/**")
  if (isPublic) config.ignores.add( './tief/*.md')
  config.ignores.add('er"nst')
  config.ignores.add(\`\${folder}/a.md\`)
  // config.ignores.add("b.md")
}`,
    },
    published: ['a.md', 'b.md'],
    hidden: ['plan/x/b.md', 'er"nst/c.md', 'tief/d.md'],
  },
  'Eleventy: what Git ignores, without settings of its own': {
    settings: { '.eleventyignore': 'plan\n', '.gitignore': 'geheim\n' },
    published: ['a.md'],
    hidden: ['geheim/b.md', 'plan/c.md'],
  },
  'Eleventy: what Git ignores counts for nothing where its settings say so, nor elsewhere': {
    settings: {
      'e/eleventy.config.js': 'config.setUseGitIgnore( false )',
      'e/.gitignore': 'geheim\n',
      '.gitignore': 'entwurf\n',
    },
    published: ['e/geheim/a.md', 'entwurf/b.md'],
    hidden: [],
  },
  'objects that are called as their folders are, where nothing else is of Eleventy': {
    settings: {
      'kurs/kurs.json': '{"title": "Kurs", "online": false, "ort": "Berlin"}',
      'blog/blog.json': '{"private": true, "hidden": true, "status": "draft"}',
      'posts/posts.json': '{"permalink": false, "layout": "x"}',
      'neu/neu.json': '{"draft": true}',
      'alt/alt.11tydata.json': '{"published": false}',
    },
    published: ['kurs/a.md', 'blog/b.md'],
    hidden: ['posts/c.md', 'neu/d.md', 'alt/e.md'],
  },
  'Eleventy: data with a title of their own, and pages whose names have dots': {
    settings: {
      '.eleventy.js': '',
      'posts/posts.json': '{"title": "Beiträge", "permalink": false}',
      'a.json': '{"draft": true}',
      'img/karte.json': '{"kaputt',
    },
    published: ['a.de.md', 'img/b.md'],
    hidden: ['a.md', 'posts/c.md'],
  },
  'Quarto: a book has its chapters, and the finished site is none': {
    settings: {
      '_quarto.yml':
        'project:\n  type: book\n  output-dir: docs\nbook:\n  chapters:\n  - index.qmd\n  - part: teil.qmd\n    chapters: [kapitel/a.qmd]\n  appendices: [anhang.qmd]\n',
    },
    published: ['index.qmd', 'teil.qmd', 'kapitel/a.qmd', 'anhang.qmd'],
    hidden: ['kapitel/entwurf.qmd', 'docs/index.html', 'idee.qmd'],
  },
  'bookdown: its files, and where the finished book lies': {
    settings: { '_bookdown.yml': 'output_dir: "docs"\nrmd_files: ["index.Rmd", "kapitel/a.Rmd"]\n' },
    published: ['index.Rmd', 'kapitel/a.Rmd'],
    hidden: ['docs/index.html', 'rest.Rmd'],
  },
  'bookdown: files by format': {
    settings: {
      'a/_bookdown.yml': 'rmd_files: {html: [index.Rmd, ./a.Rmd], latex: [index.Rmd, c.Rmd]}\n',
      'b/_bookdown.yml': 'rmd_files: {latex: [index.Rmd]}\n',
    },
    published: ['a/index.Rmd', 'a/a.Rmd', 'b/b.Rmd'],
    hidden: ['a/b.Rmd', 'a/c.Rmd'],
  },
  'Quarto: a target that is no pattern is a path, and patterns mean any folder': {
    settings: {
      'a/_quarto.yml': 'project:\n  render: [index.qmd, posts/, "teil-*.{qmd,md}"]\n',
      'b/_quarto.yml': 'project:\n  render: ["*.qmd", "!index.qmd", "!/oben.qmd"]\n',
      'c/_quarto.yml': 'project:\n  render: [./, "!weg/"]\n',
    },
    published: ['a/index.qmd', 'a/posts/x/index.qmd', 'a/x/teil-1.md', 'b/a.qmd', 'b/x/oben.qmd', 'c/x/c.qmd'],
    hidden: ['c/x/weg/d.qmd', 'a/x/index.qmd', 'a/x/posts/b.qmd', 'b/x/index.qmd', 'b/oben.qmd'],
  },
  'Quarto: drafts in settings that others take in, and in those of profiles': {
    settings: {
      'a/_quarto.yml': 'metadata-files: [./entwürfe.yml, fehlt.yml]\nwebsite: {title: Garten, drafts: [a.qmd]}\n',
      'a/entwürfe.yml': 'website: {drafts: [posts/b.qmd]}\n',
      'a/_quarto-web.yml': 'website: {drafts: [posts/c.qmd]}\n',
      'b/_quarto.yml': 'metadata-file: b.yml\nsite: {drafts: [a.qmd]}\n',
      'b/b.yml': 'project: {output-dir: docs}\nbook: {chapters: [a.qmd, b.qmd]}\n',
    },
    published: ['a/posts/d.qmd', 'b/b.qmd', 'b/index.qmd'],
    hidden: ['a/a.qmd', 'a/posts/b.qmd', 'a/posts/c.qmd', 'b/a.qmd', 'b/c.qmd', 'b/docs/b.html'],
  },
  'Antora: what lies beside the pages of a module': {
    settings: { 'antora.yml': 'name: garten\nversion: ~\n' },
    published: ['modules/ROOT/pages/a.md', 'modules/ROOT/pages/x/b.md', 'modules/ROOT/attachments/c.md', 'd.md'],
    hidden: [
      'modules/ROOT/nav.md',
      'modules/ROOT/partials/e.md',
      'modules/ROOT/examples/f.md',
      'modules/x/pages/_g.md',
    ],
  },
  'Quarto: targets and drafts with steps that lead nowhere': {
    settings: {
      '_quarto.yml':
        'project:\n  render: [./index.qmd, ./posts/, "!./posts/./weg.qmd"]\nwebsite:\n  drafts: [./posts/skizze.qmd]\n',
    },
    published: ['index.qmd', 'posts/a.qmd', 'posts/x/b.qmd'],
    hidden: ['c.qmd', 'posts/weg.qmd', 'posts/skizze.qmd'],
  },
  'Docusaurus: READMEs of versions and translations; parts, also in folders of Jekyll’s names': {
    settings: { 'docusaurus.config.ts': 'export default {}' },
    published: [
      'docs/x/README.md',
      'versioned_docs/version-1/README.md',
      'i18n/de/docusaurus-plugin-content-docs/current/README.md',
      'docs/y/Readme.md',
      'docs/y/index.md',
    ],
    hidden: ['docs/_posts/a.md', 'docs/z/_b.md', 'README.md', 'versioned_docs/version-1/_c.md'],
  },
  'Docusaurus: folders that its settings name, beside and below': {
    settings: {
      'website/docusaurus.config.js': 'docs: { path: "../docs" },\nblog: {path: \'neues\', sidebarPath: "../x"}',
    },
    published: ['docs/README.md', 'docs/a.md', 'website/neues/README.md', 'x/_b.md'],
    hidden: ['docs/_c.md', 'docs/_posts/d.md', 'website/neues/_posts/e.md', 'x/README.md'],
  },
  'Docusaurus: what its settings exclude, as far as they say it in so many words': {
    settings: {
      'docusaurus.config.js': `docs: {
  path: 'texte',
  // exclude: ['**/alt/**'],
  exclude: isPublic ? ["**/wip/**", 'intern/*', '**/*.entwurf.{md,mdx}', \`\${folder}/a.md\`] : [],
}`,
    },
    published: ['texte/a.md', 'texte/alt/b.md', 'wip/c.md', 'docs/x/intern/f.md'],
    hidden: [
      'texte/x/wip/d.md',
      'texte/e.entwurf.md',
      'docs/intern/g.md',
      'versioned_docs/version-1/intern/h.md',
      'i18n/de/docusaurus-plugin-content-docs/current/intern/i.md',
    ],
  },
  'Docusaurus: a path of something else in its settings': {
    settings: { 'a/b/docusaurus.config.js': 'webpack: { output: { path: "../../geteilt" } }' },
    published: ['a/b/docs/a.md', 'geteilt/b.md'],
    hidden: ['a/b/docs/_c.md'],
  },
  'Astro, Nuxt: parts in the folders of pages, whatever they are called': {
    settings: { 'a/astro.config.mjs': '', 'n/nuxt.config.ts': '' },
    published: ['a/src/content/a.md', 'n/content/b.md', 'a/_posts/2020-01-01-c.md'],
    hidden: ['a/src/content/_posts/d.md', 'a/src/pages/_posts/e.md', 'n/content/_posts/f.md'],
  },
  'MkDocs: README beside an index, in the letters it knows': {
    settings: { 'mkdocs.yml': 'site_name: x\n' },
    published: ['docs/a/README.md', 'docs/b/Readme.md', 'docs/b/index.md', 'docs/c/index.markdown', 'docs/d/index.md'],
    hidden: ['docs/c/README.md', 'docs/d/README.markdown'],
  },
  'layouts and themes are of Hugo where its settings lie in a folder of their own, and articles where another program’s do':
    {
      settings: {
        'h/config/_default/hugo.toml': 'contentDir = "inhalt"\n',
        'p/config/app.php': '<?php',
      },
      published: ['h/inhalt/a.md', 'p/content/b.md', 'p/themes/klima.md', 'p/archetypes/held.md'],
      hidden: ['h/layouts/fuss.html', 'h/archetypes/z.html', 'h/themes/x/y.md'],
    },
  'a site within another: the outer one makes no pages of it': {
    settings: { 'nuxt.config.ts': '', 'blog/hugo.toml': 'title = "Blog"\n' },
    published: ['blog/content/_index.md', 'blog/content/_a.md'],
    hidden: ['_b.md'],
  },
  'names from a Mac': {
    settings: {
      '_config.yml': `exclude: ["${'für-später'.normalize('NFD')}"]\ndefaults:\n- scope: {path: "${'entwürfe'.normalize('NFD')}"}\n  values: {published: false}\n`,
      [`${'prüfung'.normalize('NFD')}.11tydata.json`]: '{"permalink": false}',
    },
    published: ['a.md'],
    hidden: ['für-später/b.md', 'entwürfe/c.md', 'prüfung.md', `${'entwürfe'.normalize('NFD')}/d.md`],
  },
}

describe('generators', () => {
  it.each(Object.entries(SITES))('%s', async (_, { settings, published, hidden }) => {
    const pages = [...published, ...hidden].map((path) => {
      const text = path.endsWith('.html') ? '<title>Seite</title><p>Ein Text.' : page()
      return [path, path.includes('content/') && 'zola.toml' in settings ? '+++\ntitle = "Seite"\n+++\nText' : text]
    })
    writeFiles(root, { ...Object.fromEntries(pages), ...settings })
    await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache)).filter((id) => !id.endsWith('.json'))).toEqual([...published].sort())
  })

  it('hide the rows and lines of files, too', async () => {
    writeFiles(root, {
      '_config.yml': 'defaults:\n- scope: {path: intern}\n  values: {published: false}\n',
      'intern/a.jsonl': '{"id": "a", "title": "A", "text": "Text"}\n',
      'intern/b.csv': 'Titel,Text\nB,Text\n',
      'intern/c.json': '[{"id": "c", "title": "C", "text": "Text"}]',
      'd.jsonl': '{"id": "d", "title": "D", "text": "Text"}\n',
    })
    const { leftOut } = await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['d'])
    expect(leftOut.counts).toEqual({ draft: 3 })
  })

  it('of a base that cannot be read the error names the base', async () => {
    writeFiles(root, {
      'mkdocs.yml': 'INHERIT: basis.yml\n',
      'basis.yml': 'site_name: x\nnav: [\n',
      'docs/a.md': page(),
    })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.detail('de'))).toEqual([expect.stringMatching(/^basis\.yml, Zeile 3: /)])
  })

  it('of pages that an absolute path names, or that alone are asked for', async () => {
    writeFiles(root, {
      'conf/mkdocs.yml': `docs_dir: ${join(root, 'docs')}\nsite_dir: ${join(root, 'fertig')}\nexclude_docs: intern/\n`,
      'fertig/b.html': '<title>Seite</title><p>Ein Text.',
      'docs/intern/a.md': page(),
      'docs/b.md': page(),
    })
    await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['docs/b.md'])
    const other = temporaryFolder()
    await update(optionsFor(other, [join(root, 'docs')]))
    expect(Object.keys(articlesIn(other))).toEqual(['b.md'])
  })

  it.each([
    ['conf/mkdocs.yml', 'docs_dir: ../inhalt\nexclude_docs: intern/\n', 'nav: [\n'],
    ['conf/_config.yml', 'source: "../inhalt"\nexclude: [intern]\n', 'defaults: [\n'],
    ['conf/hugo.toml', 'contentDir = "../inhalt"\n[[cascade]]\ndraft = true\ntarget.path = "/intern/*"\n', '[x\n'],
    [
      'conf/config/_default/module.json',
      '{"mounts": [{"source": "../inhalt", "target": "content", "excludeFiles": "intern/*"}]',
      '}',
    ],
  ])('in %s that are broken set no pages beside their folder free', async (file, settings, rest) => {
    const isJson = rest === '}'
    writeFiles(root, {
      [file]: isJson ? settings + rest : settings,
      'inhalt/a.md': page(),
      'inhalt/intern/b.md': page(),
    })
    await update(optionsFor(cache, [root]))
    expect(Object.keys(articlesIn(cache))).toEqual(['inhalt/a.md'])
    writeFiles(root, { [file]: isJson ? settings : settings + rest })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.detail('de'))).toEqual([expect.stringContaining(file)])
    expect(Object.keys(articlesIn(cache))).toEqual(['inhalt/a.md'])
  })

  it('that speak of pages too far away refuse their folder, if there are any', async () => {
    writeFiles(root, {
      'a/b/mkdocs.yml': 'docs_dir: ../../docs\nexclude_docs: intern/\n',
      'c/mkdocs.yml': 'docs_dir: ../../nichts\n',
      'a/b/c.md': page(),
      'c/d.md': page(),
      'docs/e.md': page(),
    })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.detail('de'))).toEqual([
      expect.stringMatching(/^mkdocs\.yml: .*„\.\.\/\.\.\/docs“/),
    ])
    expect(Object.keys(articlesIn(cache))).toEqual(['c/d.md', 'docs/e.md'])
  })

  it('of a section whose head is broken the error names the line', async () => {
    writeFiles(root, { 'content/_index.md': '---\ntitle: x\ncascade: {draft: true\n---\nText' })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.detail('de'))).toContainEqual(
      expect.stringMatching(/^_index\.md, Zeile \d: /),
    )
  })

  it('settings that are a link to nothing are settings that cannot be read', async () => {
    writeFiles(root, { 'docs/a.md': page() })
    symlinkSync(join(root, 'weg.yml'), join(root, 'mkdocs.yml'))
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals.map(({ error }) => error.code)).toContain('site_settings_broken')
    expect(Object.keys(articlesIn(cache))).toEqual([])
  })

  it('may have five hundred patterns, beside remarks and empty lines', async () => {
    writeFiles(root, {
      '.eleventyignore': `# Muster\n\n${'alt.md\n'.repeat(500)}`,
      'mkdocs.yml': `exclude_docs: |\n${'  # Muster\n'.repeat(600)}${'  alt.md\n'.repeat(499)}`,
      'docs/a.md': page(),
    })
    const { refusals } = await update(optionsFor(cache, [root]))
    expect(refusals).toEqual([])
    expect(Object.keys(articlesIn(cache))).toEqual(['docs/a.md'])
  })
})
