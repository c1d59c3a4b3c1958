import { deathTimeMarks } from '@tideway/record/demographics/death-time'
import { Type } from 'typebox'

export const deathTimeField = Type.Optional(
  Type.Enum([...deathTimeMarks], {
    description:
      'What is odd about the time of death: `in-future`, it lies after every message that says it, so it cannot be right; `not-sent`, the patient is said to have died, and not when. Absent otherwise.',
  }),
)
