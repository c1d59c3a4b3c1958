import { setTimeout as pause } from 'node:timers/promises'
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'

const conflictTries = 5
const conflictPauseMs = 100

export type ObjectStoreSettings = {
  s3Endpoint: string | null
  s3Region: string
  s3Bucket: string
  s3AccessKeyId: string | null
  s3SecretAccessKey: string | null
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined

const clientFor = (settings: ObjectStoreSettings) =>
  new S3Client({
    region: settings.s3Region,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(settings.s3Endpoint === null
      ? {}
      : { endpoint: settings.s3Endpoint, forcePathStyle: true }),
    ...(settings.s3AccessKeyId === null || settings.s3SecretAccessKey === null
      ? {}
      : {
          credentials: {
            accessKeyId: settings.s3AccessKeyId,
            secretAccessKey: settings.s3SecretAccessKey,
          },
        }),
  })

/** The only importer of the S3 client. One bucket. */
export const connectObjectStore = (settings: ObjectStoreSettings) => {
  const client = clientFor(settings)
  const Bucket = settings.s3Bucket
  return {
    /** Makes the bucket if it is not there. */
    async ensureBucket(): Promise<void> {
      try {
        await client.send(new HeadBucketCommand({ Bucket }))
      } catch (error) {
        if (statusOf(error) !== 404) throw error
        await client.send(new CreateBucketCommand({ Bucket }))
      }
    },

    /**
     * Writes an object that must not be there yet.
     *
     * @returns false if one was there; it is untouched
     * @see S3 conditional writes, If-None-Match
     */
    async putNew(key: string, body: Buffer, contentType: string): Promise<boolean> {
      for (let left = conflictTries; ; left -= 1) {
        try {
          await client.send(
            new PutObjectCommand({
              Bucket,
              Key: key,
              Body: body,
              ContentType: contentType,
              ContentLength: body.length,
              IfNoneMatch: '*',
            }),
          )
          return true
        } catch (error) {
          if (statusOf(error) === 412) return false
          // Another write of the same key is under way, and may yet fail: that is no proof that it
          // is there.
          if (statusOf(error) !== 409 || left === 1) throw error
          await pause(conflictPauseMs)
        }
      }
    },

    /** @returns the bytes, or null if there is no such object */
    async get(key: string): Promise<Buffer | null> {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }))
        return Body === undefined ? null : Buffer.from(await Body.transformToByteArray())
      } catch (error) {
        if (statusOf(error) === 404) return null
        throw error
      }
    },

    async has(key: string): Promise<boolean> {
      try {
        await client.send(new HeadObjectCommand({ Bucket, Key: key }))
        return true
      } catch (error) {
        if (statusOf(error) === 404) return false
        throw error
      }
    },

    /** Keys under a prefix in order, all pages. */
    async *list(prefix: string): AsyncGenerator<string> {
      let token: string | undefined
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token }),
        )
        yield* (page.Contents ?? []).flatMap(({ Key }) => Key ?? [])
        token = page.NextContinuationToken
      } while (token !== undefined)
    },

    answers: async () => {
      await client.send(new HeadBucketCommand({ Bucket }))
      return true
    },
    close: () => client.destroy(),
  }
}

export type ObjectStore = ReturnType<typeof connectObjectStore>
