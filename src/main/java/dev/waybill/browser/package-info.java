/// The file that a site's pages load, `waybill.js`, as one pipeline gets it, and a second one, `waybill-consent.js`,
/// which
/// it loads by its hash on pages that have a consent platform: most of what there is to know of consent is in there,
/// and
/// most pages of the US need none of it. The script's sources stand in `src/main/js`; the build checks their types and
/// makes them small. A default pipeline's `waybill.js` has at most 6 KiB, compressed.
@NullMarked
package dev.waybill.browser;

import org.jspecify.annotations.NullMarked;
