// A yardstick of the machine, in a process of its own: one thread reads a file of JSON lines and counts the words in it. Prints seconds.
// usage: node test/bench/speed/yardstick.mjs FILE
import { articlesIn } from './lines.mjs'

const started = performance.now()
const counts = new Map()
let articles = 0
for await (const { title, text } of articlesIn(process.argv[2])) {
  articles += 1
  for (const words of [title, text].map((field) => field.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []))
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
}
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000, articles, words: counts.size }))
