/// Writes the files of a workspace for people who don't: revisions of integrations and pipelines, out of the JSON that
/// the API takes, so that whatever is done in a browser is a file that version control can hold.
///
/// Invariants:
///
/// - What is written was read before by the very readers that read files: a save never breaks a workspace.
/// - Nothing is overwritten that its author hasn't seen. A revision is a new file, never one that is there, and its
///   number was never given before; a pipeline's file is replaced only while it is what the change was made from.
/// - A crash leaves the file from before or the new one. What a person wrote by hand keeps its comments and its form.
/// - The audit journal holds a change before it is made, and afterwards that it could not be made.
/// - No save brings a reference that its caller may not bring: see [dev.waybill.author.References].
/// - Values of secrets go into `<data>/secrets` and nowhere else.
///
/// Threads: [dev.waybill.author.Author] is safe for threads and writes one file at a time.
@NullMarked
package dev.waybill.author;

import org.jspecify.annotations.NullMarked;
