/// The files that people write, read into pipelines and compiled integrations: YAML in,
/// [dev.waybill.workspace.Workspace]
/// out, with every problem of every file reported at once. Reading has no effect on anything that runs.
///
/// The values are immutable and safe for threads.
@NullMarked
package dev.waybill.workspace;

import org.jspecify.annotations.NullMarked;
