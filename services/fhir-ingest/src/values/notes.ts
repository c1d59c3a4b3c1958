import type { Annotation } from '@medplum/fhirtypes'
import { type Resource, takeAll } from '../normalise/message.ts'

export const readNotes = (resource: Resource): string[] =>
  takeAll<Annotation>(resource, 'note')
    .map(({ text }) => text)
    .filter((text) => text !== undefined)
