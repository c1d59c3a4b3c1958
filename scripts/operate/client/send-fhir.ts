import { type Addresses, requireAddresses } from '../../stack/addresses.ts'
import { tokenFor } from './api.ts'

/**
 * Sends a message as the system of an organisation.
 *
 * @returns the HTTP status; 2xx means that the message is durable
 * @see FHIR R4, Messaging, $process-message
 */
export const sendFhirMessage = async (
  addresses: Addresses,
  organisation: string,
  bytes: Buffer,
  env: NodeJS.ProcessEnv,
): Promise<number> => {
  const { fhirIngest, issuer } = requireAddresses(addresses, 'fhirIngest', 'issuer')
  const token = await tokenFor(issuer, { role: 'system', organisation }, env, 'system/*.cu')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' }
  const response = await fetch(`${fhirIngest}/$process-message`, {
    method: 'POST',
    headers,
    body: new Uint8Array(bytes),
  })
  await response.body?.cancel()
  return response.status
}
