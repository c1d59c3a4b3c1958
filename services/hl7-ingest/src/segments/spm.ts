import { type Practitioner, type Specimen, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../mapping.ts'
import { componentsOf, decoded, firstPart, firstRepetition, leaveUnread, type PartsRead, placeOf, repetitions, type Segment, text } from '../parse.ts'
import { codedInPart, readCoded, readCodes } from '../values/ce.ts'
import { readQuantity } from '../values/cq.ts'
import { readNumberPair, readOneNumberEach } from '../values/eip.ts'
import { timeOf } from '../values/period.ts'
import { optionalTime } from '../values/timestamp.ts'
import type { ResultGroup } from './result-groups.ts'

/** What an order says of its specimen beside SPM, or before there was one. */
type FromOrder = { collectors: readonly Practitioner[]; collectedAt: string | null; collectedUntil: string | null; receivedAt: string | null }

/**
 * Every specimen of an order: SPM, each with the container after it; where there is none, the one of OBR-15.
 *
 * @see HL7 v2.5.1 chapter 7.4.3, SPM
 */
export const readSpecimens = ({ obr, specimens, about }: Pick<ResultGroup, 'obr' | 'specimens' | 'about'>, order: FromOrder, context: Context): Specimen[] => {
  const container = about.find(({ name }) => name === 'SAC')
  const containerId = container === undefined ? null : text(container, 3)
  const collector = order.collectors[0] ?? null
  if (specimens.length > 0) return specimens.map((spm) => ({ ...readSpecimen(spm, context), collector, containerId }))
  const source = readSource(obr)
  if (source === null && containerId === null) return []
  const { collectedAt, collectedUntil, receivedAt } = order
  return [{ ...unsaid.Specimen(), ...source, collectedAt, collectedUntil, receivedAt, collector, containerId, amount: readQuantity(obr, 9) }]
}

const readSpecimen = (spm: Segment, context: Context): Specimen => {
  const { placer, filler } = readNumberPair(spm, 2)
  const [collectedAt, collectedUntil] = readRange(spm, 17)
  return {
    ...unsaid.Specimen(),
    specimenId: filler ?? placer,
    placerId: filler === null ? null : placer,
    parentIds: readOneNumberEach(spm, 3),
    type: readCoded(spm, 4),
    modifiers: readCodes(spm, 5),
    additives: readCodes(spm, 6),
    method: readCoded(spm, 7),
    site: readCoded(spm, 8),
    siteModifiers: readCodes(spm, 9),
    role: readCoded(spm, 11),
    amount: readQuantity(spm, 12),
    description: repetitions(spm, 14).map((one) => decoded(spm.message, one)).filter((one) => one !== null),
    handling: readCodes(spm, 15),
    risks: readCodes(spm, 16),
    collectedAt,
    collectedUntil,
    receivedAt: optionalTime(spm, 18, context),
    expiresAt: optionalTime(spm, 19, context),
    available: text(spm, 20),
    rejected: readCodes(spm, 21),
    quality: readCoded(spm, 22),
    condition: readCodes(spm, 24),
    container: readCoded(spm, 27),
    place: placeOf(spm),
  }
}

/** DR: from, until. HL7 v2.5.1 chapter 2A.20. */
const readRange = (spm: Segment, field: number): [string | null, string | null] => {
  const first = firstRepetition(spm, field)
  if (first === undefined) return [null, null]
  const components = componentsOf(spm.message, first)
  leaveUnread(spm, field, components, [1, 1])
  return [timeOf(spm.message, components[0]), timeOf(spm.message, components[1])]
}

/** SPS-1 to 7: source, additives, text, body site, site modifier, method, role. HL7 v2.5.1 chapter 2A.72. */
const readSps: PartsRead = [6, 6, 1, 6, 6, 6, 6]

const readSource = (obr: Segment): Partial<Specimen> | null => {
  const first = firstRepetition(obr, 15)
  if (first === undefined) return null
  const { message } = obr
  const components = componentsOf(message, first)
  leaveUnread(obr, 15, components, readSps)
  const one = (n: number) => codedInPart(message, components[n])
  const list = (n: number) => [one(n)].filter((coded) => coded !== null)
  const described = firstPart(message, components[2])
  return { type: one(0), additives: list(1), description: described === null ? [] : [described], site: one(3), siteModifiers: list(4), method: one(5), role: one(6) }
}
