import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessageReceived, RecordChanged } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { pollUntil } from '../client/poll.ts'
import { checkout } from '../../stack/home.ts'
import { openOperatorStack } from '../operator-stack.fixture.ts'

const withinMs = 60_000

/** A hospital's source file; its maternity system numbers newborns by the authority NEO. */
export const sourceFile = (ods: string, knowsNewborns: boolean) => ({
  ods,
  name: 'A hospital',
  kind: 'trust',
  hl7: {
    match: { ports: [], certificates: [], sendingApplications: [], sendingFacilities: [ods] },
    characterSet: 'utf-8',
    timeZone: 'Europe/London',
    authorities: knowsNewborns ? { [ods]: ods, NEO: ods } : { [ods]: ods },
    nhsNumber: { authorities: [], types: knowsNewborns ? ['NH'] : ['NH', 'MNH'] },
    patientIdentifierTypes: knowsNewborns ? ['BN', 'MR'] : ['MR'],
    codes: {},
    fixes: [],
    strict: false,
    processingIds: ['P'],
    batchAcknowledgement: 'message',
    limits: { maxMessageBytes: 1_000_000, idleFrameMs: 30_000 },
  },
})

/**
 * Messages of a mother and her newborn. Those of the newborn have the mother's number, name and
 * birth date too: with the newborn's own they would be held as an identity conflict.
 */
export const messagesOf = (ods: string, run: string) => {
  const [mother, newborn] = [`M${run}`, `B${run}`]
  const hl7 = (type: string, control: string, minute: number, ...segments: string[]) =>
    Buffer.from(
      [
        `MSH|^~\\&|PAS|${ods}|||20261122100${minute}00||${type}|${control}|P|2.5.1`,
        ...segments,
        '',
      ].join('\r'),
    )
  const pidOfMother = `PID|1||${mother}^^^${ods}^MR||TESTCASE^ADA||19900101|F|||1 HIGH ST^^LONDON^^SE1 1AA`
  const pidOfNewborn = `PID|1||${mother}^^^${ods}^MR~${newborn}^^^NEO^BN~9434765919^^^MUM^MNH||TESTCASE^ADA||19900101|F`
  const pv1 = (ward: string, visit: string) =>
    `PV1|1|I|${ward}^1^1||||||||||||||||${visit}${'|'.repeat(25)}202611220900`
  return {
    keys: { mother: `${ods}|${mother}`, newborn: `${ods}|${newborn}` },
    admitted: hl7('ADT^A01', 'A', 0, 'EVN|A01', pidOfMother, pv1('LABOUR', `VM${run}`)),
    result: hl7(
      'ORU^R01',
      'R',
      1,
      pidOfMother,
      `OBR|1||F${run}|UE^Urea|||202611220930${'|'.repeat(18)}F`,
      'OBX|1|NM|K^Potassium||7.1|mmol/L|3.5-5.3|HH|||F',
    ),
    born: hl7('ADT^A01', 'B', 2, 'EVN|A01', pidOfNewborn, pv1('NEONATAL', `VB${run}`)),
    jaundiced: hl7(
      'ORU^R01',
      'J',
      3,
      pidOfNewborn,
      `OBR|1||G${run}|BIL^Bilirubin|||202611221130${'|'.repeat(18)}F`,
      'OBX|1|NM|BIL^Bilirubin||420|umol/L|0-200|HH|||F',
    ),
  }
}

/** The operator's stack with a projector, a mother and her newborn. */
export const openMaternity = async () => {
  const sources = mkdtempSync(join(tmpdir(), 'tideway-sources-'))
  const schema = 'source.schema.json'
  copyFileSync(join(checkout, 'schemas/sources', schema), join(sources, schema))
  process.env['SOURCES_DIR'] = sources
  const stack = await openOperatorStack()
  const { run, kafka, registry, mongo } = stack
  const source = stack.source.toUpperCase()
  const write = (knowsNewborns: boolean) =>
    writeFileSync(
      join(sources, `${source.toLowerCase()}.json`),
      JSON.stringify(sourceFile(source, knowsNewborns)),
    )
  const sent = messagesOf(source, run)
  const received = (bytes: Buffer, after: number): MessageReceived => ({
    ...stack.parkedMessage(bytes, after),
    ...{ id: messageIdOf(source, bytes), source },
    connection: 'mllp/2575 192.0.2.7:40112',
    ...{ problem: null, parked: false, events: 2, patientKeys: [sent.keys.mother] },
  })
  const [admitted, result, born, jaundiced] = [
    sent.admitted,
    sent.result,
    sent.born,
    sent.jaundiced,
  ].map(received) as [MessageReceived, MessageReceived, MessageReceived, MessageReceived]
  const all = [admitted, result, born, jaundiced]

  write(false)
  const groups = [`projector-${run}`, `changes-${run}`] as const
  await kafka.startAtEnd(groups[0], ['patientEvents'])
  await kafka.startAtEnd(groups[1], ['recordChanges'])
  const projector = stack.service('projector', { CONSUMER_GROUP: groups[0] })
  const changes: RecordChanged[] = []
  const consumer = await kafka.consumer({
    topics: ['recordChanges'],
    groupId: groups[1],
    gatherMs: 20,
    registry,
    onBatch: async (_, { records }) =>
      void changes.push(
        ...records.flatMap(({ value }) =>
          value?.patientKey.startsWith(`${source}|`) === true ? [value] : [],
        ),
      ),
    onCrash: (cause) => {
      throw cause
    },
  })
  await stack.publishRaw(all)
  await pollUntil(
    () => mongo.messages.countDocuments({ source }),
    (count) => count === all.length,
    withinMs,
  )

  return {
    ...stack,
    keys: sent.keys,
    messages: { admitted, result, born, jaundiced },
    changes,
    /** Mends the source file, so that newborns have numbers of their own. */
    mend: () => write(true),
    replay: () =>
      stack.command(
        'replay',
        ...['--from', new Date(stack.receivedAt / 1000 - 1_000).toISOString()],
        ...['--to', new Date(stack.receivedAt / 1000 + 1_000).toISOString()],
        ...['--source', source],
      ),
    /** A patient's documents as a reader sees them, once so many messages tell of him. */
    recordOf: async (patient: string, messages: number) => {
      await pollUntil(
        async () => {
          const told = await mongo.projections.find({ patient }).toArray()
          return told.filter((one) => (one.told ?? []).length > 0 && !one.pending).length
        },
        (count) => count === messages,
        withinMs,
      )
      const head = await mongo.patients.findOne({ _id: patient })
      const entries = await mongo.entries.find({ patient }).sort({ _id: 1 }).toArray()
      const versionless = ({ version: _, ...rest }: object & { version: number }) => rest
      return {
        head: head && versionless(head),
        entries: entries.map(versionless),
        kinds: entries.map(({ kind }) => kind).toSorted(),
      }
    },
    /** What was announced of a patient from a place on, once there is as much. */
    announced: (patient: string, from: number, atLeast: number) =>
      pollUntil(
        async () =>
          changes
            .slice(from)
            .filter(({ patientKey }) => patientKey === patient)
            .flatMap((one) => one.changes),
        (found) => found.length >= atLeast,
        atLeast === 0 ? 0 : withinMs,
      ),
    close: async () => {
      await consumer.close()
      await stack.end(projector)
      await stack.close()
      rmSync(sources, { recursive: true })
    },
  }
}
