/**
 * @fileoverview What Kargo's own tag left on the page: localStorage `krg_crb`, base64 of JSON, or the cookie of that
 * name, JSON with such a text as `v`.
 */
import {cookie} from './store.js';

/** @return {{lexId: (string|undefined), optOut: (boolean|undefined)}} nothing when there is none or it can't be read */
export function readCrb() {
  return decoded(() => localStorage.getItem('krg_crb')) ||
      decoded(() => JSON.parse(cookie('krg_crb') || '{}')['v']) || {};
}

/**
 * @param {function(): ?string} text
 * @return {?{lexId: (string|undefined), optOut: (boolean|undefined)}}
 */
function decoded(text) {
  try {
    const found = JSON.parse(atob(text() || '') || 'null');
    return !found ? null : {lexId: found['lexId'], optOut: found['optOut'] === true};
  } catch (e) {
    return null;
  }
}
