// The thread in which AsciiDoc is converted: its library works only asynchronously, and a document may keep it busy for long. It answers whoever
// waits for it without an event loop: a number in shared memory says when.
import { type MessagePort, workerData } from 'node:worker_threads'
import { convert } from '@asciidoctor/core'
import type { AsciidocAnswer, AsciidocTask } from './asciidoc-thread.ts'

const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array<SharedArrayBuffer> }

/** Nothing is included or fetched; words that the library adds to boxes and figures are left out; the title is the first heading. */
const ATTRIBUTES = {
  ...{
    icons: 'font',
    'figure-caption!': '',
    'table-caption!': '',
    'example-caption!': '',
    'toc!': '',
    'sectnums!': '',
  },
  ...{ showtitle: '', 'last-update-label!': '', 'appendix-caption': '', 'chapter-signifier': '', 'part-signifier': '' },
}

port.on('message', async ({ text }: AsciidocTask) => {
  let answer: AsciidocAnswer
  try {
    const html = await convert(text, { safe: 'secure', attributes: ATTRIBUTES, standalone: false })
    answer = { html: String(html) }
  } catch (error) {
    answer = { failure: error instanceof Error ? error.message : String(error) }
  }
  port.postMessage(answer)
  Atomics.store(signal, 0, 1)
  Atomics.notify(signal, 0)
})
