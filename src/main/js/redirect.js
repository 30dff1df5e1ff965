/**
 * @fileoverview The identifier by redirect: the collector says where to, the browser goes there as for an image, and the
 * destination sends it back to the collector, which keeps the identifier. Only pipelines with the source `redirect` get
 * this part, before the script itself: it adds one function to the settings.
 */
import {cookie} from './store.js';
import {isPuid} from './fetched.js';

/**
 * @param {string} url
 * @return {!Promise<string|undefined>} what went wrong
 */
function visit(url) {
  return new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(undefined);
    image.onerror = () => resolve('cors_or_network');
    setTimeout(() => resolve('timeout'), CONFIG.sync.timeoutMs);
    image.src = url;
  });
}

/**
 * @param {function(string, !Object=): !Promise<!Response>} call the collector
 * @param {string} anonymousId
 * @param {!Object} signals of consent
 * @return {!Promise<{puid: (string|undefined), failure: (string|undefined), posted: (boolean|undefined)}>}
 */
CONFIG.redirect = async (call, anonymousId, signals) => {
  const path = '/v1/identity/' + CONFIG.kit;
  try {
    const said = await (await call(path + '/redirect', {'anonymousId': anonymousId, 'consent': signals})).json();
    if (!said['url']) {
      return {failure: /denied|suppressed/.test(said['reason']) ? 'consent' : 'http'};
    }
    const before = cookie(CONFIG.cookie.name);
    const failure = await visit(said['url']);
    // A collector on another host without a cookie.domain has a state that can't be read here: then its answer counts.
    if (failure || before && before === cookie(CONFIG.cookie.name)) {
      return {failure: failure || 'shape'};
    }
    const puid = (await (await call(path)).json())['puid'];
    return isPuid(puid) ? {puid, posted: true} : {failure: 'shape'};
  } catch (e) {
    return {failure: 'cors_or_network'};
  }
};
