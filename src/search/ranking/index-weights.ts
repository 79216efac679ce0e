// The weights that an index is built with. A change here makes every index useless; one in weights.ts does not.

/** One occurrence in the title counts like this many in the text. A whole number: it is counted into the same frequency. */
export const TITLE_WEIGHT = 3

/** An occurrence in tags, author or a string of `meta`, as a share of one in the text. Lengths of articles are counted with it. */
export const EXTRA_WEIGHT = 0.5
