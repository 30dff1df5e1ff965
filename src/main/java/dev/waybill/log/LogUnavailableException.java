package dev.waybill.log;

import java.io.Serial;

/// The log can't take records now: disk low or full, a failed force, or closing. The sender must be told to come again.
public final class LogUnavailableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message one line for people: why, and what to do
    public LogUnavailableException(String message) {
        super(message);
    }
}
