import { connect } from 'node:tls'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test } from 'vitest'
import { openIngest } from '../listen/ingest.fixture.ts'
import { talk, until } from '../listen/mllp-peer.fixture.ts'
import { x99, xl1 } from '../normalise/normalise.fixture.ts'

const msh = (id: string, from: string) =>
  `MSH|^~\\&|PAS|${from}|T|S|20260701091500||ADT^A28|${id}|P|2.4\rPID|1||7^^^X99^MR\r`

test('over TLS a message that says another source than the certificate is refused, and counted', async () => {
  const files = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
    clientCertificate: { cn: 'engine.x99.example' },
  })
  const certified = {
    ...x99,
    hl7: { ...x99.hl7, match: { ...x99.hl7.match, certificates: ['engine.x99.example'] } },
  }
  const { listenForSources, metrics, received } = openIngest({ sources: [certified, xl1] })
  const { port } = await listenForSources({
    cert: files.cert,
    key: files.private,
    ca: files.cert,
  })
  const socket = connect({
    port,
    host: '127.0.0.1',
    ca: files.cert,
    cert: files.clientcert as string,
    key: files.clientprivate as string,
    checkServerIdentity: () => undefined,
  })
  onTestFinished(() => void socket.destroy())
  const engine = talk(socket)
  engine.send(msh('OWN', 'X99'), msh('OTHER', 'XL1'), msh('NEW', 'NOBODY'), msh('LAST', 'X99'))
  await until(() => engine.answers().length === 4)
  expect(engine.msas()).toEqual([
    'MSA|AA|OWN',
    'MSA|AR|OTHER|SENDER_MISMATCH',
    'MSA|AR|NEW|SENDER_MISMATCH',
    'MSA|AA|LAST',
  ])
  expect(received().map(({ controlId, source }) => [controlId, source])).toEqual([
    ['OWN', 'X99'],
    ['LAST', 'X99'],
  ])
  expect(await metrics.text()).toContain(
    `tideway_messages_refused_total{code="SENDER_MISMATCH",port="${port}",certificate="engine.x99.example"} 2`,
  )
})
