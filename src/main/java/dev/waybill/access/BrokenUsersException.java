package dev.waybill.access;

import dev.waybill.config.Problem;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// The file of the users has errors and is left as it is.
public final class BrokenUsersException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param problems all of them
    BrokenUsersException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
}
