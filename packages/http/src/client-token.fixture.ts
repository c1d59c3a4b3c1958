/** A client credentials token of the local issuer. */
export const clientTokenOf = async (
  organisation: string,
  scope = 'system/*.cu',
): Promise<string> => {
  const fields = {
    grant_type: 'client_credentials',
    client_id: 'system',
    client_secret: process.env['ISSUER_CLIENT_SECRET'] || 'tideway-local',
    organisation,
    scope,
  }
  const answer = await fetch(`${process.env['OIDC_ISSUER']}/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  return ((await answer.json()) as { access_token: string }).access_token
}
