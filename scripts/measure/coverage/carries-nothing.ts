import type { Cell } from './cells.ts'

/**
 * Set ids, and the trigger event that MSH-9 also has: they number and name segments and carry no
 * fact about a patient.
 */
const structural =
  /^(EVN-1|(PID|PV1|OBR|OBX|NTE|SPM|NK1|AL1|DG1|PR1|IAM|IN1|GT1|TQ1|RGS|AIS|AIG|AIL|AIP|TXA|PDA)-1|RXA-[12]|ARV-1|AUT-1)$/

/**
 * A check digit and its scheme (CX-2 and CX-3) only protect the number. HL7 v2.5.1 chapter 2A.14.
 */
const checkDigits = /^(PID-(2|3|4|18|21)|MRG-[1-6]|PV1-(5|19|50|54)|NK1-12|DB1-3|PRB-4)~?\.[23]$/

/** Whether a record need not keep a value, for one of the reasons above. */
export const carriesNothing = ({ name }: Pick<Cell, 'name'>): boolean =>
  structural.test(name) || checkDigits.test(name)
