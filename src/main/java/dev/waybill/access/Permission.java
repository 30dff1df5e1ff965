package dev.waybill.access;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What a route of the API needs.
public enum Permission {
    /// See numbers, events with their identifiers masked, and the workspace without its secrets.
    VIEW("see counts, masked events and the workspace"),
    /// See events and dead letters as they came; each time is in the audit journal.
    REVEAL("see identifiers in events"),
    /// Create integrations and save revisions, which change nothing that runs.
    EDIT("create integrations and save revisions"),
    /// Change what runs: create pipelines, pin revisions, pause, resume, replay.
    DEPLOY("pin revisions, change pipelines, pause, resume and replay"),
    /// Stop the events of a person who asked for it.
    SUPPRESS("suppress a person"),
    /// See who changed what.
    AUDIT("read the audit journal"),
    /// Change what concerns the whole server, such as its alerts.
    ADMIN("change the server's own settings");

    private final String words;

    Permission(String words) {
        this.words = words;
    }

    /// What it lets one do, for a sentence: "to pin revisions …".
    public String words() {
        return words;
    }

    /// The roles that have it, for a sentence: "admin, editor".
    public String roles() {
        return Arrays.stream(Role.values())
                .filter(role -> role.may(this))
                .map(Role::text)
                .collect(Collectors.joining(", "));
    }
}
