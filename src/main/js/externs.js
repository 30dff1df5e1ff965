/**
 * @externs
 * @fileoverview What the browser, other scripts and the server give these scripts. Only the type checks read it.
 */

/**
 * Names of the sync URL's consent parameters; an empty one is never sent.
 * @typedef {{gdpr: string, gdprConsent: string, usPrivacy: string, gpp: string, gppSid: string}}
 */
var SyncParams;

/**
 * Times in seconds but for those whose name says Ms; `retryFailuresBefore` in milliseconds of the epoch, or 0.
 * @typedef {{
 *   url: string, field: string, cookieDays: number, refreshDays: number, failureTtl: number,
 *   firstFailureTtl: number, holdMs: number, timeoutMs: number, retryFailuresBefore: number,
 *   sources: !Array<string>}}
 */
var SyncConfig;

/**
 * @typedef {{
 *   scope: string, category: !Array<string>, signals: {tcf: boolean, gpp: boolean, usp: boolean, gpc: boolean},
 *   vendor: number, purposes: !Array<number>, waitMs: number, params: !SyncParams,
 *   file: string, integrity: string}}
 */
var ConsentConfig;

/**
 * What the server puts in front of the script for one pipeline. `sync.url` is empty when there is no sync, `collector`
 * when the script's own address is the collector's. `cookie.name` is that of the readable state cookie. `redirect` stands
 * there when `redirect.js` came before.
 * @typedef {{
 *   writeKey: string, kit: string, collector: string, credentials: string, version: string,
 *   cookie: {name: string, domain: string}, sync: !SyncConfig, consent: !ConsentConfig,
 *   redirect: (undefined|function(function(string, !Object=): !Promise<!Response>, string, !Object): !Promise<
 *       {puid: (string|undefined), failure: (string|undefined), posted: (boolean|undefined)}>)}}
 */
var ScriptConfig;

/** @const {!ScriptConfig} */
var CONFIG;

/**
 * `failed`: the page has platforms, and the file that reads them can't be had. `address` adds to a sync URL what is known.
 * @typedef {{decided: boolean, asked: boolean, failed: boolean, sync: boolean, send: boolean, rule: string, signals: !Object,
 *     address: function(string): string}}
 */
var ConsentState;

/**
 * What the second file gives the first: looks whether platforms have come or changed; what they said; a sync URL with it.
 * @typedef {{look: function(), said: function(): !Object, address: function(string): string}}
 */
var ConsentPlatforms;

/**
 * What localStorage keeps, in milliseconds of the epoch. `posted`: of an identifier, the anonymousId with which the
 * collector was told; of an opt-out, that it was. `withdrawn`: consent was taken back, and the collector may not know.
 * @typedef {{puid: (string|undefined), at: (number|undefined), expires: (number|undefined),
 *     posted: (boolean|string|undefined), failure: (string|undefined), failedAt: (number|undefined),
 *     until: (number|undefined), count: (number|undefined), optOut: (boolean|undefined),
 *     withdrawn: (boolean|undefined)}}
 */
var Kept;

/** @type {boolean|undefined} */
Navigator.prototype.globalPrivacyControl;

/** @type {*} */
Window.prototype.waybill;

/** @type {!Storage} */
var localStorage;
