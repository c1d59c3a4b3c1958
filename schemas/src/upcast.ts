import statusCodes from '../status-codes.v1.json' with { type: 'json' }
import type {
  AlertReportedV1,
  AllergyReportedV1,
  AppointmentPartV1,
  AppointmentReportedV1,
  CareTeamMemberReportedV1,
  ConditionReportedV1,
  ContactReportedV1,
  DocumentReportedV1,
  ImmunizationReportedV1,
  MedicationDispensedV1,
  MedicationGivenV1,
  MedicationPrescribedV1,
  ObservationV1,
  ProcedureReportedV1,
  RequestReportedV1,
  ResourceReportedV1,
  ResultReportedV1,
  StatusSystem,
} from './events.generated.ts'

/**
 * What the status codes of version 1 mean in version 2, by kind and by the table or value set they
 * are of; a code in none is of the first. Frozen, as the events are: new codes belong in
 * packages/record/src/status, whose tests check that this agrees with them.
 */
const codes: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> =
  statusCodes

/** Kinds whose senders write codes in any case; their codes are in lower case above. */
const anyCase: ReadonlySet<string> = new Set(['appointment', 'condition'])

type Status = {
  status: string | null
  statusAsSent: string | null
  statusSystem: StatusSystem | null
}

/** @param code  undefined in a stored entry that leaves absent fields out */
const statusOf = (kind: string, code: string | null | undefined): Status => {
  if (code === null || code === undefined)
    return { status: null, statusAsSent: null, statusSystem: null }
  const systems = Object.entries(codes[kind] ?? {})
  const key = anyCase.has(kind) ? code.toLowerCase() : code
  const [system, known] = systems.find(([, some]) => Object.hasOwn(some, key)) ??
    systems[0] ?? ['LOCAL', {}]
  return {
    status: Object.hasOwn(known, key) ? (known[key] as string) : 'unknown',
    statusAsSent: code,
    statusSystem: system as StatusSystem,
  }
}

/** The same under the names of another field, e.g. `completion`. */
const named = <Name extends string>(name: Name, kind: string, code: string | null) => {
  const { status, statusAsSent, statusSystem } = statusOf(kind, code)
  return {
    [name]: status,
    [`${name}AsSent`]: statusAsSent,
    [`${name}System`]: statusSystem,
  } as Record<Name | `${Name}AsSent`, string | null> & Record<`${Name}System`, StatusSystem | null>
}

const observation = (old: ObservationV1) => ({
  panel: null,
  convertedFrom: null,
  byReference: null,
  furtherCodes: [],
  codedFlags: [],
  ...old,
  ...statusOf('observation', old.status),
})

const appointmentPart = (old: AppointmentPartV1) => ({
  ...old,
  ...statusOf('appointment', old.status),
})

const verification = (kind: string, old: { verificationStatus: string | null }) =>
  named('verificationStatus', kind, old.verificationStatus)

/** From each version that is not the newest to the next. */
const upcasts = {
  ResultReportedV1: (old: ResultReportedV1) => ({
    ...old,
    ...statusOf('report', old.status),
    ...named('orderStatus', 'request', old.orderStatus),
    observations: old.observations.map(observation),
    snapshot: null,
  }),
  ObservationV1: observation,
  DocumentReportedV1: (old: DocumentReportedV1) => ({
    convertedFrom: null,
    ...old,
    ...statusOf('observation', old.status),
    ...named('completion', 'completion', old.completion),
    ...named('availability', 'availability', old.availability),
    observations: old.observations.map(observation),
  }),
  RequestReportedV1: (old: RequestReportedV1) => ({
    ...old,
    ...(old.statusAsSent === null
      ? statusOf('referral', old.referralStatus?.code ?? null)
      : statusOf('request', old.statusAsSent)),
    answers: old.answers.map(observation),
    trigger: null,
    authorisations: [],
  }),
  MedicationPrescribedV1: (old: MedicationPrescribedV1) => ({
    ...old,
    ...statusOf('prescription', old.statusAsSent),
    observations: old.observations.map(observation),
  }),
  MedicationDispensedV1: (old: MedicationDispensedV1) => ({
    ...old,
    ...statusOf('dispense', old.status),
    observations: old.observations.map(observation),
  }),
  MedicationGivenV1: (old: MedicationGivenV1) => ({
    ...old,
    ...statusOf('administration', old.status),
    ...named('orderStatus', 'request', old.statusAsSent),
    observations: old.observations.map(observation),
  }),
  ImmunizationReportedV1: (old: ImmunizationReportedV1) => ({
    ...old,
    ...statusOf('immunization', old.status),
    observations: old.observations.map(observation),
  }),
  AppointmentReportedV1: (old: AppointmentReportedV1) => ({
    ...old,
    ...statusOf('appointment', old.statusAsSent),
    parts: old.parts.map(appointmentPart),
  }),
  ConditionReportedV1: (old: ConditionReportedV1) => ({
    ...old,
    ...named('clinicalStatus', 'condition', old.clinicalStatus),
    ...verification('conditionVerification', old),
    parentIdentifier: null,
  }),
  AllergyReportedV1: (old: AllergyReportedV1) => ({
    ...old,
    ...named('clinicalStatus', 'allergy', old.clinicalStatus),
    ...verification('allergyVerification', old),
  }),
  ProcedureReportedV1: (old: ProcedureReportedV1) => ({
    ...old,
    ...statusOf('procedure', old.status),
  }),
  ContactReportedV1: ({ active, ...old }: ContactReportedV1) => ({
    sexAsSent: null,
    ...old,
    ...statusOf('contact', active),
  }),
  CareTeamMemberReportedV1: (old: CareTeamMemberReportedV1) => ({
    ...old,
    ...statusOf('care-team', old.status),
  }),
  AlertReportedV1: (old: AlertReportedV1) => ({ ...old, ...statusOf('alert', old.status) }),
  ResourceReportedV1: (old: ResourceReportedV1) => ({
    ...old,
    ...statusOf(old.resourceType, old.status),
  }),
} as const satisfies Record<string, (old: never) => object>

const byName: Readonly<Record<string, ((old: never) => object) | undefined>> = upcasts

/**
 * A record of an event as its newest version has it.
 *
 * @param name  with its version, e.g. `ResultReportedV1`
 */
export const upcast = (name: string, record: object): object =>
  byName[name]?.(record as never) ?? record
