import { connectMongo } from '@tideway/mongo/client'
import type { MessageReceived, ResourceKnown } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { expect } from 'vitest'
import { pollUntil } from '../client/poll.ts'
import type { OperatorStack } from '../operator-stack.fixture.ts'

const withinMs = 90_000

/** A resource as fhir-ingest archives it. */
const submitted = (
  stack: OperatorStack,
  resource: { resourceType: string; id: string },
  after: number,
  resolved: ResourceKnown[] = [],
): MessageReceived => {
  const bytes = Buffer.from(JSON.stringify(resource))
  return {
    ...stack.parkedMessage(bytes, after),
    ...{ id: messageIdOf('RJZ', bytes), source: 'RJZ', type: `FHIR ${resource.resourceType}` },
    ...{ connection: 'fhir', answered: '201', problem: null, parked: false, events: 1 },
    submission: { client: `client-${stack.run}`, method: 'PUT', base: '/fhir', resolved },
  }
}

/** What the log says the FHIR client has sent. */
export const knownResources = async (stack: OperatorStack): Promise<string[]> => {
  const names: string[] = []
  const reader = await stack.kafka.follow({
    topic: 'fhirResources',
    registry: stack.registry,
    onRecords: (records) => {
      for (const { value } of records)
        if (value.client === `client-${stack.run}`)
          names.push(...value.resources.flatMap((resource) => resource.names))
    },
    onCrash: (cause) => {
      throw cause
    },
  })
  await reader.begun()
  await reader.close()
  return names.toSorted()
}

/** What readers have of the withdrawn message: nothing; and the ledger says why. */
export const expectWithdrawn = async (
  stack: OperatorStack,
  withdrawn: MessageReceived,
): Promise<void> => {
  const mongo = await connectMongo(process.env['MONGODB_URL'] ?? '', stack.env.MONGODB_DATABASE)
  const [patient = ''] = withdrawn.patientKeys
  const now = await pollUntil(
    async () => ({
      head: (await mongo.patients.findOne({ _id: patient }))?.gone ?? null,
      entries: await mongo.entries.countDocuments({ patient }),
      ledger: (await mongo.messages.findOne({ _id: withdrawn.id }))?.withdrawn?.state ?? null,
      told: await mongo.projections.countDocuments({ patient }),
      decided: (await mongo.withdrawals.findOne({ _id: withdrawn.id }))?.state ?? null,
    }),
    ({ ledger, told, decided }) => ledger !== null && told === 1 && decided !== null,
    withinMs,
    1_000,
  )
  await mongo.close()
  expect({ ...now, head: now.head ?? true }).toEqual({
    ...{ head: true, entries: 0, ledger: 'WITHDRAWN', told: 1, decided: 'WITHDRAWN' },
  })
}

/** A FHIR patient, and a result that names it by the id its client gave it. */
export const submissions = (stack: OperatorStack): MessageReceived[] => {
  const identifier = [{ system: 'https://rjz.example/id/patient', value: `R${stack.run}` }]
  const patient = submitted(
    stack,
    {
      ...{ resourceType: 'Patient', id: `p-${stack.run}`, identifier },
      name: [{ family: 'MADE', given: ['UP'] }],
    } as never,
    60,
  )
  const known: ResourceKnown = {
    ...{ names: [`Patient/p-${stack.run}`], type: 'Patient', patientKey: `RJZ|R${stack.run}` },
    ...{ event: null, key: null, parts: [], json: null, base: null, isUpdate: true, from: null },
    ...{ messageId: patient.id, saidAt: patient.receivedAt },
  }
  const result = submitted(
    stack,
    {
      ...{ resourceType: 'Observation', id: `o-${stack.run}`, status: 'final' },
      identifier: [{ system: 'https://rjz.example/id/report', value: `O${stack.run}` }],
      code: { text: 'Potassium' },
      subject: { reference: `Patient/p-${stack.run}` },
      valueQuantity: { value: 4.1, unit: 'mmol/L' },
    } as never,
    61,
    [known],
  )
  return [patient, result]
}
