/** What a client takes, best first; what it refuses (`q=0`) is not there. */
export function accepted(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((entry, order) => {
      const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
      const quality = Number(/^q=([\d.]+)$/.exec(parameters.find((one) => one.startsWith('q=')) ?? '')?.[1] ?? 1)
      return { name, quality: Number.isNaN(quality) ? 0 : quality, order }
    })
    .filter(({ name, quality }) => name !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.order - b.order)
    .map(({ name }) => name)
}

export type Encoding = 'br' | 'gzip'

/** How to compress for a client; null for not at all. Of two it takes equally gladly the one that makes less. */
export function encodingFor(header: string | undefined): Encoding | null {
  const names = accepted(header)
  if (
    names.includes('br') ||
    (names.includes('*') && !/(?:^|[,\s])br\s*;\s*q=0(?:\.0*)?(?:$|[,\s])/i.test(header ?? ''))
  )
    return 'br'
  return names.includes('gzip') || names.includes('x-gzip') ? 'gzip' : null
}

/** Whether a client asks for a page rather than for data: programs that take anything get data. */
export function wantsHtml(header: string | undefined): boolean {
  const names = accepted(header)
  const html = names.findIndex((name) => name === 'text/html' || name === 'application/xhtml+xml')
  const json = names.findIndex((name) => name === 'application/json' || name === 'application/*')
  return html >= 0 && (json < 0 || html < json)
}
