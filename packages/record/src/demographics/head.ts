import type { Origin } from '@tideway/schemas/documents/entry'
import type { Details, OfResource, PatientHead } from '@tideway/schemas/documents/head'
import type {
  Identifier,
  PatientDetailsReported,
  PatientEvent,
} from '@tideway/schemas/events.generated'
import { generationOf, identifierIn, isPlaceholderKey, publicId } from '@tideway/schemas/public-id'
import { dayOf } from '@tideway/time/iso-time'
import { byVersion, said } from '../entries/facts.ts'
import { ownerOf, statedBy } from '../entries/statement-version.ts'
import { effectiveField } from './effective-demographics.ts'
import { isIdentityFact, withIdentity, withMerge, withRegistration } from './identity-facts.ts'
import { withNotShownOfPatient } from './not-shown-of-patient.ts'
import { contributeOfResource, standingOfResources, takenTogether } from './resource-versions.ts'

/** The head of a patient without any statement. */
export const newHead = (patientKey: string): PatientHead => {
  const organisation = ownerOf(patientKey)
  const generation = generationOf(patientKey)
  return {
    _id: patientKey,
    id: publicId(patientKey),
    organisation,
    identifier: identifierIn(patientKey),
    version: 0,
    ...(isPlaceholderKey(patientKey) ? { placeholder: true } : {}),
    ...(generation === 1 ? {} : { generation }),
    nhsNumber: null,
    birthDate: null,
    details: {},
    identifiers: [],
    encounters: [],
    latestReports: [],
    merges: [],
    identity: [],
    removed: null,
    registered: null,
    allergies: [],
    noKnownAllergies: [],
    problems: [],
    visitDiagnoses: [],
    medicines: [],
    dispensed: [],
    alerts: [],
    freshness: {},
    incomplete: null,
  }
}

/** The fields stated; one that the sender emptied on purpose is stated as null or empty. */
const fieldsOf = ({
  type: _,
  identifiers: _identifiers,
  registers: _registers,
  zSegments: _zSegments,
  resource: _resource,
  isWhole: _isWhole,
  deleted,
  ...details
}: PatientDetailsReported): Partial<Details> => {
  const emptied = deleted
    .filter((name) => Object.hasOwn(details, name))
    .map((name) => [name, Array.isArray(details[name as keyof Details]) ? [] : null])
  return { ...said(details), ...Object.fromEntries(emptied) }
}

type Known = PatientHead['identifiers'][number]

const keyOf = ({
  identifier: { value, authority, type },
  resource,
}: Pick<Known, 'identifier'> & OfResource): string =>
  JSON.stringify([value, authority, type, resource])

/** @param newestFirst  of the same identifier and resource the first counts */
const eachOnce = (newestFirst: readonly Known[]): Known[] =>
  [...Map.groupBy(newestFirst, keyOf).values()].flatMap(([newest]) => newest ?? [])

/** Each identifier once, from its newest message; newest first, within one message as sent. */
const withIdentifiers = (
  known: readonly Known[],
  identifiers: readonly Identifier[],
  stated: Origin & OfResource,
): Known[] => {
  const byKey = new Map(known.map((each) => [keyOf(each), each]))
  const told = identifiers.map((identifier) => ({ ...stated, identifier }))
  for (const one of told) {
    const before = byKey.get(keyOf(one))
    if (before === undefined || byVersion(before, stated) <= 0) byKey.set(keyOf(one), one)
  }
  const place = new Map(told.map((one, index) => [keyOf(one), index]))
  const sent = (one: Known) => (one.message === stated.message ? (place.get(keyOf(one)) ?? 0) : 0)
  return [...byKey.values()].toSorted((a, b) => byVersion(b, a) || sent(a) - sent(b))
}

const withDetails = (
  head: PatientHead,
  body: PatientDetailsReported,
  stated: Origin,
): PatientHead => {
  const of = { ...stated, ...(body.resource == null ? {} : { resource: body.resource }) }
  const known = head.details[stated.source] ?? []
  const { contributions, wholes, earlier } = contributeOfResource(known, {
    ...of,
    ...(body.isWhole === true ? { isWhole: true } : {}),
    fields: fieldsOf(body),
  })
  const identifiers = withIdentifiers(head.identifiers, body.identifiers, of)
  const next: PatientHead = {
    ...head,
    details: { ...head.details, [stated.source]: contributions },
    identifiers: eachOnce(takenTogether(standingOfResources(identifiers, wholes), earlier)),
  }
  const birthDate = effectiveField(next, 'birthDate')
  return {
    ...next,
    nhsNumber: effectiveField(next, 'nhsNumber'),
    birthDate: birthDate === null ? null : dayOf(birthDate),
  }
}

/** More than this stays in the archive alone, so that the head stays small; characters. */
const mostZSegments = 2_000

/** The organisation's own newest Z segments, which only it and its receivers understand. */
const withZSegments = (
  head: PatientHead,
  { zSegments }: PatientDetailsReported,
  stated: Origin,
): PatientHead => {
  const isNewer = head.zSegments === undefined || byVersion(head.zSegments, stated) <= 0
  const isKept =
    zSegments.length > 0 &&
    stated.source === head.organisation &&
    zSegments.join('').length <= mostZSegments
  return isKept && isNewer ? { ...head, zSegments: { ...stated, segments: zSegments } } : head
}

const withFreshness = (
  head: PatientHead,
  { source, sentAt, receivedAt }: PatientEvent,
  { version }: Origin,
): PatientHead => {
  const known = head.freshness[source]
  if (known !== undefined && known.version >= version) return head
  const received = Math.floor(receivedAt / 1000)
  const heard = {
    sentAt: sentAt === null ? null : new Date(Math.min(sentAt, received)),
    receivedAt: new Date(received),
    version,
  }
  return { ...head, freshness: { ...head.freshness, [source]: heard } }
}

/**
 * Folds one event into a patient's head, except for the lines of entries. Pure: no store, no clock.
 *
 * Independent of the order of events; the same event twice changes nothing.
 */
export const evolveHead = (head: PatientHead, event: PatientEvent): PatientHead =>
  event.body.type === 'HeldEventsReleased' || event.body.type === 'IdentityDecided'
    ? head
    : withNotShownOfPatient(withStated(head, event), event)

const withStated = (head: PatientHead, event: PatientEvent): PatientHead => {
  const { body } = event
  const stated = statedBy(event)
  const heard = withFreshness(head, event, stated)
  if (body.type === 'PatientDetailsReported') {
    const registered = body.registers === true ? withRegistration(heard, stated) : heard
    return withZSegments(withDetails(registered, body, stated), body, stated)
  }
  if (body.type === 'PatientsMerged' && !body.priorKeys.includes(head._id))
    return withMerge(heard, body, stated)
  return isIdentityFact(body) ? withIdentity(heard, body, stated) : heard
}
