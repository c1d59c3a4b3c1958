/** A resource or element, as parsed. */
export type FhirObject = { [name: string]: unknown }
