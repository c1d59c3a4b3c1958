import { appointmentKey, preferredNumber } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../../datatypes/time-field.ts'
import {
  componentsOf,
  firstPart,
  firstRepetition,
  isDeleted,
  markUnusable,
  raw,
  repetitions,
  text,
} from '@tideway/hl7v2/lexer/fields'
import { leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  type AppointmentPart,
  type AppointmentReported,
  type Location,
  unsaid,
} from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, zoneOf } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { readOwnNumber } from '../../datatypes/ei.ts'
import { minutesOf, minutesOfTq } from '@tideway/hl7v2/datatypes/minutes'
import { readAppointmentStatus } from '@tideway/record/status/appointment-status'
import { readLocation } from '../../datatypes/pl.ts'
import { noTable, translate } from '../../tables/translate.ts'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import { readAddresses } from '../../datatypes/xad.ts'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { readTelecoms } from '../../datatypes/xtn.ts'
import { assigned, scopeOf } from '../../keys/business-key.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import type { ScheduleSegments } from '../../groups/schedule-groups.ts'

/**
 * An appointment from SCH, TQ1 and its services and resources.
 *
 * @throws IngestError MISSING_FIELD at SCH-2 if neither a number nor a time identifies it
 * @see HL7 v2.5.1 chapter 10.6.1
 */
export const readAppointment = (
  { sch, tq1, notes }: ScheduleSegments,
  parts: readonly AppointmentPart[],
  patientKey: string,
  context: Context,
): AppointmentReported => {
  const placer = readOwnNumber(sch, 1, context.source)
  const filler = readOwnNumber(sch, 2, context.source)
  const occurrence = text(sch, 3)
  const timing = readTiming(sch, tq1, parts, context)
  const current = parts.filter(({ action }) => action?.toUpperCase() !== 'D')
  const services = current
    .filter(({ kind }) => kind === 'SERVICE')
    .map(({ code }) => code)
    .filter((code) => code !== null)
  const key = appointmentKey(
    assigned(preferredNumber('appointment', { placer, filler }), context),
    {
      service: services[0]?.code ?? services[0]?.text ?? null,
      startAt: timing.startAt,
      occurrence,
    },
    scopeOf(patientKey, context),
  )
  if (key === null) throw new IngestError('MISSING_FIELD', fieldPlace(sch, 2))
  return {
    ...unsaid.AppointmentReported(),
    ...timing,
    appointmentId: key,
    placerNumber: placer?.number ?? null,
    fillerNumber: filler?.number ?? null,
    occurrence,
    ...readStatusOf(
      sch,
      current.find(({ kind }) => kind === 'SERVICE')?.statusAsSent ?? null,
      context,
    ),
    eventReason: readCoded(sch, 6),
    reason: readCoded(sch, 7),
    appointmentType: readCoded(sch, 8),
    service: services[0] ?? null,
    services: services.length > 1 ? services : [],
    locations: current
      .map(({ location }) => location)
      .filter((one): one is Location => one !== null),
    practitioners: current.flatMap(({ practitioner, type, startAt }) =>
      practitioner === null
        ? []
        : [{ ...unsaid.Performer(), practitioner, role: type, from: startAt }],
    ),
    resources: current
      .filter(({ kind }) => kind === 'RESOURCE')
      .map(({ code }) => code)
      .filter((code) => code !== null),
    requesters: readPractitioners(sch, 12),
    contacts: readPractitioners(sch, 16),
    enteredBy: readPractitioners(sch, 20),
    callback: [13, 17, 21].flatMap((field) => readTelecoms(sch, field)),
    contactAddresses: [14, 18].flatMap((field) => readAddresses(sch, field)),
    contactLocations: [15, 19, 22]
      .map((field) => readLocation(sch, field))
      .filter((one) => one !== null),
    parentPlacerNumber: text(sch, 23),
    parentFillerNumber: text(sch, 24),
    orderNumber: text(sch, 26),
    fillerOrderNumber: text(sch, 27),
    parts: [...parts],
    ...readNotesWithDetails([notes], context),
  }
}

type Timing = Pick<AppointmentReported, 'startAt' | 'endAt' | 'durationMinutes' | 'priority'>

/**
 * TQ1 (since 2.5), else SCH-11 (TQ, withdrawn in 2.7), else the start of the service, person,
 * location or equipment.
 */
const readTiming = (
  sch: Segment,
  tq1: Segment | null,
  parts: readonly AppointmentPart[],
  context: Context,
): Timing => {
  const timed =
    tq1 === null
      ? null
      : {
          startAt: optionalTime(tq1, 7, context),
          endAt: optionalTime(tq1, 8, context),
          priority: text(tq1, 9),
        }
  const quantity = timed?.startAt == null ? readQuantity(sch, context) : null
  const needed = ['SERVICE', 'PRACTITIONER', 'LOCATION', 'RESOURCE']
    .map((kind) => parts.find((part) => part.kind === kind && part.startAt !== null)?.startAt)
    .find((time) => time !== undefined)
  return {
    startAt: timed?.startAt ?? quantity?.startAt ?? needed ?? null,
    endAt: timed?.endAt ?? quantity?.endAt ?? null,
    priority: timed?.priority ?? quantity?.priority ?? null,
    durationMinutes: readDuration(sch) ?? quantity?.durationMinutes ?? durationOf(parts),
  }
}

/** SCH-9 with its unit in SCH-10; listed as unused if they do not give a duration. */
const readDuration = (sch: Segment): string | null => {
  const unit = readCoded(sch, 10)
  const minutes = minutesOf(text(sch, 9), unit?.code ?? unit?.text ?? null)
  if (minutes === null)
    for (const field of [9, 10])
      if (raw(sch, field) !== '' && !isDeleted(sch, field)) markUnusable(sch, field)
  return minutes
}

const durationOf = (parts: readonly AppointmentPart[]): string | null => {
  const services = parts.filter(({ kind, duration }) => kind === 'SERVICE' && duration !== null)
  const duration = services.length === 1 ? services[0]?.duration : null
  return minutesOf(duration?.value ?? null, duration?.unit?.code ?? duration?.unit?.text ?? null)
}

/**
 * Duration, start, end and priority of SCH-11; any other or unreadable component leaves the field
 * listed as unused. HL7 v2.5.1 chapter 4.3, data type TQ.
 */
const readQuantity = (sch: Segment, context: Context): Timing | null => {
  const all = repetitions(sch, 11)
  if (all[0] === undefined) return null
  const components = componentsOf(sch.message, all[0])
  const part = (n: number) => firstPart(sch.message, components[n - 1])
  const time = (n: number) => isoOf(part(n) ?? '', zoneOf(context))
  const timing = {
    durationMinutes: minutesOfTq(part(3)),
    startAt: time(4),
    endAt: time(5),
    priority: part(6),
  }
  const read = [null, null, timing.durationMinutes, timing.startAt, timing.endAt, timing.priority]
  if (
    all.length > 1 ||
    components.some((component, n) => component !== '' && (read[n] ?? null) === null)
  )
    markUnusable(sch, 11)
  return timing
}

/**
 * The first word of SCH-25 (CE: codes and texts) that is a known status, else its text and code as
 * sent, else the status of the service: `C^Cancelled` is cancelled, whatever its code means
 * elsewhere.
 */
const readStatusOf = (sch: Segment, ofService: string | null, context: Context) => {
  const parts = componentsOf(sch.message, firstRepetition(sch, 25) ?? '')
  const [code = null, ...others] = [0, 1, 3, 4].map((n) => firstPart(sch.message, parts[n]))
  const words = [code, ...others].filter((word) => word !== null)
  const [first] = words
  if (first === undefined) return readStatus(text(sch, 25) ?? ofService, context)
  const known = words
    .map((word) => readStatus(word, context))
    .find(({ status }) => status !== 'unknown')
  // Of a code that is known its text says no more.
  if (known?.statusAsSent === code) return readStatus(text(sch, 25), context)
  if (known !== undefined) {
    readCoded(sch, 25)
    return known
  }
  const unknown = readStatus(first, context)
  const [second] = words.slice(1)
  const used = new Set([first, second])
  leaveUnread(
    sch,
    25,
    parts,
    [0, 1, 2, 3, 4].map((n) => Number(used.has(firstPart(sch.message, parts[n]) ?? ''))),
  )
  return second === undefined || second === first
    ? unknown
    : { ...unknown, statusAsSent: `${second} (${first})` }
}

/** SCH-25 by the source's own table if it has the code, else by HL7 table 0278. */
const readStatus = (sent: string | null, { source }: Context) => {
  const code = translate(source, 'SCH-25', sent, noTable)
  const read = readAppointmentStatus(code, 'HL70278')
  return code === sent ? read : { ...read, statusAsSent: sent, statusSystem: 'LOCAL' as const }
}
