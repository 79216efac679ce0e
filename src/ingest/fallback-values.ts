import { plainKey } from './plain-key.ts'
import type { Pairs } from './site-rule.ts'

/** Fields of one meaning: what one of them says counts where none of those before it says anything. */
const ALIASES: readonly (readonly string[])[] = [
  ['expirydate', 'unpublishdate'],
  ['publishdate', 'pubdate', 'date'],
]

/** The values that count where a head has others of its own. @param own names of these */
export function notSaid(own: readonly string[], values: Pairs): Pairs {
  const said = new Set(own.map(plainKey))
  const all = new Set([...said, ...values.map(([name]) => plainKey(name))])
  return values.filter(([name]) => {
    const key = plainKey(name)
    const stronger = ALIASES.find((names) => names.includes(key)) ?? [key]
    return !said.has(key) && !stronger.slice(0, stronger.indexOf(key)).some((one) => all.has(one))
  })
}

/** Values with those that they have not themselves. */
export function withFallback(values: Pairs, fallback: Pairs): Pairs {
  return [
    ...values,
    ...notSaid(
      values.map(([name]) => name),
      fallback,
    ),
  ]
}
