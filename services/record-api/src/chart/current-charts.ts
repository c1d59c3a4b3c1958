import { onCurrent } from '@tideway/mongo/follow-generation'
import type { Charts } from './open-chart.ts'

/** Charts of whichever generation of the record is live when one is opened. */
export const currentCharts = (
  charts: () => Promise<Charts>,
  { sealId }: Pick<Charts, 'sealId'>,
): Charts => ({ ...onCurrent(charts, ['openChart', 'findPatients']), sealId })
