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
import pRetry from 'p-retry'

/** Milliseconds. */
const conflictRetry = { retries: 4, minTimeout: 100, factor: 1 }

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

/** Connects to one bucket. The only file that imports the S3 client. */
export const connectObjectStore = (settings: ObjectStoreSettings) => {
  const client = clientFor(settings)
  const Bucket = settings.s3Bucket
  return {
    /** Creates the bucket if it does not exist. */
    async ensureBucket(): Promise<void> {
      try {
        await client.send(new HeadBucketCommand({ Bucket }))
      } catch (error) {
        if (statusOf(error) !== 404) throw error
        await client.send(new CreateBucketCommand({ Bucket }))
      }
    },

    /**
     * Writes an object only if none of this key exists.
     *
     * @returns false if one exists; it is left unchanged
     * @see S3 conditional writes, If-None-Match
     */
    async putNew(key: string, body: Buffer, contentType: string): Promise<boolean> {
      const put = () =>
        client.send(
          new PutObjectCommand({
            Bucket,
            Key: key,
            Body: body,
            ContentType: contentType,
            ContentLength: body.length,
            IfNoneMatch: '*',
          }),
        )
      // Another write of this key is in progress and may yet fail, so the object may not exist.
      const isConflict = ({ error }: { error: unknown }) => statusOf(error) === 409
      try {
        await pRetry(put, { ...conflictRetry, shouldRetry: isConflict })
        return true
      } catch (error) {
        if (statusOf(error) === 412) return false
        throw error
      }
    },

    /** Writes an object in place of the one of this key, if there is one. */
    async put(key: string, body: Buffer, contentType: string): Promise<void> {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          ContentLength: body.length,
        }),
      )
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

    /** Every key under a prefix, in order; none if there is no bucket. */
    async *list(prefix: string): AsyncGenerator<string> {
      let token: string | undefined
      do {
        const page = await client
          .send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token }))
          .catch((error: unknown) => {
            if (statusOf(error) === 404) return null
            throw error
          })
        if (page === null) return
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
