package dev.waybill.workspace;

import dev.waybill.config.Problem;
import java.io.Serial;
import java.util.List;

/// A server can't start: its workspace has problems and there is no last good one.
public final class BrokenWorkspaceException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /// @param problems all of them
    BrokenWorkspaceException(List<Problem> problems) {
        super("the workspace can't be used; correct what `waybill check` names");
        this.problems = List.copyOf(problems);
    }

    /// All problems by file and line, warnings among them.
    public List<Problem> problems() {
        return problems;
    }
}
