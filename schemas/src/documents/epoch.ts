/**
 * What says that log, object store and database belong together. The same record is in the bucket
 * (`epoch.json`) and in the database (collection `epoch`); of the log it names the topics by the
 * ids that Kafka gave them, which no other topic ever has.
 */
export type Epoch = {
  id: string
  /**
   * How many logs there have been: 1 for the first. Partitions of later ones have numbers of their
   * own in archive and ledger; see `archivePartitionOf`.
   */
  log: number
  /** Id of each topic, by name. */
  topics: Record<string, string>
  /** Where the archive begins in this log, by partition; 0 where absent. */
  from: Record<string, number>
  madeAt: string
}

const numbersPerLog = 1_000

/**
 * The number under which archive and ledger know a partition of `raw-messages.v1`. Offsets of a log
 * that was made anew begin at 0 again: they must not be taken for those of the log before.
 *
 * @param log  see `Epoch`
 */
export const archivePartitionOf = (log: number, partition: number): number =>
  (log - 1) * numbersPerLog + partition

/** What was found in one of the three; null: it did not answer. */
type Found = { epoch: Epoch | null; isEmpty: boolean } | null

export type EpochEvidence = {
  /** Ids of the topics that exist; `isEmpty`: nothing of them was ever archived or projected. */
  log: { topics: Readonly<Record<string, string>>; isEmpty: boolean } | null
  database: Found
  /** Absent if the service does not use it. */
  bucket?: Found
  /**
   * Places of the log up to which the database has it, and the end of the log there; absent if not
   * looked at.
   */
  reached?: readonly { topic: string; partition: number; next: number; end: number }[]
  /** Places up to which a consumer group has committed, and up to which the database shows it. */
  handled?: readonly { topic: string; partition: number; committed: number; shown: number }[]
}

/** Why the three do not belong together, or it is not known. */
export type EpochReason =
  | 'NOT_REACHED'
  | 'NO_EPOCH'
  | 'DIFFERENT_EPOCHS'
  | 'DATABASE_WITHOUT_EPOCH'
  | 'BUCKET_WITHOUT_EPOCH'
  | 'LOG_MADE_ANEW'
  | 'LOG_SHORTER'
  | 'DATABASE_OLDER'
  | 'BUCKET_OLDER'

export type EpochVerdict =
  | { state: 'yes'; epoch: Epoch }
  /** All are empty: the first start. */
  | { state: 'new' }
  | { state: 'no'; reason: EpochReason; detail: string }
  | { state: 'unknown'; reason: 'NOT_REACHED'; detail: string }

/** What each reason means, and the command that mends it. */
export const epochReasons: Record<EpochReason, { meaning: string; command: string | null }> = {
  NOT_REACHED: { meaning: 'one of log, database and object store does not answer', command: null },
  NO_EPOCH: {
    meaning: 'there is data, and nothing says that log, database and object store belong together',
    command: 'npm run restore -- adopt',
  },
  DIFFERENT_EPOCHS: {
    meaning: 'database and object store are of different installations: check their settings',
    command: null,
  },
  DATABASE_WITHOUT_EPOCH: {
    meaning: 'the database is not that of this object store, or was lost',
    command: 'npm run restore -- database',
  },
  BUCKET_WITHOUT_EPOCH: {
    meaning: 'the object store is not that of this database, or was lost',
    command: 'npm run restore -- bucket',
  },
  LOG_MADE_ANEW: {
    meaning: 'a topic was made anew',
    command: 'npm run restore -- log',
  },
  LOG_SHORTER: {
    meaning: 'the log ends before what the database has of it: it was restored from an older state',
    command: 'npm run restore -- log',
  },
  DATABASE_OLDER: {
    meaning: 'the database has less than was written to it: it was restored from an older state',
    command: 'npm run restore -- database',
  },
  BUCKET_OLDER: {
    meaning: 'the object store was restored from an older state',
    command: 'npm run restore -- bucket',
  },
}

const no = (reason: EpochReason, detail = ''): EpochVerdict => ({ state: 'no', reason, detail })

const changedTopic = (epoch: Epoch, topics: Readonly<Record<string, string>>) =>
  Object.entries(epoch.topics).find(([name, id]) => topics[name] !== id)?.[0] ?? null

const placeOf = ({ topic, partition }: { topic: string; partition: number }) =>
  `${topic}/${partition}`

const allEmpty = ({ log, database, bucket }: EpochEvidence): boolean =>
  log?.isEmpty === true && database?.isEmpty === true && bucket?.isEmpty !== false

/** What speaks against one of the records, or against the log that they name. */
const contradiction = (
  { log, database, bucket }: EpochEvidence,
  inDatabase: Epoch | null,
  inBucket: Epoch | null,
): EpochVerdict | null => {
  if (inDatabase === null) {
    const isLost = inBucket !== null || (bucket === undefined && database?.isEmpty === true)
    return no(isLost ? 'DATABASE_WITHOUT_EPOCH' : 'NO_EPOCH')
  }
  if (bucket !== undefined && inBucket === null) return no('BUCKET_WITHOUT_EPOCH')
  if (inBucket !== null && inBucket.id !== inDatabase.id) return no('DIFFERENT_EPOCHS')
  if (inBucket !== null && inBucket.log !== inDatabase.log)
    return no(inBucket.log > inDatabase.log ? 'DATABASE_OLDER' : 'BUCKET_OLDER', 'another log')
  const changed = changedTopic(inDatabase, log?.topics ?? {})
  return changed === null ? null : no('LOG_MADE_ANEW', changed)
}

/** Which of them is behind what was written to it. */
const stale = ({ reached = [], handled = [] }: EpochEvidence): EpochVerdict | null => {
  const beyond = reached.find(({ next, end }) => next > end)
  if (beyond !== undefined) return no('LOG_SHORTER', placeOf(beyond))
  const older = handled.find(({ committed, shown }) => shown < committed)
  return older === undefined ? null : no('DATABASE_OLDER', placeOf(older))
}

/**
 * Whether log, database and object store belong together. Pure. Nothing is taken to belong by its
 * name alone, and what cannot be looked at is not known.
 */
export const judgeEpoch = (evidence: EpochEvidence): EpochVerdict => {
  const { log, database, bucket } = evidence
  const missing = Object.entries({ log, database, bucket }).find(([, found]) => found === null)
  if (missing !== undefined)
    return { state: 'unknown', reason: 'NOT_REACHED', detail: `${missing[0]} does not answer` }
  const [inDatabase, inBucket] = [database?.epoch ?? null, bucket?.epoch ?? null]
  const isPartly = inDatabase === null || (bucket !== undefined && inBucket === null)
  if (isPartly && allEmpty(evidence)) return { state: 'new' }
  return (
    contradiction(evidence, inDatabase, inBucket) ??
    stale(evidence) ?? { state: 'yes', epoch: inDatabase as Epoch }
  )
}

/** A verdict as one line: what is wrong, where, and the command that mends it. */
export const verdictText = (verdict: Extract<EpochVerdict, { reason: EpochReason }>): string => {
  const { meaning, command } = epochReasons[verdict.reason]
  const where = verdict.detail === '' ? '' : ` (${verdict.detail})`
  return `${meaning}${where}${command === null ? '' : `: ${command}`}`
}
