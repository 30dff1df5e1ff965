package dev.waybill.access;

/// What the audit journal tells of.
public enum Audited {
    SIGNED_IN("signed in", "a person or the holder of the admin token, from an address"),
    SIGNED_OUT("signed out", "the session was ended by hand"),
    SIGN_IN_FAILED("sign-in failed", "a wrong name, password or token; several at once when they come fast"),
    SIGN_IN_BLOCKED("sign-in blocked", "too many failed from an address or for a name"),
    REVEALED("revealed", "somebody saw identifiers in events or dead letters"),
    USER_ADDED("user added", "`users.yaml` names a person more"),
    USER_REMOVED("user removed", "`users.yaml` names a person less"),
    ROLE_CHANGED("role changed", "a person's role, from and to"),
    PASSWORD_CHANGED("password changed", "a person's password"),
    LANE_PAUSED("lane paused", "by hand"),
    LANE_RESUMED("lane resumed", "by hand"),
    REPLAY_STARTED("replay started", "of dead letters or of a range, with the count"),
    PERSON_SUPPRESSED("person suppressed", "no event of that person is sent any more"),
    INTEGRATION_CREATED("integration created", "with its first revision"),
    REVISION_SAVED("revision saved", "the next revision of an integration"),
    REVISION_PINNED("revision pinned", "a pipeline runs another revision, from and to"),
    PIPELINE_CREATED("pipeline created", "a new write key"),
    PIPELINE_CHANGED("pipeline changed", "anything else in the file of a pipeline"),
    SECRET_CHANGED("secret changed", "a new value; never the value itself"),
    NOT_WRITTEN(
            "not written", "the change of that subject that was written down just before could not be made, and why"),
    FILE_CHANGED("file changed", "a file of the workspace that is in force now, by the start of its SHA-256"),
    TEST_SENT("test sent", "a labelled event by a revision, past every lane"),
    CONFIRMATION_CHANGED("confirmation changed", "whether the destination has confirmed an integration"),
    ALERTS_CHANGED("alerts changed", "where alerts go");

    private final String text;
    private final String words;

    Audited(String text, String words) {
        this.text = text;
        this.words = words;
    }

    /// As it stands in the journal's entries: `revision saved`.
    public String text() {
        return text;
    }

    /// What it tells, in a few words for the docs.
    public String words() {
        return words;
    }
}
