import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { everParked } from '@tideway/archiver/restore/ever-parked'
import { everWithdrawn } from '@tideway/archiver/restore/ever-withdrawn'
import type { Mongo } from '@tideway/mongo/client'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { toldByMessage } from '../withdraw/told-by-message.ts'
import { parkedFile, withdrawnFile } from './places.ts'

type About = Pick<LedgerMessage, 'source' | 'patientKeys'> & { messageId: string }

/** A message that was ever parked, and what became of it. */
export type ParkedMessage = About & { parked: NonNullable<LedgerMessage['parked']> }

/** A message that was ever withdrawn, and every patient of whose record it was part. */
export type WithdrawnMessage = About & { withdrawn: NonNullable<LedgerMessage['withdrawn']> }

/** What was decided about messages, by id: the log has it, and the archive does not. */
export type Decided = {
  parked: Map<string, ParkedMessage>
  withdrawn: Map<string, WithdrawnMessage>
}

/** What the ledger says was decided. */
export const decidedInLedger = async (mongo: Mongo): Promise<Decided> => {
  const decided: Decided = { parked: new Map(), withdrawn: new Map() }
  for await (const { _id: messageId, source, patientKeys, parked } of everParked(mongo))
    if (parked !== null) decided.parked.set(messageId, { messageId, source, patientKeys, parked })
  for await (const { _id: messageId, source, patientKeys, withdrawn } of everWithdrawn(mongo)) {
    const told = (await toldByMessage({ mongo }, messageId)).map(({ patient }) => patient)
    const patients = [...new Set([...patientKeys, ...told])]
    decided.withdrawn.set(messageId, { messageId, source, patientKeys: patients, withdrawn })
  }
  return decided
}

const write = (folder: string, file: string, all: ReadonlyMap<string, unknown>): void =>
  writeFileSync(
    join(folder, file),
    [...all.values()].map((one) => `${JSON.stringify(one)}\n`).join(''),
  )

/** Writes it into the folder of a backup. */
export const writeDecided = (folder: string, { parked, withdrawn }: Decided): void => {
  write(folder, parkedFile, parked)
  write(folder, withdrawnFile, withdrawn)
}

/** Of an earlier release, a backup has no file of withdrawn messages. */
const read = <T extends About>(folder: string, file: string): [string, T][] =>
  existsSync(join(folder, file))
    ? readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as T)
        .map((one) => [one.messageId, one])
    : []

/** What the ledger, and a backup if there is one, say was decided; the newest counts. */
export const everDecided = async (mongo: Mongo, folder: string | null): Promise<Decided> => {
  const decided = await decidedInLedger(mongo)
  if (folder === null) return decided
  for (const [id, one] of read<ParkedMessage>(folder, parkedFile))
    if ((decided.parked.get(id)?.parked.at ?? 0) < one.parked.at) decided.parked.set(id, one)
  for (const [id, one] of read<WithdrawnMessage>(folder, withdrawnFile))
    if ((decided.withdrawn.get(id)?.withdrawn.at ?? 0) < one.withdrawn.at)
      decided.withdrawn.set(id, one)
  return decided
}
