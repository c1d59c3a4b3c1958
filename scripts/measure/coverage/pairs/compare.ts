import { decoded } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { EventBody } from '@tideway/schemas/events.generated'
import { cellsOf } from '../cells.ts'
import { isItsOwnWord, toldElsewhere } from './elsewhere.ts'
import { type EventLeaf, type Unit, unitsOf } from './event-leaves.ts'
import { type Fact, factsOf, type Kind } from './facts.ts'
import { hasText, poolOf, type TextPool, timesLike } from './text-pool.ts'
import { isWorded, wordedAt } from './worded.ts'
import { hl7When, isoWhen, sameTime } from './wordings.ts'

/**
 * What two readings of one message have in common: of the facts of the other that stand in the
 * message, those in our events and those not; and ours that it lacks.
 */
export type Comparison = { held: Fact[]; missed: Fact[]; onlyOurs: EventLeaf[] }

/** Event types in which a fact of a kind counts as told. */
const tellers: Record<Kind, RegExp> = {
  identifiers: /^(Patient|Identifiers|Visit|Admission|Encounter)/,
  names: /^Patient/,
  dates: /^Patient/,
  demographics: /^Patient/,
  carers: /^(CareTeam|Patient)/,
  contacts: /^(Contact|Patient)/,
  visit:
    /^(Patient|Visit|Admission|Transfer|Discharge|Leave|Doctor|Encounter|Account|PreAdmission|CareTeam|Condition)/,
  observations: /^(Result|Observation|Immunization|Document|Appointment|Request|Medication)/,
  /**
   * The other converter makes a report of every OBR: in an order message it is what is asked for.
   */
  reports: /^(Result|Document|Request)/,
  specimens: /^(Result|Request)/,
  orders: /^(Request|Result|Medication|Immunization|Appointment)/,
  medicines: /^Medication/,
  immunisations: /^Immunization/,
  allergies: /^Allergy/,
  diagnoses: /^Condition/,
  procedures: /^Procedure/,
  appointments: /^Appointment/,
  documents: /^Document/,
}

/**
 * Who pays, and for what: no part of a care record, and not compared. A fact that also stands
 * elsewhere in the message is.
 *
 * @see HL7 v2.5.1 chapter 6, Financial Management
 */
const financial = new Set([
  'BLG',
  'DRG',
  'FT1',
  'GP1',
  'GP2',
  'GT1',
  'IN1',
  'IN2',
  'IN3',
  'UB1',
  'UB2',
])

/**
 * Texts of a message: each field whole, and each value in it; by field too, for what is said in a
 * code.
 */
const textsOf = (
  message: Hl7Message,
): { pool: TextPool; sentIn: Map<string, Set<string>>; isResult: boolean } => {
  const cells = cellsOf(message).filter(({ segment }) => !financial.has(segment.name))
  const sentIn = new Map<string, Set<string>>()
  for (const { segment, field, value } of cells) {
    const place = `${segment.name}-${field}`
    sentIn.set(place, (sentIn.get(place) ?? new Set()).add(value))
  }
  const whole = message.segments
    .slice(1)
    .filter(({ name }) => !financial.has(name))
    .flatMap(({ fields }) => fields.slice(1))
  const texts = [...cells.map(({ value }) => value), ...whole]
    .map((text) => decoded(message, text))
    .filter((text) => text !== null)
  return {
    pool: poolOf(texts, hl7When),
    sentIn,
    isResult: /^(ORU|OUL)/.test(message.segments[0]?.fields[9] ?? ''),
  }
}

/**
 * A value that was sent several times is one text in our events, a line each; in a part of a
 * document as sent: `60~120`.
 */
const leafPool = (units: readonly Unit[]): TextPool =>
  poolOf(
    units.flatMap(({ leaves }) => leaves.flatMap(({ value }) => [value, ...value.split(/[~\n]/)])),
    isoWhen,
  )

/**
 * Where the patient is, only what moves patients says of the visit (ADT); of a document, an order
 * or a dose the place is told itself.
 */
const placeTellers =
  /^(Visit|Admission|Transfer|Discharge|Patient|Request|Medication|Document|Immunization|Appointment)/

/** A29 deletes a person: what else it says than who it is, is of no record. */
const ofRemoved = new Set<Kind>(['identifiers', 'names', 'dates', 'demographics'])

/**
 * The number of a visit ties whatever the message tells of to it. The other converter makes one
 * role of all that are named by one code: the words beside it may be those of the care team.
 */
const isToldIn = ({ kind, path }: Fact, type: string): boolean =>
  tellers[kind].test(type) ||
  path === 'Encounter.identifier.value' ||
  (path.includes('>PractitionerRole.code') && tellers.carers.test(type))

/**
 * A note that stands below the document of an order (NTE after TXA) is the document's, and so is
 * who wrote it.
 */
const notesOfDocuments = (units: readonly Unit[]): Unit[] =>
  units
    .filter(({ type }) => type === 'DocumentReported')
    .map((unit) => ({
      ...unit,
      leaves: unit.leaves.filter(({ path }) => /^note(s|Details)\b/.test(path)),
    }))

/**
 * Where a fact must be told: an observation's in an observation of the same code; the text of a
 * document is one of the document's code.
 */
const unitsFor = (fact: Fact, units: readonly Unit[]): Unit[] => {
  const { kind, path, codes } = fact
  // The other converter makes an observation of an accident (ACC), under a code of its own.
  if (codes.includes('injury-incident'))
    return units.filter(
      ({ type, leaves }) =>
        tellers.visit.test(type) && leaves.some((leaf) => leaf.path.startsWith('visit.accident')),
    )
  // It makes a procedure of the certificate of a death (PDA-4 and 5): to us it is who stated the
  // causes of death, and when.
  if (codes.includes('death-certification'))
    return units.filter(
      ({ type, leaves }) =>
        type === 'ConditionReported' && leaves.some(({ value }) => value === 'cause-of-death'),
    )
  if (path === 'Patient>Organization.identifier.value')
    return units.filter(
      ({ type }) =>
        tellers.identifiers.test(type) || tellers.carers.test(type) || tellers.contacts.test(type),
    )
  if (path.startsWith('Encounter>Location'))
    return units.filter(({ type }) => placeTellers.test(type))
  const tellingType = units.filter(({ type }) => isToldIn(fact, type))
  if (kind === 'orders') return [...tellingType, ...notesOfDocuments(units)]
  if (kind !== 'observations' || codes.length === 0) return tellingType
  return tellingType.filter(
    (unit) =>
      (unit.isObservation || unit.type === 'DocumentReported') &&
      codes.some((code) => hasText(leafPool([unit]), code)),
  )
}

/**
 * No fact of this message. PV1 of a result is what the laboratory was told when the order was made:
 * nothing new of the visit but its number, which ties the report to it. A medicine that only a
 * charge names (FT1-26) was charged for, which does not say that it was dispensed.
 */
const isNoFact = (fact: Fact, message: ReturnType<typeof textsOf>): boolean => {
  const { kind, path, value, codes } = fact
  if (isItsOwnWord(fact, message.sentIn)) return true
  if (kind === 'visit') return message.isResult && path !== 'Encounter.identifier.value'
  // An amount of a vaccine that was not told (CDC implementation guide 2.5.1, RXA-6).
  if (path === 'Immunization.doseQuantity.value' && value === '999') return true
  return (
    kind === 'medicines' && codes.length > 0 && !codes.some((code) => hasText(message.pool, code))
  )
}

/**
 * It keeps the subcomponents of a number in one text; where its type has none, the first is the
 * number.
 */
const numberIn = ({ path, value }: Fact): string =>
  /^(ServiceRequest|DiagnosticReport)\.identifier\.value$/.test(path)
    ? (value.split('&')[0] as string)
    : value

const tellingOf = (fact: Fact, units: readonly Unit[]): Unit[] => [
  ...unitsFor(fact, units),
  ...toldElsewhere(fact, units),
]

/** Null: the message does not say it. */
const isTold = (
  fact: Fact,
  message: ReturnType<typeof textsOf>,
  units: readonly Unit[],
): boolean | null => {
  if (isNoFact(fact, message)) return null
  const worded = wordedAt(fact.path, fact.value)
  if (worded !== null) {
    if (!worded.sent.some((code) => message.sentIn.get(worded.field)?.has(code))) return null
    const pool = leafPool(tellingOf(fact, units))
    return worded.ours.some((word) => hasText(pool, word))
  }
  if (isWorded(fact.path)) return null
  const time = isoWhen(fact.value)
  if (time === null)
    return hasText(message.pool, fact.value)
      ? hasText(leafPool(tellingOf(fact, units)), numberIn(fact))
      : null
  const sent = timesLike(message.pool, time)
  if (sent.length === 0) return null
  const { times } = leafPool(tellingOf(fact, units))
  return times.some((one) =>
    sent.some((other) =>
      sameTime(one, { ...other, instant: one.wall === other.wall ? one.instant : other.instant }),
    ),
  )
}

/**
 * Compares meaning, not text: names by their parts, times by day or instant, codes by code, numbers
 * by value.
 */
export const compare = (
  message: Hl7Message,
  bodies: readonly EventBody[],
  bundle: Parameters<typeof factsOf>[0],
): Comparison => {
  const units = bodies.flatMap(unitsOf)
  const texts = textsOf(message)
  const result: Comparison = { held: [], missed: [], onlyOurs: [] }
  const isRemoved = bodies.some(({ type }) => type === 'PatientRemoved')
  for (const fact of factsOf(bundle)) {
    if (isRemoved && !ofRemoved.has(fact.kind)) continue
    const told = isTold(fact, texts, units)
    if (told !== null) (told ? result.held : result.missed).push(fact)
  }
  result.onlyOurs = onlyOurs(units, texts.pool, theirPool(bundle))
  return result
}

const theirPool = (bundle: unknown): TextPool => {
  const texts: string[] = []
  JSON.stringify(bundle, (key, value) => {
    if (
      (typeof value === 'string' || typeof value === 'number') &&
      !['id', 'reference', 'fullUrl', 'resourceType'].includes(key)
    )
      texts.push(String(value))
    return value
  })
  return poolOf(texts, isoWhen)
}

const onlyOurs = (units: readonly Unit[], sent: TextPool, theirs: TextPool): EventLeaf[] => {
  const seen = new Set<string>()
  return units
    .flatMap(({ leaves }) => leaves)
    .filter((leaf) => {
      const key = `${leaf.type}.${leaf.path} ${leaf.value}`
      if (seen.has(key)) return false
      seen.add(key)
      const time = isoWhen(leaf.value)
      if (time !== null)
        return timesLike(sent, time).length > 0 && timesLike(theirs, time).length === 0
      return hasText(sent, leaf.value) && !hasText(theirs, leaf.value)
    })
}
