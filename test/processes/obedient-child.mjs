// A process that does what it is told: what a parent does with its children is tested without a server. The port of the settings says what.
const send = (message) => process.send(message)
const cannotBegin = () =>
  send({ kind: 'failed', error: { code: 'address_in_use', params: { address: '127.0.0.1:1', reason: 'belegt' } } })
process.on('message', (message) => {
  const { kind } = message
  if (kind === 'serve') {
    if (message.config.port === 1) {
      cannotBegin()
      return process.exit(1)
    }
    send({ kind: 'serving', articles: 3 })
    if (message.config.port === 3) for (const id of [7, 8]) send({ kind: 'build', id, folder: 'a', rules: null })
    if (message.config.port === 4) send({ kind: 'metrics-asked', id: 5 })
  }
  if (kind === 'metrics-wanted') send({ kind: 'metrics-given', id: message.id, metrics: [process.pid] })
  // what it was told it tells on
  if (['built', 'metrics', 'watching'].includes(kind)) process.stdout.write(`${JSON.stringify(message)}\n`)
  if (kind === 'stop') process.exit(0)
  return undefined
})
send({ kind: 'born' })
