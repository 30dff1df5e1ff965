package dev.waybill.author;

import java.io.Serial;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a file was not written. It has no stack trace: anybody causes as many as they like.
public final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// The reasons; docs/api.md lists them.
    public enum Reason {
        /// A name that no file of a workspace can have.
        BAD_NAME(400),
        /// There is nothing of that name.
        NOT_FOUND(404),
        /// There is something of that name already.
        EXISTS(409),
        /// What the change was made from is no longer what is there.
        CHANGED(412),
        /// The readers of files refuse it.
        INVALID(422),
        /// The file would be larger than one may be.
        TOO_LARGE(413),
        /// The workspace can't be written; the file is in the answer.
        READ_ONLY(409),
        /// The data directory can't be written: secrets and numbers of revisions lie there.
        NOT_DURABLE(503),
        /// A file written by hand in a way that can't be changed in place; the file is in the answer.
        NOT_EDITABLE(409),
        /// The workspace's fixtures differ with the pinned revisions.
        FIXTURES_DIFFER(409);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        /// The HTTP status that fits it.
        public int status() {
            return status;
        }

        /// The word in answers.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;
    private final String detail;
    private final transient List<Finding> problems;
    private final transient @Nullable Draft draft;
    private final transient List<FixtureDifference> fixtures;

    /// A file that could not be written.
    ///
    /// @param path inside the workspace
    public record Draft(String path, String yaml) {}

    private Refused(
            Reason reason,
            String detail,
            List<Finding> problems,
            @Nullable Draft draft,
            List<FixtureDifference> fixtures) {
        super(reason.text() + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
        this.problems = List.copyOf(problems);
        this.draft = draft;
        this.fixtures = List.copyOf(fixtures);
    }

    Refused(Reason reason, String detail) {
        this(reason, detail, List.of(), null, List.of());
    }

    static Refused invalid(List<Finding> problems) {
        long errors = problems.stream().filter(Finding::isError).count();
        return new Refused(
                Reason.INVALID,
                "%d problem%s; nothing was written".formatted(errors, errors == 1 ? "" : "s"),
                problems,
                null,
                List.of());
    }

    static Refused with(Reason reason, String detail, Draft draft) {
        return new Refused(reason, detail, List.of(), draft, List.of());
    }

    static Refused differing(String detail, List<FixtureDifference> fixtures) {
        return new Refused(Reason.FIXTURES_DIFFER, detail, List.of(), null, fixtures);
    }

    public Reason reason() {
        return reason;
    }

    /// One line for people: what was found, what is allowed, what to do.
    public String detail() {
        return detail;
    }

    /// With [Reason#INVALID], warnings among them.
    public List<Finding> problems() {
        return problems;
    }

    /// With [Reason#READ_ONLY] and [Reason#NOT_EDITABLE]; else null.
    public @Nullable Draft draft() {
        return draft;
    }

    /// With [Reason#FIXTURES_DIFFER].
    public List<FixtureDifference> fixtures() {
        return fixtures;
    }
}
