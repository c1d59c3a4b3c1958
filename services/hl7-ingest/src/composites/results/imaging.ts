import { text } from '@tideway/hl7v2/lexer/fields'
import type { ResultReported } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'

type Imaging = Pick<ResultReported, 'accessionNumber' | 'studyUid' | 'modality'>

/**
 * Accession number, study and modality of a report: IPC-1, 3 and 5; the study in ZDS-1 from IHE
 * Radiology senders.
 *
 * @see HL7 v2.5.1 chapter 4.5.6, IPC; IHE RAD TF-2, ZDS
 */
export const readImaging = (about: readonly Segment[]): Imaging => {
  const ipc = about.find(({ name }) => name === 'IPC')
  const zds = about.find(({ name }) => name === 'ZDS')
  const inZds = zds === undefined ? null : text(zds, 1)
  if (ipc === undefined) return { accessionNumber: null, studyUid: inZds, modality: null }
  return { accessionNumber: text(ipc, 1), studyUid: text(ipc, 3) ?? inZds, modality: text(ipc, 5) }
}
