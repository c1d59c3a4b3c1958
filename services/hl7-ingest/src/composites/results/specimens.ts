import { optionalTime } from '../../datatypes/time-field.ts'
import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstPart,
  firstRepetition,
  repetitions,
  text,
} from '@tideway/hl7v2/lexer/fields'
import { type Practitioner, type Specimen, unsaid } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { codedInPart, readCoded, readCodes } from '../../datatypes/ce.ts'
import { readQuantity } from '../../datatypes/cq.ts'
import { readIdentifiers } from '../../datatypes/cx.ts'
import { readNumberAlone } from '../../datatypes/ei.ts'
import { readNumberPair, readNumberPairs } from '@tideway/hl7v2/datatypes/eip'
import { readAmount } from '../../datatypes/quantity.ts'
import { timeOf } from '@tideway/hl7v2/datatypes/period'
import { notesBelow } from '../../groups/notes-below.ts'
import { readNotes } from '../../segments/nte.ts'
import type { ResultGroup } from '../../groups/result-groups.ts'

/** Specimen fields of an order besides SPM. */
type FromOrder = {
  collectors: readonly Practitioner[]
  collectedAt: string | null
  collectedUntil: string | null
  receivedAt: string | null
}

/**
 * Specimens of an order: each SPM with the container after it; without SPM, the one of OBR-15.
 *
 * @see HL7 v2.5.1 chapter 7.4.3, SPM
 */
export const readSpecimens = (
  { obr, specimens, about }: Pick<ResultGroup, 'obr' | 'specimens' | 'about'>,
  order: FromOrder,
  context: Context,
): Specimen[] => {
  const containers = about.filter(({ name }) => name === 'SAC')
  const collector = order.collectors[0] ?? null
  if (specimens.length > 0)
    return specimens.map((spm, at) => {
      const container = containerOf(spm, specimens[at + 1], containers)
      const contained = containedIn(container)
      const notes = [spm, container].filter((one) => one !== undefined).map(notesBelow)
      return {
        ...readSpecimen(spm, context),
        collector,
        ...contained,
        ...readSpecimenNotes(notes),
      }
    })
  const source = readSource(obr)
  const contained = containedIn(containers[0])
  if (source === null && contained === null) return []
  const { collectedAt, collectedUntil, receivedAt } = order
  return [
    {
      ...unsaid.Specimen(),
      ...source,
      ...readCollected(obr),
      collectedAt,
      collectedUntil,
      receivedAt,
      collector,
      ...contained,
    },
  ]
}

/**
 * Notes below SPM (since v2.7) and its container. A specimen has no authors or times of notes: they
 * are listed as unused.
 */
const readSpecimenNotes = (notes: Segment[][]): Pick<Specimen, 'notes'> => ({
  notes: notes.flatMap((one) => readNotes(one)),
})

/**
 * The container between a specimen and the next; elsewhere it may hold another specimen. Of several
 * the first is used.
 */
const containerOf = (
  spm: Segment,
  next: Segment | undefined,
  containers: readonly Segment[],
): Segment | undefined =>
  containers.find(({ base }) => base > spm.base && (next === undefined || base < next.base))

/** OBR-9 and OBR-39: collection volume and the collector's comments. */
const readCollected = (obr: Segment): Pick<Specimen, 'amount' | 'notes'> => ({
  amount: readQuantity(obr, 9),
  notes: repetitions(obr, 39)
    .map((repetition) => readRemark(obr, repetition))
    .filter((note) => note !== null),
})

/** Text of a comment, else its code; the unused one is listed. */
const readRemark = (obr: Segment, repetition: string): string | null => {
  const components = componentsOf(obr.message, repetition)
  const words = firstPart(obr.message, components[1])
  leaveUnread(obr, 39, components, words === null ? [1] : [0, 1])
  return words ?? firstPart(obr.message, components[0])
}

/**
 * The specimen of OBR-15, OBR-9 and OBR-39 if there is an SPM too: the specimen as ordered, not an
 * additional one.
 */
export const readOrderedSpecimen = (
  obr: Segment,
  specimens: readonly Segment[],
): Specimen | null => {
  if (specimens.length === 0) return null
  const source = readSource(obr)
  const collected = readCollected(obr)
  return source === null && collected.amount === null && collected.notes.length === 0
    ? null
    : { ...unsaid.Specimen(), ...source, ...collected }
}

const readSpecimen = (spm: Segment, context: Context): Specimen => {
  const { placer, filler } = readNumberPair(spm, 2)
  const [collectedAt, collectedUntil] = readRange(spm, 17)
  return {
    ...unsaid.Specimen(),
    specimenId: filler ?? placer,
    placerId: filler === null ? null : placer,
    ...readParents(spm),
    type: readCoded(spm, 4),
    modifiers: readCodes(spm, 5),
    additives: readCodes(spm, 6),
    method: readCoded(spm, 7),
    site: readCoded(spm, 8),
    siteModifiers: readCodes(spm, 9),
    role: readCoded(spm, 11),
    amount: readQuantity(spm, 12),
    description: repetitions(spm, 14)
      .map((one) => decoded(spm.message, one))
      .filter((one) => one !== null),
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
    accessions: readIdentifiers(spm, 30, context.source),
    otherIds: readIdentifiers(spm, 31, context.source),
    shipmentId: readNumberAlone(spm, 32),
    place: placeOf(spm),
  }
}

/** The filler's number of each parent specimen, else the placer's; both if both were sent. */
const readParents = (spm: Segment): Pick<Specimen, 'parentIds' | 'parentPlacerIds'> => {
  const pairs = readNumberPairs(spm, 3)
  return {
    parentIds: pairs.map(({ placer, filler }) => filler ?? placer).filter((id) => id !== null),
    parentPlacerIds: pairs
      .map(({ placer, filler }) => (filler === null ? null : placer))
      .filter((id) => id !== null),
  }
}

/** SAC: numbers, capacity and available volume. HL7 v2.5.1 chapter 13.4.3. */
const containedIn = (sac: Segment | undefined): Partial<Specimen> | null =>
  sac === undefined
    ? null
    : {
        containerId: text(sac, 3),
        containerAccession: readNumberAlone(sac, 2),
        containerVolume: readAmount(sac, 21, 24),
        availableVolume: readAmount(sac, 22, 24),
      }

/** DR: from, until. HL7 v2.5.1 chapter 2A.20. */
const readRange = (spm: Segment, field: number): [string | null, string | null] => {
  const first = firstRepetition(spm, field)
  if (first === undefined) return [null, null]
  const components = componentsOf(spm.message, first)
  leaveUnread(spm, field, components, [1, 1])
  return [timeOf(spm.message, components[0]), timeOf(spm.message, components[1])]
}

/**
 * SPS-1 to 7: source, additives, text, body site, site modifier, method, role. HL7 v2.5.1 chapter
 * 2A.72.
 */
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
  return {
    type: one(0),
    additives: list(1),
    description: described === null ? [] : [described],
    site: one(3),
    siteModifiers: list(4),
    method: one(5),
    role: one(6),
  }
}
