/// Who may do what: people with roles, their sessions, and the journal of what they changed.
///
/// The admin token is everything's key; people have a name, a password and a [dev.waybill.access.Role]. Each route
/// names the one [dev.waybill.access.Permission] that it needs; nothing else decides. Every change is written into
/// the [dev.waybill.access.AuditJournal], with who asked for it.
///
/// # Invariants
///
/// - No password, token, session id or CSRF token is in a file, a log, a URL or the audit journal: files hold a
///   password's hash, memory a session id's.
/// - What the file of the users says counts with the next request; a session never outlives what it was opened with.
/// - What one can learn from a failed sign-in, also by its time, is the same for every name.
/// - Whatever strangers send, memory and the journal stay bounded.
///
/// Threads: everything here is safe for threads, but for what says otherwise.
@NullMarked
package dev.waybill.access;

import org.jspecify.annotations.NullMarked;
