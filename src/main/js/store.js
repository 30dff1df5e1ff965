/**
 * @fileoverview localStorage and cookies, where a page may have neither: reading then finds nothing, writing does
 * nothing, and no exception leaves.
 */

/**
 * @param {string} key
 * @return {*} what was written as JSON, or null
 */
export function load(key) {
  try {
    return JSON.parse(window.localStorage.getItem(key) || 'null');
  } catch (e) {
    return null;
  }
}

/**
 * @param {string} key
 * @param {*} value null removes it
 * @return {boolean} whether it will be found again
 */
export function save(key, value) {
  try {
    if (value == null) {
      window.localStorage.removeItem(key);
    } else {
      window.localStorage.setItem(key, JSON.stringify(value));
    }
    return true;
  } catch (e) {
    return false;
  }
}

/**
 * @param {string} prefix
 * @return {!Array<string>} the keys that begin with it
 */
export function keys(prefix) {
  try {
    return Object.keys(window.localStorage).filter((key) => !key.indexOf(prefix));
  } catch (e) {
    return [];
  }
}

/**
 * @param {string} name
 * @return {string} the cookie's decoded value, or nothing
 */
export function cookie(name) {
  try {
    const at = ('; ' + document.cookie).split('; ' + name + '=')[1];
    return at ? decodeURIComponent(at.split(';')[0]) : '';
  } catch (e) {
    return '';
  }
}

/**
 * @param {string} name
 * @param {string} value an empty one removes the cookie
 */
export function setCookie(name, value) {
  const host = location.hostname;
  const domain = CONFIG.cookie.domain.replace(/^\./, '');
  try {
    document.cookie = name + '=' + encodeURIComponent(value) + ';path=/;max-age=' + (value ? 31536000 : 0) +
        ';samesite=lax' + (location.protocol === 'https:' ? ';secure' : '') +
        (domain && ('.' + host).endsWith('.' + domain) ? ';domain=' + domain : '');
  } catch (e) {
    // A sandboxed page has no cookies.
  }
}

/** @return {string} a random UUID */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6] & 15 | 64;
  bytes[8] = bytes[8] & 63 | 128;
  return Array.from(bytes, (byte, i) => (i > 3 && i < 11 && !(i % 2) ? '-' : '') + (byte + 256).toString(16).slice(1))
      .join('');
}

/**
 * @param {*} value
 * @return {boolean} whether it is a plain object
 */
export function isObject(value) {
  return !!value && typeof value === 'object' && !Array.isArray(value);
}
