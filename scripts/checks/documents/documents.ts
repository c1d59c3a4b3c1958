import { describedErrors as fhirErrors } from '@tideway/fhir-ingest/outcomes'
import { outcomes } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { outcomeTexts } from '@tideway/hl7-ingest/acknowledge/outcome-texts'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { holdCodes } from '@tideway/projector/apply/hold-codes'
import { errors } from '@tideway/record-api/errors'
import { topics } from '@tideway/schemas/topics'
import { answersTable } from './answers-table.ts'
import { apiErrorsTable } from './api-errors-table.ts'
import { fhirErrorsTable } from './fhir-errors-table.ts'
import { holdsTable } from './holds-table.ts'
import { messageTypesTable } from './message-types-table.ts'
import { declaredSettings, settingsTable } from './settings-table.ts'
import { topicsTable } from './topics-table.ts'

/** Documents with regions that are generated from the code. */
export const documents = ['docs/hl7v2.md', 'docs/settings.md', 'docs/errors.md', 'docs/topics.md']

/** Every generated table by name. */
export const makeTables = async (root: string): Promise<Record<string, string>> => ({
  settings: settingsTable(await declaredSettings(root)),
  answers: answersTable(outcomes, outcomeTexts),
  'fhir-errors': fhirErrorsTable(fhirErrors),
  holds: holdsTable(holdCodes),
  'api-errors': apiErrorsTable(errors),
  'message-types': messageTypesTable([...(await loadMappings()).types.keys()]),
  topics: topicsTable(topics),
})
