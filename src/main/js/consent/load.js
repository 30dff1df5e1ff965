/**
 * @fileoverview The script's second file, which reads consent platforms: only pages that have one load it.
 */
import {origin, own} from '../collector.js';

/**
 * @param {function(!Function)} take gets `createPlatforms`
 * @param {function()} failed
 */
export function loadPlatforms(take, failed) {
  const tag = document.createElement('script');
  tag.crossOrigin = 'anonymous';
  tag.integrity = CONFIG.consent.integrity;
  tag.nonce = own.nonce || '';
  tag['take'] = take;
  tag.onerror = failed;
  tag.src = origin() + CONFIG.consent.file;
  document.head.appendChild(tag);
}
