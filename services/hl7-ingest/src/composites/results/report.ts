import { codeName } from '@tideway/record/keys/business-key'
import { preferredNumber, reportKey } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../../datatypes/time-field.ts'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstRepetition,
  repetitions,
  text,
} from '@tideway/hl7v2/lexer/fields'
import { type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import type { Context } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart, readCoded, readCodes } from '../../datatypes/ce.ts'
import { categoryOf, modalityOf } from '../../tables/diagnostic-section.ts'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { numberIn, readNumberAlone } from '../../datatypes/ei.ts'
import { firstNumbers, readNumberPair } from '@tideway/hl7v2/datatypes/eip'
import { readReportStatus } from '@tideway/record/status/report-status'
import { readNamedTimes } from '../../datatypes/ndl.ts'
import { readNamedWithDate, readPractitioners } from '../../datatypes/xcn.ts'
import { readLines } from '../../datatypes/words.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'
import { assigned, scopeOf } from '../../keys/business-key.ts'
import { readContactPerson } from '../../segments/ctd.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import { readOrder } from './result-order.ts'
import { readImaging } from './imaging.ts'
import type { ResultGroup } from '../../groups/result-groups.ts'
import { readParticipants } from '../../segments/prt.ts'
import { readOrderedSpecimen, readSpecimens } from './specimens.ts'
import { readTq1 } from '../../segments/tq1.ts'

export type OrderReport = Omit<ResultReported, 'encounterId' | 'observations'>

/**
 * The report of one OBR with its ORC, SPM, IPC and notes; its observations are read separately.
 *
 * @throws IngestError MISSING_FIELD at OBR-4 if neither a number nor a service identifies the
 *   report
 */
export const readReport = (
  group: ResultGroup,
  patientKey: string,
  context: Context,
): OrderReport => {
  const { obr, about, notes, participants } = group
  const time = (field: number) => optionalTime(obr, field, context)
  const order = readOrder(group, context)
  const service = readCoded(obr, 4) ?? unsaid.Coded()
  const collectors = readPractitioners(obr, 10)
  const taken = { collectedAt: time(7), collectedUntil: time(8), receivedAt: time(14) }
  const specimens = readSpecimens(group, { ...taken, collectors }, context)
  const issuedAt = time(22)
  const name = codeName(service)
  const number = preferredNumber('report', {
    placer: numberIn({ number: order.placerNumber, authority: order.placerAuthority }),
    filler: numberIn({ number: order.fillerNumber, authority: order.fillerAuthority }),
  })
  if (name === null && number === null) throw new IngestError('MISSING_FIELD', fieldPlace(obr, 4))
  const section = text(obr, 24)
  const imaging = readImaging(about)
  // Named one by one: a second spread takes as long as the rest of the literal.
  const { status, statusAsSent, statusSystem } = readReportStatus(text(obr, 25), 'HL70123')
  const remarks = readNotesWithDetails([notes], context)
  const parent = readParent(group, order)
  return {
    ...order,
    collectedUntil: taken.collectedUntil,
    collectedAt: taken.collectedAt ?? specimens[0]?.collectedAt ?? null,
    receivedAt: taken.receivedAt ?? specimens[0]?.receivedAt ?? null,
    parentResult: parent.result,
    parentSubId: parent.subId,
    parentValue: parent.value,
    parentPlacerNumber: parent.numbers.placer,
    parentFillerNumber: parent.numbers.filler,
    reportId: reportKey(
      assigned(number, context),
      name,
      taken.collectedAt ?? issuedAt,
      scopeOf(patientKey, context),
    ),
    service,
    status,
    statusAsSent,
    statusSystem,
    section,
    category: categoryOf(section, context.source),
    issuedAt,
    specimen: specimens[0]?.type ?? null,
    specimens,
    orderedSpecimen: readOrderedSpecimen(obr, group.specimens),
    bodySites: specimens.map(({ site }) => site).filter((site) => site !== null),
    collectors,
    interpreters: readNamedWithDate(obr, 32),
    assistants: readNamedWithDate(obr, 33),
    technicians: readNamedWithDate(obr, 34),
    transcriptionists: readNamedWithDate(obr, 35),
    principals: [
      ...readNamedTimes(obr, 32, 'INTERPRETER'),
      ...readNamedTimes(obr, 33, 'ASSISTANT'),
      ...readNamedTimes(obr, 34, 'TECHNICIAN'),
      ...readNamedTimes(obr, 35, 'TRANSCRIPTIONIST'),
    ],
    notes: remarks.notes,
    noteDetails: remarks.noteDetails,
    supplementalServices: [...readCodedList(obr, 46), ...readCodedList(obr, 47)],
    contacts: about.filter(({ name: segment }) => segment === 'CTD').map(readContactPerson),
    otherNumbers: [readNumberAlone(obr, 53)].filter((one) => one !== null),
    participants: participants.flatMap((prt) => readParticipants(prt, context)),
    copyTo: readPractitioners(obr, 28),
    callback: [...readTelecoms(obr, 17), ...order.callback],
    reasons: readCodes(obr, 31),
    clinicalInformation: readLines(obr, 13),
    danger: readLines(obr, 12),
    fillerFields: readFillerFields(obr),
    scheduledAt: time(36),
    procedure: readCoded(obr, 44),
    procedureModifiers: readCodes(obr, 45),
    priority: readPriority(group),
    timing: readTq1(about.filter(({ name }) => name === 'TQ1').slice(0, 1), context)[0] ?? null,
    accessionNumber: imaging.accessionNumber,
    studyUid: imaging.studyUid,
    modality: imaging.modality ?? modalityOf(section),
  }
}

/** OBR-18 to 21: text for the placer's and the filler's own use. */
const readFillerFields = (obr: Segment): string[] => {
  const found: string[] = []
  for (const field of fillerFields)
    for (const one of repetitions(obr, field)) {
      const words = decoded(obr.message, one)
      if (words !== null) found.push(words)
    }
  return found
}
const fillerFields = [18, 19, 20, 21]

/**
 * The parent result, such as the organism of a sensitivity (OBR-26, data type PRL), and its order
 * (OBR-29, else OBR-54, else ORC-8).
 */
const readParent = (
  { orc, obr }: ResultGroup,
  order: Pick<OrderReport, 'parentPlacerNumber' | 'parentFillerNumber'>,
) => {
  const { message } = obr
  const components = componentsOf(message, firstRepetition(obr, 26) ?? '')
  leaveUnread(obr, 26, components, [6, 1, 1])
  const ofOrc = { placer: order.parentPlacerNumber, filler: order.parentFillerNumber }
  const numbers = firstNumbers([
    { segment: obr, field: 29, pair: readNumberPair(obr, 29) },
    { segment: obr, field: 54, pair: readNumberPair(obr, 54) },
    ...(orc === null ? [] : [{ segment: orc, field: 8, pair: ofOrc }]),
  ])
  return {
    result: codedInPart(message, components[0]),
    subId: decoded(message, components[1]),
    value: decoded(message, components[2]),
    numbers,
  }
}

/** OBR-27.1 of a service that is not repeated: the default. HL7 v2.3.1 chapter 4.4.1. */
const once = '1'

/** TQ1-9, else OBR-27.6, else OBR-5. */
const readPriority = ({ obr, about }: ResultGroup): string | null => {
  const timing = about.find(({ name }) => name === 'TQ1')
  const inTiming = timing === undefined ? null : text(timing, 9)
  if (inTiming !== null) return inTiming
  const components = componentsOf(obr.message, firstRepetition(obr, 27) ?? '')
  leaveUnread(obr, 27, components, [components[0] === once ? 1 : 0, 0, 0, 0, 0, 1])
  return decoded(obr.message, components[5]) ?? text(obr, 5)
}
