/**
 * @fileoverview One at a time over all tabs of a site, by Web Locks. A page that has none (plain http but on loopback, or
 * of an opaque origin) goes on without.
 */

/**
 * @param {string} name
 * @param {function(): !Promise} task never rejected
 * @return {!Promise}
 */
export async function alone(name, task) {
  let begun = false;
  const once = () => {
    begun = true;
    return task();
  };
  try {
    await navigator['locks']['request'](name, once);
  } catch (e) {
    if (!begun) {
      await once();
    }
  }
}
