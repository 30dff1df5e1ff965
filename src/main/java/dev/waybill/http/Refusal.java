package dev.waybill.http;

import java.io.Serial;

/// A request that is answered with an error. Thrown by handlers and turned into JSON by the listener.
///
/// It has no stack trace: a hostile sender causes as many as it likes.
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final String detail;
    private final int retryAfterSeconds;
    private final boolean last;

    /// @param status an HTTP status from 400 to 599
    /// @param reason a word from a documented list, in snake_case
    /// @param detail one line for people: what was found, what is allowed, what to do
    public Refusal(int status, String reason, String detail) {
        this(status, reason, detail, 0);
    }

    /// @param retryAfterSeconds when to come again, at least 1; 0 for no such advice
    public Refusal(int status, String reason, String detail, int retryAfterSeconds) {
        this(status, reason, detail, retryAfterSeconds, false);
    }

    private Refusal(int status, String reason, String detail, int retryAfterSeconds, boolean last) {
        super(reason + ": " + detail, null, false, false);
        this.status = status;
        this.reason = reason;
        this.detail = detail;
        this.retryAfterSeconds = retryAfterSeconds;
        this.last = last;
    }

    /// A refusal after which the connection is closed, because nobody knows where the next request begins.
    static Refusal last(int status, String reason, String detail) {
        return new Refusal(status, reason, detail, 0, true);
    }

    boolean isLast() {
        return last;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public String detail() {
        return detail;
    }

    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
