/**
 * @fileoverview Calls to the collector. Bodies are JSON sent as text/plain, which needs no preflight.
 */
import {patience} from './patience.js';

/** The script's own tag, which only stands while it runs for the first time. */
export const own = /** @type {!HTMLScriptElement} */ (document.currentScript || {});

const base = CONFIG.collector || (own.src ? new URL(own.src) : location).origin;

/** @return {string} the collector's */
export function origin() {
  return base;
}

/**
 * @param {string} path
 * @return {string}
 */
export function at(path) {
  return base + path + '?writeKey=' + encodeURIComponent(CONFIG.writeKey);
}

/**
 * @param {string} path
 * @param {!Object=} body absent: a GET, which ends as late as a sync does
 * @param {string=} text the body as JSON text, when it is at hand
 * @return {!Promise<!Response>}
 */
export function call(path, body, text) {
  text = text || body && JSON.stringify(body);
  return fetch(at(path), /** @type {!RequestInit} */ (text ?
      {method: 'POST', body: text, credentials: CONFIG.credentials, keepalive: size(text) < 60000} :
      {credentials: CONFIG.credentials, signal: patience()}));
}

/**
 * Sends what the page need not wait for.
 * @param {string} path
 * @param {string} text
 * @return {boolean} whether the browser took it
 */
export function beacon(path, text) {
  try {
    return navigator.onLine !== false && navigator.sendBeacon(at(path), text);
  } catch (e) {
    return false;
  }
}

/**
 * @param {string} text
 * @return {number} its bytes
 */
export function size(text) {
  return new TextEncoder().encode(text).length;
}
