import { getDataType } from '@medplum/core'
import { requiredCodesOf } from '@tideway/fhir/required-codes'
import { expect, test } from 'vitest'
import { rules } from '../sender.fixture.ts'
import { isDecisive } from './unlisted-codes.ts'

/** Every element of a type, and of the data types in it, whose code R4 requires to be in a list. */
const requiredIn = (type: string, path = type, within: readonly string[] = []): string[] =>
  Object.entries(getDataType(type).elements).flatMap(([key, element]) => {
    const name = key.replace('[x]', '')
    return element.type.flatMap(({ code }) => {
      const at = `${path}.${name}`
      if (requiredCodesOf(element, code) !== null) return [at]
      const isDataType = /^[A-Z]/.test(code) && code !== 'Extension' && code !== 'Resource'
      return isDataType && !within.includes(code) ? requiredIn(code, at, [...within, code]) : []
    })
  })

const mapped = [...rules.mappings.keys()].toSorted()
const required = mapped.flatMap((type) => requiredIn(type))

test('these codes decide what a mapped resource states: any other word refuses it', () => {
  const decisive = required.filter(isDecisive)
  const inDataTypes = /^.*\.(\w*[iI]dentifier\.use|comparator)$/
  const names = new Set(decisive.map((path) => path.replace(inDataTypes, '$1')))
  expect([...names].toSorted().join(' ')).toBe(
    'AllergyIntolerance.clinicalStatus AllergyIntolerance.verificationStatus Appointment.status ' +
      'CarePlan.intent CarePlan.status CareTeam.status Composition.status Condition.clinicalStatus ' +
      'Condition.verificationStatus Consent.status Device.status DiagnosticReport.status ' +
      'DocumentReference.docStatus DocumentReference.relatesTo.code DocumentReference.status ' +
      'Encounter.location.status Encounter.status EpisodeOfCare.status FamilyMemberHistory.status ' +
      'Flag.status Goal.lifecycleStatus ImagingStudy.status Immunization.status List.status ' +
      'MedicationAdministration.status MedicationDispense.status MedicationRequest.intent ' +
      'MedicationRequest.status MedicationStatement.status Observation.status Patient.link.type ' +
      'Procedure.status QuestionnaireResponse.status ServiceRequest.intent ServiceRequest.status ' +
      'Task.intent Task.status comparator groupIdentifier.use identifier.use masterIdentifier.use ' +
      'preAdmissionIdentifier.use',
  )
})

test('with another word in these a resource is taken, and the word shown as sent', () => {
  const kept = required.filter((path) => !isDecisive(path))
  const names = new Set(kept.map((path) => path.replace(/^.*\.(\w+\.\w+)$/, '$1')))
  expect([...names].toSorted().join(' ')).toBe(
    'AllergyIntolerance.category AllergyIntolerance.criticality AllergyIntolerance.type List.mode ' +
      'MedicationRequest.priority Patient.gender RelatedPerson.gender ServiceRequest.priority ' +
      'Task.priority address.type address.use attester.mode component.use contact.gender ' +
      'contact.system contact.use data.meaning data.type detail.kind detail.status deviceName.type ' +
      'name.use participant.required participant.status provision.type reaction.severity ' +
      'relatesTo.code repeat.dayOfWeek repeat.durationUnit repeat.periodUnit repeat.when ' +
      'requisition.use section.mode sort.direction statusHistory.status target.use telecom.system ' +
      'telecom.use text.status udiCarrier.entryType value.system value.type value.use',
  )
})
