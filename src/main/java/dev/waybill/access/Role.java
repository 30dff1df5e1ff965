package dev.waybill.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a person is trusted with. Whoever edits doesn't pin and whoever pins doesn't edit, so that two people see
/// each change; the admin, and the admin token, may do all.
public enum Role {
    /// Everything.
    ADMIN,
    /// Edits, can't pin.
    EDITOR,
    /// Pins, can't edit.
    DEPLOYER,
    /// Looks, with identifiers masked.
    VIEWER;

    /// Whether it may do that.
    public boolean may(Permission permission) {
        return switch (this) {
            case ADMIN -> true;
            case EDITOR -> permission != Permission.DEPLOY && permission != Permission.ADMIN;
            case DEPLOYER -> permission != Permission.EDIT && permission != Permission.ADMIN;
            case VIEWER -> permission == Permission.VIEW;
        };
    }

    /// What it may do, for a sentence: "see counts …; read the audit journal".
    public String words() {
        return Arrays.stream(Permission.values())
                .filter(this::may)
                .map(Permission::words)
                .collect(Collectors.joining("; "));
    }

    /// As it stands in files and is shown: `admin`, `editor`, `deployer`, `viewer`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
