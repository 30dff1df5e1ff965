/// The console: the pages under `/console/`, which are files and nothing else. Whatever they show or change goes
/// through the routes of `/api`, as any other client's requests do, so the pages can do nothing that the API can't.
///
/// The files are in the program (`/console` among its resources) and hold no data, so they need no sign-in. Browser
/// code of others comes from the WebJars among the dependencies. A strict policy lets the pages run scripts and styles
/// of this server alone: no inline code, no other host, no frame around them.
///
/// Threads: everything is safe for threads.
@NullMarked
package dev.waybill.console;

import org.jspecify.annotations.NullMarked;
