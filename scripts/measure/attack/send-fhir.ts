import { tokenFor } from '../../operate/client/api.ts'
import type { AttackTarget } from './target.ts'

export const systemToken = ({
  issuer,
  env,
}: Pick<AttackTarget, 'issuer' | 'env'>): Promise<string> =>
  tokenFor(issuer, { role: 'system', organisation: 'RJZ' }, env, 'system/*.cu')

/** Creates a resource as the system of RJZ. @returns the HTTP status */
export const sendFhir = async (
  target: AttackTarget,
  type: string,
  resource: Record<string, unknown>,
): Promise<number> => {
  const response = await fetch(`${target.fhirIngest}/${type}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await systemToken(target)}`,
      'content-type': 'application/fhir+json',
    },
    body: JSON.stringify(resource),
  })
  await response.body?.cancel()
  return response.status
}
