/// The file that a site's pages load, `waybill.js`, as one pipeline gets it. The script's sources stand in
/// `src/main/js`; the build checks their types and makes them small.
@NullMarked
package dev.waybill.browser;

import org.jspecify.annotations.NullMarked;
