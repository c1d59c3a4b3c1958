/**
 * Verification statuses of an allergy or a condition that decide whatever its clinical status is.
 *
 * @returns null for any other
 */
export const overruling = (
  verificationStatus: string | null,
): 'refuted' | 'entered-in-error' | null =>
  verificationStatus === 'refuted' || verificationStatus === 'entered-in-error'
    ? verificationStatus
    : null
