/** Whether a status says that a value was posted on the wrong patient. */
export const isWrongPatient = ({ status }: { status: string | null }): boolean =>
  status === 'wrong-patient'
