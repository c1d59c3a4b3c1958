import type { SystemAddresses } from './addresses-file.ts'
import type { Home } from './home.ts'

/** The table of addresses printed when the stack is ready. */
export const addressTable = (at: SystemAddresses, home: Home): string => {
  const rows = [
    ['HL7 v2, agreed senders', `mllp://${at.mllp}`],
    ['HL7 v2, sandbox for any sender', `mllp://${at.mllpSandbox}`],
    ['FHIR in', at.fhirIngest],
    ['Record API', `${at.recordApi} (to read about it: ${at.recordApi}/docs)`],
    ['OpenID issuer', at.issuer],
    ['Kafka', at.kafka],
    ['Schema registry', at.registry],
    // An address from the environment may contain a password.
    ['MongoDB', at.mongodb.replace(/\/\/[^@/]*@/, '//')],
    ['S3', at.s3],
    ['Logs', home.logs],
    ['A token', 'npm run --silent token -- clinician RJ1'],
    ['The end', 'Ctrl-C, or npm stop'],
  ] as const
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`).join('\n')
}
