/**
 * @fileoverview IAB's US Privacy string, as `__uspapi` tells it, and the deletion requests that come the same way.
 */
import {reach} from './reach.js';

/**
 * @param {!Window} win
 * @param {function(?string)} heard gets the string; null until it is there
 * @param {function()} deleted
 * @return {?function()} asks again, as the API tells of no changes; null without such a platform
 */
export function listenUsp(win, heard, deleted) {
  const ask = reach(win, '__uspapi', (api, command, callback) => api(command, 1, callback));
  if (!ask) {
    return null;
  }
  const again = () => ask('getUSPData', (data, success) => {
    const text = success && data && data['uspString'];
    if (typeof text === 'string') {
      heard(text);
    } else if (win.document.readyState === 'complete') {
      // It has none, and the API has no other way to say so: nothing is open.
      heard('');
    }
  });
  heard(null);
  again();
  // One that doesn't know the command answers at once that it failed.
  ask('registerDeletion', (data, success) => {
    if (success !== false) {
      deleted();
    }
  });
  return again;
}
