import type { Context } from '../mapping.ts'

/**
 * What stands before a number that is one sender's own: nothing where the sender is the patient's organisation, else who it is, so that the
 * same number of two senders never meets in one entry.
 */
export const senderPrefix = (patientKey: string, { source }: Context): string => (patientKey.startsWith(`${source.ods}|`) ? '' : `${source.ods}:`)
