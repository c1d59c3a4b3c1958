import type { CodeableConcept, DeviceDeviceName, Identifier, Reference } from '@medplum/fhirtypes'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'
import { wordOf } from './coded.ts'

/** A device by the display of its reference, else by its name, type or number. */
export const readDevice = (
  reference: Reference | null,
  from: Resource,
  message: FhirMessage,
): string | null => {
  const device = resolve(reference, from, message)
  if (device?.type !== 'Device') return reference?.display ?? reference?.identifier?.value ?? null
  const [name] = takeAll<DeviceDeviceName>(device, 'deviceName')
  const type = take<CodeableConcept>(device, 'type')
  const [number] = takeAll<Identifier>(device, 'identifier')
  return (
    reference?.display ??
    name?.name ??
    type?.text ??
    type?.coding?.[0]?.display ??
    wordOf(type ?? undefined) ??
    number?.value ??
    null
  )
}
