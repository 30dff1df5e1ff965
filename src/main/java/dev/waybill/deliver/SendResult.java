package dev.waybill.deliver;

import dev.waybill.kit.Answer;
import dev.waybill.kit.Integration;
import dev.waybill.kit.Verdict;

/// What one attempt came to.
public sealed interface SendResult {
    /// How long the attempt took, in nanoseconds.
    long nanos();

    /// What it means for the event: the kit judges an answer; where none came, the event waits, unless the integration
    /// itself has to change first.
    default Verdict verdict(Integration integration) {
        return switch (this) {
            case Answered answered -> integration.judge(answered.answer());
            case Failed failed -> failed.kind().verdict;
        };
    }

    /// The destination answered, whatever it said.
    record Answered(Answer answer, long nanos) implements SendResult {}

    /// There is no whole answer.
    ///
    /// @param message one sentence fit for logs and traces; it holds no part of the request but the host name
    record Failed(Kind kind, String message, long nanos) implements SendResult {}

    /// Why there is no answer.
    enum Kind {
        /// The host name could not be resolved.
        DNS(Verdict.RETRY),
        /// No connection, or no trusted TLS.
        CONNECT(Verdict.RETRY),
        /// The deadline came before the answer's last byte.
        TIMEOUT(Verdict.RETRY),
        /// The connection broke, before or within the answer, or the sender was closed.
        IO(Verdict.RETRY),
        /// What came is not HTTP, or breaks the bounds on its head.
        GARBAGE(Verdict.RETRY),
        /// The address is loopback, private or otherwise not public, and such are not allowed.
        REFUSED_ADDRESS(Verdict.SETUP),
        /// There is no URL, or it is none that can be sent to.
        BAD_URL(Verdict.SETUP),
        /// A header of the request is one that the sender sets, or can't be written.
        BAD_HEADER(Verdict.SETUP);

        private final Verdict verdict;

        Kind(Verdict verdict) {
            this.verdict = verdict;
        }
    }
}
