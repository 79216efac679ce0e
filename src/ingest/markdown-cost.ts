/**
 * What parsing a piece of Markdown would cost at worst. The parser takes quadratic time in a few things, so that 50 kB of
 * `*_` take half a minute. One unit is about 50 ns; costs were measured, and are upper bounds for what people write.
 */

/** Half a second, for all that is parsed of one file. */
export const COST_MAX = 1e7

const MARKS = /[*_[\]!<`~&]/g
/** Paragraphs with fewer marks cost little more than their length. */
const MARKS_FREE = 200

/** Four times as deep as lists in print go. */
const DEPTH_FREE = 50
const DEPTH_COST = 10

/** What each piece that is parsed by itself is charged: some 70 us go by before it is begun. A file may have 50,000 of them. */
export const PIECE_COST = 200

/** Each line may be a block of its own, which takes 20 to 40 us whatever stands in it. Of so many nothing is said, as people write them; of 70,000 all is spent. */
const LINES_FREE = 5000
const LINE_COST = 150
/** Of a document that is parsed in sections, where no lines are free: 35 us, as much as those of lists take. */
export const SECTION_LINE_COST = 700

/** With each quote or list that ends the parser goes through the events of all lines before it. */
const CLOSING_COST = 0.25

const ODD_LINES_FREE = 200
const ODD_LINE_COST = 5

/** The marks of quotes and lists at the start of a line, with all blanks. */
const CONTAINERS = /^(?:[ \t]+|>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$))+/
/** What a footnote is: it holds the lines that follow, as a quote does. */
const NOTE = /^ {0,3}\[\^[^\]\s]{1,1000}\]:/
const UNDERLINE = /^ {0,3}(?:-+|=+)[ \t]*$/
const INDENTED_NOTE = /^[ \t]+\[\^/

/** The cost of what stands inside of paragraphs; `texts` are these, or what is no smaller. */
export function inlineCost(texts: Iterable<string>): number {
  let cost = 0
  for (const text of texts) {
    const marks = text.match(MARKS)?.length ?? 0
    if (marks > MARKS_FREE) cost += marks ** 2
  }
  return cost
}

/** The cost of telling paragraphs, quotes and lists apart: how deep they nest, and how many lines are of an odd kind. */
export function structureCost(body: string): number {
  let cost = 0
  let odd = 0
  let closings = 0
  let isInside = false
  let isContained = false
  let isAfterWords = false
  const lines = body.split('\n')
  for (const line of lines) {
    const start = CONTAINERS.exec(line)?.[0] ?? ''
    const depth = start.replace(/[ \t]{2,}/g, (blanks) => '-'.repeat(blanks.length >> 1)).replace(/[ \t\d]/g, '').length
    if (depth > DEPTH_FREE) cost += DEPTH_COST * depth ** 2
    // A line that goes on with the paragraph of a quote, list or footnote without its mark
    const isLazy: boolean = isContained && start === '' && line !== ''
    if (isLazy || (isAfterWords && UNDERLINE.test(line))) odd++
    else if (INDENTED_NOTE.test(line)) odd += 5
    isAfterWords = line.trim() !== ''
    if (isInside && isAfterWords && start === '') closings++
    if (isAfterWords) isInside = start !== ''
    isContained = isLazy || NOTE.test(line) || (start !== '' && start.length < line.length)
  }
  cost += CLOSING_COST * closings * lines.length
  if (lines.length > LINES_FREE) cost += LINE_COST * (lines.length - LINES_FREE)
  return odd > ODD_LINES_FREE ? cost + ODD_LINE_COST * odd ** 2 : cost
}
