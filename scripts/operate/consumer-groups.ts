import { text } from '@tideway/runtime/config'

/** Consumer groups of the services, for commands that place them or ask how far they are. */
export const consumerGroups = {
  archiverGroup: text(
    'ARCHIVER_CONSUMER_GROUP',
    'For commands: CONSUMER_GROUP of the archivers',
    'archiver',
  ),
  projectorGroup: text(
    'PROJECTOR_CONSUMER_GROUP',
    'For commands: CONSUMER_GROUP of the projectors',
    'projector',
  ),
}
