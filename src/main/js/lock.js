/**
 * @fileoverview One at a time over all tabs of a site: Web Locks, else a lock in localStorage that ends by itself.
 */
import {load, save, uuid} from './store.js';

/**
 * @param {string} name
 * @param {number} ms after this a lock in localStorage is another's
 * @param {function(): !Promise} task never rejected
 * @return {!Promise}
 */
export async function alone(name, ms, task) {
  let begun = false;
  const once = () => {
    begun = true;
    return task();
  };
  const locks = navigator['locks'];
  if (locks) {
    try {
      await locks['request'](name, once);
    } catch (e) {
      // A page of an opaque origin has none.
    }
  }
  if (!begun) {
    const me = await take(name, ms);
    await once();
    if ((load(name) || {})['by'] === me) {
      save(name, null);
    }
  }
}

/**
 * @param {string} name
 * @param {number} ms
 * @return {!Promise<string>} the mark of this holder
 */
async function take(name, ms) {
  const me = uuid();
  for (;;) {
    const left = ((load(name) || {})['until'] || 0) - Date.now();
    if (left > 0 && left <= ms) {
      await pause(200);
    } else if (!save(name, {'by': me, 'until': Date.now() + ms})) {
      return me;
    } else {
      await pause(50);
      if ((load(name) || {})['by'] === me) {
        return me;
      }
    }
  }
}

/**
 * @param {number} ms
 * @return {!Promise}
 */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
