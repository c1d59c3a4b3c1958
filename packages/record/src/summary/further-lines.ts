import type { Entry, Stated, Statement } from '@tideway/schemas/documents/entry'
import type { PatientHead, StatementLine } from '@tideway/schemas/documents/head'
import type { Performer, Practitioner } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { dayAt } from '@tideway/time/time-zone'
import { sentAtOf } from '../entries/version.ts'
import { wordOf } from './amount-words.ts'
import { dayWords } from './day-words.ts'
import { cut, lineOf } from './line.ts'
import { medicineLine, productKept, productOfLine } from './medicines/medicine-line.ts'
import { noKnownAllergiesIn } from './no-known-allergies.ts'
import { noKnownWords } from './no-known-words.ts'
import { shownFields } from './shown-fields.ts'
import { conditionWords, isOfVisit, maxLongLine, standingIn } from './statement-lines.ts'

/** Wall clock of the days in words. */
const wallClock = 'Europe/London'

const nameOf = (person: Practitioner | null | undefined): string | null =>
  person == null
    ? null
    : [person.prefix, ...person.given, person.family].filter((part) => part).join(' ') ||
      person.identifier

const performerName = (performer: Performer | null): string | null =>
  nameOf(performer?.practitioner) ?? performer?.organisation?.name ?? null

/** When and by whom it was recorded, else when the message that says so was made. */
const recordedWords = ({ recordedAt, recorder, reporter, version }: Stated<'allergy'>): string => {
  const when =
    recordedAt === null
      ? `said ${dayWords(dayAt(sentAtOf(version), wallClock))}`
      : `recorded ${dayWords(recordedAt)}`
  const who = nameOf(recorder) ?? performerName(reporter)
  return who === null ? when : `${when} by ${who}`
}

/** The line of a statement that no allergies of a kind are known; null for an allergy. */
export const noKnownLineOf = (entry: Entry): StatementLine | null => {
  const data = standingIn(entry, 'allergy')
  if (data === null || data.sameAs !== undefined) return null
  const fields = shownFields(data)
  const noKnown = noKnownAllergiesIn(fields.code)
  if (noKnown === null) return null
  const text = `${noKnownWords(noKnown, wordOf(fields.code))}, ${recordedWords(fields)}`
  return lineOf(entry, data as unknown as Statement, cut(text, maxLongLine), { noKnown })
}

/**
 * The line of a diagnosis made at a visit, shown while the visit goes on. One that its sender marks
 * active is among the problems anyway.
 */
export const visitDiagnosisLineOf = (entry: Entry): StatementLine | null => {
  const data = standingIn(entry, 'condition')
  if (data === null || (data.status !== 'reported' && data.status !== 'unknown')) return null
  const fields = shownFields(data)
  const text = conditionWords(fields)
  if (text === null || fields.encounterId === null || !isOfVisit(fields)) return null
  return lineOf(entry, data as unknown as Statement, text, {
    encounterId: fields.encounterId,
    toldAt: new Date(sentAtOf(fields.version)),
  })
}

const orderedProduct = (order: string, line: StatementLine): string =>
  JSON.stringify([order, productOfLine(line)])

/**
 * Prescriptions among the lines that are known to stand, each with its product: not an order that
 * was only told again beside its dispense, nor one not to give it. One whose number was used again
 * may not be the one that was dispensed.
 */
export const currentOrders = ({ medicines }: Pick<PatientHead, 'medicines'>): ReadonlySet<string> =>
  new Set(
    medicines
      .filter(
        ({ status, usedAgain, doNotPerform }) =>
          status !== 'unknown' && usedAgain !== true && doNotPerform !== true,
      )
      .map((line) => orderedProduct(line.entry, line)),
  )

/**
 * Whether the line of its order says what was dispensed. Another product under the same order, as
 * of a kit, or dispensed instead, is not in that line; nor is another name of it, which may be.
 */
export const isSaidByOrder = (line: StatementLine, orders: ReadonlySet<string>): boolean =>
  line.order !== undefined && orders.has(orderedProduct(line.order, line))

const underWay: ReadonlySet<string> = new Set(['active', 'in-progress'])

/** `dispensed 27-Nov-2026`. */
const dispensedWords = (status: string, dispensedAt: string | null): string => {
  const what = underWay.has(status) ? 'being dispensed' : 'dispensed'
  return dispensedAt === null ? `${what}, day not sent` : `${what} ${dayWords(dispensedAt)}`
}

/** The line of a medicine that was dispensed, with the prescription it was dispensed for. */
export const dispenseLineOf = (entry: Entry): StatementLine | null => {
  const data = standingIn(entry, 'dispense')
  if (data === null) return null
  const fields = shownFields(data)
  const line = medicineLine(fields)
  if (line === null) return null
  const said = `, ${dispensedWords(data.status, fields.dispensedAt)}`
  const order = fields.prescriptionId
  return lineOf(
    entry,
    data as unknown as Statement,
    `${cut(line, maxLongLine - said.length)}${said}`,
    {
      ...productKept(fields),
      ...(order === null ? {} : { order: entryIdOf(entry.patient, 'prescription', order) }),
    },
  )
}
