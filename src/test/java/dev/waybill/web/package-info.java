/// The product as a visitor's browser meets it: real pages on their own hosts, Debian's Chromium driven by Playwright,
/// and the real processes of the end-to-end tests behind them.
///
/// A test class carries `@Tag("browser")` and `@ExtendWith(Browsing.class)`. [dev.waybill.web.Site] starts the page
/// server, the sandbox and the collector; [dev.waybill.web.Visitor] is one browser profile that looks at them.
@NullMarked
package dev.waybill.web;

import org.jspecify.annotations.NullMarked;
