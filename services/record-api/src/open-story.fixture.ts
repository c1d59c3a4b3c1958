import type { ChartSources } from './chart/open-chart.ts'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import { openServer, tokenOf } from './http/open-server.fixture.ts'
import { identifyAll } from './identify-all.fixture.ts'
import { archived, fold, ledger, story } from './story.fixture.ts'

const addresses = {
  mongodbUrl: process.env['MONGODB_URL'] ?? '',
  issuer: process.env['OIDC_ISSUER'] ?? '',
}

/** The service with the story in its store: its patients, entries, ledger and archive. */
export const openStory = async (ids?: ChartSources['ids']) => {
  const names = new Map([['RJZ', "King's"]])
  const server = await openServer(addresses, names, new Map(), undefined, ids)
  const patients = [...Map.groupBy(story, ({ patientKey }) => patientKey).values()].map(fold)
  await server.mongo.patients.insertMany(patients.map(({ head }) => head))
  await server.mongo.entries.insertMany(
    patients.flatMap(({ entries }) => entries.map(compactEntry)),
  )
  await identifyAll(server.mongo)
  await server.mongo.messages.insertMany(story.map(ledger))
  await server.mongo.archiveObjects.insertOne(archived)
  await server.mongo.feeds.insertOne({
    _id: 'RJZ',
    lastReceivedAt: new Date('2026-11-22T10:00:00Z'),
    lastType: 'ADT^A08',
  })
  return server
}

/** A token of the issuer that the story's service accepts. */
export const storyToken = (role: string, organisation: string): Promise<string> =>
  tokenOf(addresses.issuer, role, organisation)
