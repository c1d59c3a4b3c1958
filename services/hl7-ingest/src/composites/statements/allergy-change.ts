import { codeName } from '@tideway/record/keys/business-key'
import { allergyKey } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../../datatypes/time-field.ts'
import { componentsOf, firstPart, repetitions, text } from '@tideway/hl7v2/lexer/fields'
import { leavePart, leaveUnread } from '@tideway/hl7v2/lexer/unused-parts'
import {
  type AllergyReported,
  type Performer,
  type Reaction,
  unsaid,
} from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import type { Context } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded, readCodeWord } from '../../datatypes/ce.ts'
import { readCodedList } from '../../datatypes/coded-list.ts'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { readAllergyStatus } from '@tideway/record/status/allergy-status'
import { statusAs } from '@tideway/record/status/status-table'
import { readOwnNumber } from '../../datatypes/ei.ts'
import { readPractitioner } from '../../datatypes/xcn.ts'
import { readNames } from '../../datatypes/xpn.ts'
import { readOrganisation } from '../../datatypes/xon.ts'
import { categoryOf, noneKnown, worded } from '../../segments/al1.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import { assigned, scopeOf } from '../../keys/business-key.ts'

/** IAM with the notes and the reactions (IAR) below it. */
export type AllergySegments = { iam: Segment; notes: Segment[]; reactions: Segment[] }

/**
 * An allergy that is added, changed or deleted by its action code (IAM-6).
 *
 * @throws IngestError MISSING_FIELD at IAM-3 if neither an identifier nor an agent identifies it
 * @see HL7 v2.5.1 chapter 3.4.7, IAM; v2.8 chapter 3.4.7 for IAM-21 to 30; v2.9 chapter 3 for IAR
 */
export const readIam = (
  { iam, notes, reactions }: AllergySegments,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): AllergyReported => {
  const number = readOwnNumber(iam, 7, context.source)
  const allergenType = readCoded(iam, 2)
  const code = readCoded(iam, 3) ?? noneKnown(allergenType)
  if (number === null && code === null) throw new IngestError('MISSING_FIELD', fieldPlace(iam, 3))
  const category = categoryOf(allergenType, 'IAM-2', context)
  const onsetAt = optionalTime(iam, 11, context)
  const manifestations = readCodedList(iam, 5)
  return {
    ...unsaid.AllergyReported(),
    allergyId: allergyKey(
      assigned(number, context),
      codeName(code),
      category,
      scopeOf(patientKey, context),
    ),
    code: code ?? unsaid.Coded(),
    category,
    allergenType: worded(allergenType),
    severity: readCodeWord(iam, 4),
    reactions: [
      ...(manifestations.length === 0 ? [] : [{ ...unsaid.Reaction(), manifestations }]),
      ...reactions.map(readReaction),
    ],
    action: text(iam, 6),
    actionReason: text(iam, 8),
    sensitivity: readCoded(iam, 9),
    allergenGroup: readCoded(iam, 10),
    onsetAt,
    onsetText: text(iam, 12),
    recordedAt: optionalTime(iam, 13, context) ?? optionalTime(iam, 20, context),
    reporter: reporterOf(iam),
    reporterRelationship: readCoded(iam, 15),
    ...statusAs('clinicalStatus', readAllergyStatus(text(iam, 17), 'HL70438')),
    recorder: readPractitioner(iam, 18),
    organisation: readOrganisation(iam, 19),
    encounterId,
    ...historyOf(iam, context),
    ...readNotesWithDetails([notes], context),
  }
}

/** Who recorded, changed and inactivated it, when and where; and the clinician's code. */
const historyOf = (iam: Segment, context: Context) => ({
  inactivatedBy: readPractitioner(iam, 21),
  inactivatedAt: optionalTime(iam, 22, context),
  initialRecorder: readPractitioner(iam, 23),
  initiallyRecordedAt: optionalTime(iam, 24, context),
  modifiedBy: readPractitioner(iam, 25),
  modifiedAt: optionalTime(iam, 26, context),
  clinicianCode: readCoded(iam, 27),
  initialOrganisation: readOrganisation(iam, 28),
  modifyingOrganisation: readOrganisation(iam, 29),
  inactivatingOrganisation: readOrganisation(iam, 30),
})

/** IAR-2, a code and its text, else those of the alternate; the other parts are left. */
const readSeverity = (iar: Segment): Pick<Reaction, 'severity' | 'severityText'> => {
  const severity = readCoded(iar, 2)
  const [first] = repetitions(iar, 2)
  if (severity === null || first === undefined) return { severity: null, severityText: null }
  const { code, text: words } = severity
  const components = componentsOf(iar.message, first)
  const has = (n: number) => firstPart(iar.message, components[n]) !== null
  const original = has(1) ? 0 : 1
  leaveUnread(
    iar,
    2,
    components,
    has(0) || has(1) || !(has(3) || has(4)) ? [1, 1, 0, 0, 0, 0, 0, 0, original] : [0, 0, 0, 1, 1],
  )
  return { severity: code ?? words, severityText: code === null ? null : words }
}
const readReaction = (iar: Segment): Reaction => ({
  ...unsaid.Reaction(),
  manifestations: readCodedList(iar, 1),
  ...readSeverity(iar),
  sensitivity: readCoded(iar, 3),
  management: text(iar, 4),
})

/** IAM-14 is a name (XPN): the person has no number. */
const reporterOf = (iam: Segment): Performer | null => {
  const [name, ...others] = readNames(iam, 14)
  if (others.length > 0) leavePart(iam, '14~')
  if (name === undefined) return null
  const { family, given, prefix, suffix, use, detail } = name
  if (detail?.calledBy) leavePart(iam, '14.15')
  const {
    degree = null,
    professionalSuffix = null,
    validFrom = null,
    validUntil = null,
  } = detail ?? {}
  const ofPractitioner = detailOf({
    ...unsaid.PractitionerDetail(),
    suffix,
    use,
    degree,
    professionalSuffix,
    validFrom,
    validUntil,
  })
  return {
    ...unsaid.Performer(),
    practitioner: { ...unsaid.Practitioner(), family, given, prefix, detail: ofPractitioner },
  }
}
