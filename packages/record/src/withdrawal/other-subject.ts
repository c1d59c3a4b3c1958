/** Elements of FHIR R4 that name the patient a resource is about. */
const subjects = ['subject', 'patient', 'for', 'participant'] as const
const ends = new RegExp(`\\.(${subjects.join('|')})$`)

/**
 * Place of the element of a resource that names its patient. An event at that place withdraws the
 * resource from the patient it was about before: it now names another.
 *
 * @param place  of the resource, as FHIRPath
 */
export const movedPlace = (place: string, resource: Readonly<Record<string, unknown>>): string =>
  `${place}.${subjects.find((name) => resource[name] !== undefined) ?? 'subject'}`

/** Whether an event withdraws what turned out to be another patient's. */
export const namesOtherSubject = ({ place }: { place: string }): boolean => ends.test(place)
