// Pinning a revision where the revisions are listed: the pipeline's file with one number changed.
import { call, encode, get } from '../api.js'
import { fixturesDiffer } from '../workspace/fixtures.js'
import { offerFile } from '../workspace/offer.js'

/**
 * @param {string} pipeline that has the integration
 * @param {string} integration
 * @param {number} revision
 * @returns {Promise<{inForce: boolean} | null>} null when it is not pinned: somebody decided otherwise, or was given the file
 * @throws {Error} when it can't be pinned
 */
export async function pin (pipeline, integration, revision) {
  const now = await get('pipelines/' + encode(pipeline))
  const lane = [now.file?.integrations ?? []].flat().find(one => one?.integration === integration)
  if (!lane || now.changedByHand) throw new Error(`The file of the pipeline ${pipeline} was changed by hand and is not in force. Look at it on the pipeline’s page first.`)
  lane.revision = revision
  return put(now, '')
}

async function put (pipeline, confirmed) {
  try {
    const { body } = await call('PUT', `pipelines/${encode(pipeline.name)}${confirmed}`, { body: pipeline.file, headers: { 'If-Match': pipeline.etag } })
    return body
  } catch (refused) {
    if (refused.reason === 'fixtures_differ') return await fixturesDiffer(refused.body.fixtures) ? put(pipeline, '?confirm=true') : null
    if (refused.reason !== 'read_only') throw refused
    await offerFile(refused.body)
    return null
  }
}
