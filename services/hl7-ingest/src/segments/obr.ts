import type { Coded, ResultReported } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import type { Context } from '../mapping.ts'
import { componentsOf, fieldPlace, raw, repetitions, type Segment, text } from '../parse.ts'
import { codedInPart, readCoded } from '../values/ce.ts'
import { optionalTime } from '../values/timestamp.ts'
import { readNamedWithDate, readPractitioners } from '../values/xcn.ts'
import { readNotes } from './nte.ts'
import type { ResultGroup } from './result-groups.ts'

type Header = Omit<ResultReported, 'encounterId' | 'observations'>

const noService: Coded = { code: null, text: null, system: null, alternateCode: null, alternateText: null, alternateSystem: null }

/**
 * The report of one OBR with its ORC, SPM and notes, without its observations.
 *
 * @throws IngestError MISSING_FIELD at OBR-4 if neither a number nor a service tells one report from another
 */
export const readReport = ({ orc, obr, specimens, notes }: ResultGroup, patientKey: string, context: Context): Header => {
  const time = (field: number) => optionalTime(obr, field, context)
  const placerNumber = text(obr, 2) ?? (orc === null ? null : text(orc, 2))
  const fillerNumber = text(obr, 3) ?? (orc === null ? null : text(orc, 3))
  if (orc !== null) useEchoes(orc, obr)
  const service = readCoded(obr, 4) ?? noService
  const collectedAt = time(7)
  const issuedAt = time(22)
  const name = service.code ?? service.text ?? service.alternateCode ?? service.alternateText
  const number = fillerNumber ?? placerNumber
  if (name === null && number === null) throw new IngestError('MISSING_FIELD', fieldPlace(obr, 4))
  const requesters = readPractitioners(obr, 16)
  return {
    type: 'ResultReported',
    reportId: businessKey(number, name, collectedAt ?? issuedAt, patientKey, context),
    placerNumber,
    fillerNumber,
    service,
    status: text(obr, 25),
    section: text(obr, 24),
    requestedAt: time(6) ?? (orc === null ? null : optionalTime(orc, 9, context)),
    collectedAt,
    receivedAt: time(14),
    issuedAt,
    specimen: readSpecimen(obr, specimens),
    requesters: requesters.length > 0 || orc === null ? requesters : readPractitioners(orc, 12),
    interpreters: readNamedWithDate(obr, 32),
    notes: readNotes(notes),
    copyTo: readPractitioners(obr, 28),
  }
}

/** ORC says again what OBR says: a value that is the same there has been used. */
const useEchoes = (orc: Segment, obr: Segment): void => {
  for (const [inOrc, inObr] of [[2, 2], [3, 3], [9, 6], [12, 16]] as const) if (orc.fields[inOrc] === obr.fields[inObr]) raw(orc, inOrc)
}

/**
 * Filler (else placer) number and service, else service and time. Numbers are one sender's own: where it is not the patient's
 * organisation it stands before them, so that two laboratories of one trust never meet in one report.
 */
const businessKey = (number: string | null, service: string | null, at: string | null, patientKey: string, { source }: Context): string => {
  const sender = patientKey.startsWith(`${source.ods}|`) ? '' : `${source.ods}:`
  return number === null ? `${sender}${service}@${at ?? ''}` : `${sender}${number}^${service ?? ''}`
}

const readSpecimen = (obr: Segment, specimens: readonly Segment[]): Coded | null => {
  const first = specimens[0]
  const named = first === undefined ? null : readCoded(first, 4)
  if (named !== null) return named
  const source = repetitions(obr, 15)[0]
  return source === undefined ? null : codedInPart(obr.message, componentsOf(obr.message, source)[0])
}
