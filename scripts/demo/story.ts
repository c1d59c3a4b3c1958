import { readdirSync, readFileSync } from 'node:fs'
import { fill } from './template.ts'

/** The fictitious child of the story, with an NHS number of the test range. */
export const child = { nhsNumber: '9990001022', birthDate: '2019-02-14' }

/** What each message reports, in the order of `story/`. */
const sentences: readonly string[] = [
  "King's registers a young boy",
  'He comes to the emergency department, very unwell; allergies are noted',
  'Blood gas: acidotic, potassium 7.1',
  'The laboratory reports urea and electrolytes, preliminary',
  'The same, final: potassium 7.2, creatinine 689',
  'Full blood count: anaemic, few platelets, red cell fragments',
  'Admitted to a ward: haemolytic uraemic syndrome, his kidneys have failed',
  'To theatre, for a dialysis catheter',
  'The anaesthetic record',
  'To paediatric intensive care, still under general anaesthetic',
  'Potassium 6.8, says the laboratory',
  'No: corrected to 6.1, the first sample was haemolysed',
  'The dialysis record: he needs a regional renal unit',
  'Blood gas: better, potassium 5.4',
  'His details are updated',
  "He leaves King's for the Evelina",
  'The Evelina admits him',
  'First blood gas at the Evelina: potassium 5.0',
]
/** Number of messages after which the doctor opens the record. */
export const lookAfter = 15

export type Chapter = { bytes: Buffer; controlId: string; says: string }

/** The messages of the story, with times relative to `now`. */
export const tellStory = (now: Date): Chapter[] => {
  const dir = new URL('./story/', import.meta.url)
  const files = readdirSync(dir)
    .filter((file) => file.endsWith('.hl7'))
    .sort()
  return files.map((file, index) => ({
    bytes: fill(readFileSync(new URL(file, dir), 'utf8'), now, 'Europe/London'),
    controlId: `STORY-${file.slice(0, 2)}`,
    says: sentences[index] ?? file,
  }))
}
