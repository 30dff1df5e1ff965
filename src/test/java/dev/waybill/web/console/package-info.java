/// The console as the person who uses it meets it: Chromium on the real server, with the real sandbox behind it.
///
/// [dev.waybill.web.console.ConsoleSite] starts both and signs in. Each test class is one promise of the console; what
/// the pages' own code computes is seen by what they show.
@NullMarked
package dev.waybill.web.console;

import org.jspecify.annotations.NullMarked;
