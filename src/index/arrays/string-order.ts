/** Fewer strings are sorted as they are. */
const BUCKETED_MIN = 4096
/** Characters a bucket is chosen by. */
const DEPTH = 3
/** Ranks of characters: the end, digits and a to z have one each, what lies before, between and behind them shares one. */
const RANKS = 40
const [END, BEFORE_DIGITS, DIGITS, AFTER_DIGITS, LETTERS, AFTER_LETTERS] = [0, 1, 2, 12, 13, 39] as const

/**
 * The numbers of strings in the order of their UTF-16 units, equal ones ascending. Many are parted by their first characters and then sorted
 * among few: a third of the time that sorting all at once takes.
 */
export function orderOf(strings: readonly string[]): Uint32Array {
  const compare = (one: number, other: number): number => {
    const [left, right] = [strings[one] as string, strings[other] as string]
    return left < right ? -1 : left > right ? 1 : one - other
  }
  const { length } = strings
  if (length < BUCKETED_MIN) return Uint32Array.from(strings, (_, number) => number).sort(compare)
  const buckets = Uint32Array.from(strings, bucketOf)
  /** By bucket where the next number of it goes: in the end where it ends. */
  const places = new Uint32Array(RANKS ** DEPTH + 1)
  for (const bucket of buckets) places[bucket + 1] = (places[bucket + 1] as number) + 1
  for (let bucket = 1; bucket < places.length; bucket++)
    places[bucket] = (places[bucket] as number) + (places[bucket - 1] as number)
  const order = new Uint32Array(length)
  for (let number = 0; number < length; number++) {
    const bucket = buckets[number] as number
    const place = places[bucket] as number
    order[place] = number
    places[bucket] = place + 1
  }
  let start = 0
  for (const end of places) {
    if (end - start > 1) order.subarray(start, end).sort(compare)
    start = end
  }
  return order
}

/** Of two strings the one that comes first has a bucket that is no higher. */
function bucketOf(string: string): number {
  let bucket = 0
  let isTold = true
  for (let at = 0; at < DEPTH; at++) {
    // behind a character that shares its rank nothing counts
    const rank: number = isTold && at < string.length ? rankOf(string.charCodeAt(at)) : END
    bucket = bucket * RANKS + rank
    isTold = rank !== END && rank !== BEFORE_DIGITS && rank !== AFTER_DIGITS && rank !== AFTER_LETTERS
  }
  return bucket
}

function rankOf(code: number): number {
  if (code < 0x30) return BEFORE_DIGITS
  if (code <= 0x39) return DIGITS + code - 0x30
  if (code < 0x61) return AFTER_DIGITS
  return code <= 0x7a ? LETTERS + code - 0x61 : AFTER_LETTERS
}
