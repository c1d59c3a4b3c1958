import { UsageError } from '../command-line.ts'
import { openLine } from '../open-line.ts'

const group = 'identity'

/**
 * Forgets what the identity service made of each source patient's record, so that it reads every
 * record and every statement again when it starts. Statements that it has stay: a log made anew has
 * no decisions of stewards. So do persons; what is the same then is not published again.
 *
 * @throws UsageError while the service runs
 */
export const beginIdentityAnew = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const { mongo, kafka, close } = await openLine(env)
  try {
    if (await kafka.hasMembers(group)) throw new UsageError('Stop the identity service first')
    await mongo.identities.updateMany({}, { $set: { traits: null, blockKeys: [], edges: [] } })
    await mongo.watermarks.deleteMany({ _id: { $regex: '^identity/' } })
    await mongo.identityState.deleteMany({})
  } finally {
    await close()
  }
}
