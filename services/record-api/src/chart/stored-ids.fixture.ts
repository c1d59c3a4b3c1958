import type { IdSeal } from '@tideway/schemas/id-seal'

/** For tests that compare ids with those of the store. */
export const storedIds: Pick<IdSeal, 'seal' | 'open'> = {
  seal: (id) => id,
  open: (publicId) => [publicId],
}
