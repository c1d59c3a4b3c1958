/** What is where in the folder of a backup. */
export const objectsFolder = 'objects'
export const registryFile = 'registry.json'
export const parkedFile = 'parked.ndjson'
export const withdrawnFile = 'withdrawn.ndjson'
