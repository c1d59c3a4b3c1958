import type { Address, Telecom } from '@tideway/schemas/events.generated'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { currentFirst } from '@tideway/record/demographics/current-name'
import { effectiveDemographics } from '@tideway/record/demographics/effective-demographics'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Traits } from './traits.ts'

const sexes = ['male', 'female', 'other', 'unknown'] as const

const sexOf = (sent: string | null): Traits['sex'] =>
  sexes.find((sex) => sex === sent?.toLowerCase()) ?? null

const isEmail = ({ value, equipment }: Telecom): boolean =>
  value.includes('@') || /^(internet|email|x\.400)$/i.test(equipment ?? '')

const firstLine = ({ lines }: Address): string => lines.find((line) => line.trim() !== '') ?? ''

/**
 * What matching reads of a source patient: the demographics in force, so that a withdrawn message,
 * a correction and a held conflict count as they do in the record.
 *
 * @param now  ISO 8601; a name whose time is over is no longer the first
 */
export const traitsOf = (head: PatientHead, now: string): Traits => {
  const { fields } = effectiveDemographics(head)
  const { addresses = [], telecoms = [], names = [], gpPractice = null } = fields
  const nhsNumber = head.nhsNumber ?? fields.nhsNumber ?? null
  const [emails, phones] = [telecoms.filter(isEmail), telecoms.filter((one) => !isEmail(one))]
  return {
    patient: head._id,
    organisation: head.organisation,
    identifier: head.identifier,
    nhsNumber: nhsNumber === null ? null : nhsNumberOf(nhsNumber),
    nhsNumberStatus: fields.nhsNumberStatus ?? null,
    names: currentFirst(names, now).map(({ family, given }) => ({ family, given })),
    birthDate: head.birthDate ?? fields.birthDate ?? null,
    sex: sexOf(fields.sex ?? null),
    postcodes: addresses.map(({ postcode }) => postcode ?? ''),
    addressLines: addresses.map(firstLine),
    phones: phones.map(({ value }) => value),
    emails: emails.map(({ value }) => value),
    gpPractice: gpPractice?.code ?? null,
    deceased: fields.deceased ?? null,
    diedAt: fields.diedAt ?? null,
  }
}

/** Of a patient that only other patients' statements name: nothing to compare. */
export const unknownTraits = (
  patient: string,
  organisation: string,
  identifier: string,
): Traits => ({
  patient,
  organisation,
  identifier,
  nhsNumber: null,
  nhsNumberStatus: null,
  names: [],
  birthDate: null,
  sex: null,
  postcodes: [],
  addressLines: [],
  phones: [],
  emails: [],
  gpPractice: null,
  deceased: null,
  diedAt: null,
})
