import type { WatermarkStore } from './watermark-store.ts'

/** A record is in the watermark so long after its documents are written, at most. */
const everyMs = 200

/**
 * Writes noted watermarks again and again. What fails is written by the next.
 *
 * @returns stops, after writing them once more
 */
export const keepWatermarks = (
  { save }: Pick<WatermarkStore, 'save'>,
  onFailure: (cause: unknown) => void,
): (() => Promise<void>) => {
  const saving = setInterval(() => save().catch(onFailure), everyMs)
  return () => {
    clearInterval(saving)
    return save()
  }
}
