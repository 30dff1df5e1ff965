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
    return JSON.parse(localStorage.getItem(key) || 'null');
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
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, JSON.stringify(value));
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
    return Object.keys(localStorage).filter((key) => !key.indexOf(prefix));
  } catch (e) {
    return [];
  }
}

let once = false;
let cookies = '';

/**
 * @param {boolean} on whether cookies are read once for all: each reading asks another process. Nothing but this script
 *     may run meanwhile.
 */
export function readOnce(on) {
  once = on;
  cookies = '';
}

/**
 * @param {string} name
 * @return {string} the cookie's decoded value, or nothing
 */
export function cookie(name) {
  try {
    cookies = once && cookies || '; ' + document.cookie;
    return decodeURIComponent((cookies.split('; ' + name + '=')[1] || '').split(';')[0]);
  } catch (e) {
    return '';
  }
}

/**
 * @param {string} name
 * @param {string} value of letters, digits, - and _; an empty one removes the cookie
 */
export function setCookie(name, value) {
  try {
    document.cookie = name + '=' + value + ';path=/;max-age=' + (value ? 31536000 : 0) + ';samesite=lax;domain=' +
        CONFIG.cookie.domain;
    cookies = '';
  } catch (e) {
    // A sandboxed page has no cookies.
  }
}

/** @return {string} a random UUID; on plain http, where `crypto` makes none, the one in a blob's address */
export function uuid() {
  return crypto.randomUUID ? crypto.randomUUID() : URL.createObjectURL(new Blob()).slice(-36);
}

/**
 * @param {*} value
 * @return {boolean} whether it is a plain object
 */
export function isObject(value) {
  return !!value && typeof value === 'object' && !Array.isArray(value);
}
