/**
 * @fileoverview One question to the destination's ID endpoint.
 */
import {patience} from './patience.js';

const PUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `posted`: the collector has it already.
 * @typedef {{puid: (string|undefined), failure: (string|undefined), posted: (boolean|undefined)}}
 */
export let Found;

/**
 * @param {*} value
 * @return {boolean} whether it looks like an identifier; no check for an RFC 4122 version
 */
export function isPuid(value) {
  return typeof value === 'string' && PUID.test(value);
}

/**
 * @param {string} url
 * @return {!Promise<!Found>} never rejected
 */
export async function ask(url) {
  const signal = patience();
  try {
    const answer = await fetch(url, /** @type {!RequestInit} */ ({credentials: 'include', signal}));
    if (!answer.ok) {
      return {failure: 'http'};
    }
    const text = await answer.text();
    return read(text);
  } catch (e) {
    return {failure: signal && signal.aborted ? 'timeout' : 'cors_or_network'};
  }
}

/**
 * @param {string} text
 * @return {!Found}
 */
function read(text) {
  try {
    const puid = CONFIG.sync.field.split('.').reduce((at, key) => at[key], JSON.parse(text));
    return isPuid(puid) ? {puid} : {failure: 'shape'};
  } catch (e) {
    return {failure: 'shape'};
  }
}
