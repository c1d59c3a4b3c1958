/** What is used of the library, which brings no types. */
declare module '@lhncbc/ucum-lhc' {
  export const UcumLhcUtils: {
    getInstance(): {
      validateUnitString(text: string): { status: 'valid' | 'invalid' | 'error'; ucumCode: string }
    }
  }
}
