/// What one asks a destination before and beside the events: whether its ID endpoint serves a pipeline's origins
/// ([dev.waybill.onboard.SyncCheck]; a browser can't tell a refusal from a network failure), the letter to its
/// representative, whether a connection works ([dev.waybill.onboard.ConnectionTest]), and its people's word that
/// everything arrives ([dev.waybill.onboard.Confirmations]).
///
/// What is asked goes nowhere that the guard doesn't permit. Answers are hostile: whatever they hold, the sentences
/// are bounded and fit for a terminal, and hold no secret.
///
/// Threads: everything is safe for threads; a question blocks its caller.
@NullMarked
package dev.waybill.onboard;

import org.jspecify.annotations.NullMarked;
