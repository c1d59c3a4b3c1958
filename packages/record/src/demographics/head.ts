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
import { effectiveFields } from './effective-demographics.ts'
import { isIdentityFact, withIdentity, withMerge, withRegistration } from './identity-facts.ts'
import { withNotShownOfPatient } from './not-shown-of-patient.ts'
import { contributeOfResource, standingOfResources, takenTogether } from './resource-versions.ts'

type Named = '_id' | 'id' | 'organisation' | 'identifier'

const nothingStated = (): Omit<PatientHead, Named> => ({
  version: 0,
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
})

/** The head of a patient without any statement. */
export const newHead = (patientKey: string): PatientHead => {
  const generation = generationOf(patientKey)
  return {
    _id: patientKey,
    id: publicId(patientKey),
    organisation: ownerOf(patientKey),
    identifier: identifierIn(patientKey),
    ...(isPlaceholderKey(patientKey) ? { placeholder: true } : {}),
    ...(generation === 1 ? {} : { generation }),
    ...nothingStated(),
  }
}

/** A stored head, with the fields that an earlier release did not have. */
export const wholeHead = (stored: PatientHead): PatientHead => ({
  ...namesOf(stored),
  ...nothingStated(),
  ...stored,
})

const namesOf = ({ _id, id, organisation, identifier }: PatientHead): Pick<PatientHead, Named> => ({
  _id,
  id,
  organisation,
  identifier,
})

type NoDetails = Exclude<keyof PatientDetailsReported, keyof Details>

const noDetails: ReadonlySet<NoDetails> = new Set([
  'type',
  'identifiers',
  'registers',
  'zSegments',
  'resource',
  'isWhole',
  'deleted',
])

/** The fields stated; one that the sender emptied on purpose is stated as null or empty. */
const fieldsOf = (body: PatientDetailsReported): Partial<Details> => {
  const stated = said(body, noDetails)
  if (body.deleted.length === 0) return stated
  const emptied = body.deleted
    .filter((name) => Object.hasOwn(body, name) && !noDetails.has(name as NoDetails))
    .map((name) => [name, Array.isArray(body[name as keyof Details]) ? [] : null])
  return { ...stated, ...Object.fromEntries(emptied) }
}

type Known = PatientHead['identifiers'][number]

/** The lengths tell where each part ends, and which there are. */
const keyOf = ({
  identifier: { value, authority, type },
  resource,
}: Pick<Known, 'identifier'> & OfResource): string =>
  `${value.length} ${authority?.length} ${type?.length} ${resource?.length} ${value}${authority ?? ''}${type ?? ''}${resource ?? ''}`

/** @param newestFirst  of the same identifier and resource the first counts */
const eachOnce = (newestFirst: readonly Known[]): Known[] =>
  [...Map.groupBy(newestFirst, keyOf).values()].flatMap(([newest]) => newest ?? [])

/** Each identifier once, from its newest message; newest first, within one message as sent. */
const withIdentifiers = (
  known: readonly Known[],
  identifiers: readonly Identifier[],
  stated: Origin & OfResource,
): Known[] => {
  const byKey = new Map(known.map((one) => [keyOf(one), { one, place: 0 }]))
  for (const [place, identifier] of identifiers.entries()) {
    const one = { ...stated, identifier }
    const key = keyOf(one)
    const before = byKey.get(key)?.one
    const newest = before === undefined || byVersion(before, stated) <= 0 ? one : before
    byKey.set(key, { one: newest, place: newest.message === stated.message ? place : 0 })
  }
  return [...byKey.values()]
    .toSorted((a, b) => byVersion(b.one, a.one) || a.place - b.place)
    .map(({ one }) => one)
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
  const standing = standingOfResources(identifiers, wholes)
  const details = { ...head.details, [stated.source]: contributions }
  const effective = effectiveFields({ organisation: head.organisation, details })
  const birthDate = effective('birthDate')
  return {
    ...head,
    details,
    identifiers: earlier.size === 0 ? standing : eachOnce(takenTogether(standing, earlier)),
    nhsNumber: effective('nhsNumber'),
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
