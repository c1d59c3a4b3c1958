import type { Entry } from '@tideway/schemas/documents/entry'
import type { Epoch } from '@tideway/schemas/documents/epoch'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'
import type { FeedGaps } from '@tideway/schemas/documents/feed-gaps'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type {
  Identity,
  IdentityState,
  StoredPerson,
  PersonState,
  WorkItem,
} from '@tideway/schemas/documents/identity'
import type {
  ArchiveObject,
  Feed,
  HeldEvent,
  LedgerMessage,
  ParkedEarly,
  Projection,
  DecidedMessage,
  WithdrawnEarly,
} from '@tideway/schemas/documents/ledger'
import type { Watermark } from '@tideway/schemas/documents/watermark'
import type { Db } from 'mongodb'

/** Collections that a rebuild makes anew; the projector writes them. */
export const recordCollections = ['patients', 'entries', 'projections', 'held'] as const

/** Name of a collection of one generation; those of the first have no suffix. */
export const nameIn = (name: string, generation: number): string =>
  generation === 1 ? name : `${name}.${generation}`

/**
 * Every collection, by name. The projector writes `patients`, `entries`, `projections` and `held`,
 * which each generation has for itself, `withdrawals` and `identity-conflicts`; identity writes
 * `identities`, `persons`, `personHistory` and `workItems`; the archiver writes the rest; of
 * `watermarks` each those of the topics it reads. Those of `patient-events.v1` say how far the live
 * generation is.
 */
export const collectionsOf = (db: Db, generation = 1) => ({
  patients: db.collection<PatientHead>(nameIn('patients', generation)),
  entries: db.collection<Entry>(nameIn('entries', generation)),
  projections: db.collection<Projection>(nameIn('projections', generation)),
  withdrawals: db.collection<DecidedMessage>('withdrawals'),
  held: db.collection<HeldEvent>(nameIn('held', generation)),
  identityConflicts: db.collection<IdentityConflict>('identity-conflicts'),
  messages: db.collection<LedgerMessage>('messages'),
  archiveObjects: db.collection<ArchiveObject>('archive-objects'),
  feeds: db.collection<Feed>('feeds'),
  parkedEarly: db.collection<ParkedEarly>('parked-early'),
  withdrawnEarly: db.collection<WithdrawnEarly>('withdrawn-early'),
  epoch: db.collection<Epoch & { _id: 'epoch' }>('epoch'),
  feedGaps: db.collection<FeedGaps>('feed-gaps'),
  watermarks: db.collection<Watermark>('watermarks'),
  identities: db.collection<Identity>('identities'),
  persons: db.collection<StoredPerson>('persons'),
  personHistory: db.collection<PersonState>('person-history'),
  workItems: db.collection<WorkItem>('work-items'),
  identityState: db.collection<IdentityState>('identity-state'),
})

export type Collections = ReturnType<typeof collectionsOf>
