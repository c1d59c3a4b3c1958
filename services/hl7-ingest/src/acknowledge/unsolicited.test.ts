import { expect, test } from 'vitest'
import { dialled, openIngest } from '../listen/ingest.fixture.ts'
import { until } from '../listen/mllp-peer.fixture.ts'
import { x99 } from '../normalise/normalise.fixture.ts'

const batching = { ...x99, hl7: { ...x99.hl7, batchAcknowledgement: 'batch' as const } }

/** A listener on a free port, a sender, and what is on the log. */
const listening = async (anyone = false) => {
  const { listenForAnyone, listenForSources, ...rest } = openIngest({ sources: [batching] })
  const { port } = await (anyone ? listenForAnyone() : listenForSources())
  return { ...rest, ...(await dialled(port)) }
}

const msh = (type: string, more: { from?: string; id?: string; accept?: string } = {}) =>
  `MSH|^~\\&|PAS|${more.from ?? 'X99'}|T|S|20260701091500||${type}|${more.id ?? 'M1'}|P|2.4|||${more.accept ?? ''}|\r`
const admission = `${msh('ADT^A01', { id: 'LAST' })}PID|1||7^^^X99^MR\rPV1|1|I|||||||||||||||||V1\r`

const acknowledgements: [string, string][] = [
  ['an ACK', `${msh('ACK')}MSA|AA|7\r`],
  ['an ACK of an event', `${msh('ACK^A01^ACK')}MSA|AA|7\r`],
  ['a negative one', `${msh('ACK^R01')}MSA|AE|7|no\rERR|PID^1^3\r`],
  ['one that names nobody', `${msh('ACK^A01')}MSA|AA\r`],
  ['one without MSA', msh('ACK^A01')],
  ['one that asks to be answered', `${msh('ACK^A01', { accept: 'AL' })}MSA|CA|7\r`],
  ['a NAK', `${msh('NAK')}MSA|AR|7\r`],
  ['a delayed one', `${msh('MCF')}MSA|AA|7\r`],
  ['one in lower case', `${msh('ack^a01')}MSA|AA|7\r`],
  ['one of an unknown sender', `${msh('ACK', { from: 'NOBODY' })}MSA|AA|7\r`],
  ['one without a control id', `${msh('ACK', { id: '' })}MSA|AA|7\r`],
  ['a test', `${msh('ACK').replace('|P|', '|T|')}MSA|AA|7\r`],
  [
    'XML',
    '<ACK xmlns="urn:hl7-org:v2xml"><MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.3><HD.1>PAS</HD.1></MSH.3><MSH.4><HD.1>X99</HD.1></MSH.4><MSH.9><MSG.1>ACK</MSG.1></MSH.9><MSH.10>1</MSH.10><MSH.11><PT.1>P</PT.1></MSH.11></MSH><MSA><MSA.1>AA</MSA.1></MSA></ACK>',
  ],
]

test.each(acknowledgements)('%s is not answered, and the next message is', async (_, text) => {
  const { send, answers, msas } = await listening()
  send(text, admission)
  await until(() => answers().length > 0)
  expect(msas()).toEqual(['MSA|AA|LAST'])
})

test('from anyone: an acknowledgement is not answered either', async () => {
  const { send, answers, msas } = await listening(true)
  send(...acknowledgements.slice(0, 4).map(([, text]) => text), admission)
  await until(() => answers().length > 0)
  expect(msas()).toEqual(['MSA|AA|LAST'])
})

test('a batch of acknowledgements is not answered; one with a message is', async () => {
  const { send, answers } = await listening()
  const ack = `${msh('ACK', { id: 'A1' })}MSA|AA|7\r`
  const batch = (...messages: string[]) =>
    `FHS|^~\\&|PAS|X99\rBHS|^~\\&|PAS|X99\r${messages.join('')}BTS|${messages.length}\rFTS|1\r`
  send(batch(ack, ack.replace('A1', 'A2')), batch(ack.replace('A1', 'A3'), admission))
  await until(() => answers().length > 0)
  expect(answers()).toHaveLength(1)
  expect(answers()[0]).toContain('MSA|AA|LAST')
})

test('an acknowledgement is archived and counted, and no event comes of it', async () => {
  const { send, answers, received, sent, metrics } = await listening()
  send(`${msh('ACK^A01', { id: 'A1' })}MSA|AE|7\r`, `${msh('NAK', { id: 'A2' })}MSA\r`, admission)
  await until(() => answers().length > 0)
  expect(
    received().map(({ controlId, type, parked, problem, events }) => [
      controlId,
      type,
      parked,
      problem,
      events > 0,
    ]),
  ).toEqual([
    ['A1', 'ACK^A01', false, null, false],
    ['A2', 'NAK', false, null, false],
    ['LAST', 'ADT^A01', false, null, true],
  ])
  expect(sent.some(({ topic }) => topic === 'parkedMessages')).toBe(false)
  const text = await metrics.text()
  for (const type of ['ACK^A01', 'NAK'])
    expect(text).toContain(
      `tideway_messages_received_total{source="X99",type="${type}",outcome="OK",answer="none"} 1`,
    )
})
