/// A playbook says how an event becomes a request: Global, Event specific, Default. It is read once from a file into
/// [dev.waybill.playbook.Playbook], laid over the kit's own, and compiled once with the connection parameters into
/// [dev.waybill.playbook.Plans]; applying a [dev.waybill.playbook.Plan] is pure.
///
/// Which rules an event gets, the stronger first:
/// - an event with a section under `events`: its own section, Global, Default;
/// - an event in no section (sent only with `default.unmapped: pass`): Default, Global, Default's `passed`.
///
/// Default's `filters` and `exclude` are for events in no section; its mappings and enrichments fill every output that
/// nothing stronger assigns. Everything here is immutable and safe for threads, save the reader, which belongs to one.
@NullMarked
package dev.waybill.playbook;

import org.jspecify.annotations.NullMarked;
