/// Who may do what: people with roles, and the journal of what they changed.
///
/// The admin token is everything's key; people have a name, a password and a [dev.waybill.access.Role]. Each route
/// names the one [dev.waybill.access.Permission] that it needs; nothing else decides. Every change is written into
/// the [dev.waybill.access.AuditJournal], with who asked for it.
///
/// Threads: everything here is safe for threads.
@NullMarked
package dev.waybill.access;

import org.jspecify.annotations.NullMarked;
