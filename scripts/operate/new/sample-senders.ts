import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '@tideway/schemas/source'

const samples = 'services/hl7-ingest/samples'

/** Who the messages of a folder of samples must come from, in words. */
export const senderOf = ({ ods, hl7 }: Source): string =>
  `${ods}: CX-4 of PID-3 is empty or ${Object.keys(hl7.authorities).join(', ')}, CX-5 is empty or ${hl7.patientIdentifierTypes.join(', ')}`

/** One line for each folder of samples of a checkout. */
export const sampleSenders = (root: string): string[] =>
  readdirSync(join(root, samples))
    .map((folder) => ({ folder, file: join(root, samples, folder, 'source.json') }))
    .filter(({ file }) => existsSync(file))
    .map(
      ({ folder, file }) =>
        `${folder}  ${senderOf(JSON.parse(readFileSync(file, 'utf8')) as Source)}`,
    )
