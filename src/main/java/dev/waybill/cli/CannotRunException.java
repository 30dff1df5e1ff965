package dev.waybill.cli;

import java.io.Serial;

/// The verb can't do its work here: exit status 3, with the message as the one line on stderr.
public final class CannotRunException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message what is in the way and what to do
    public CannotRunException(String message) {
        super(message);
    }
}
