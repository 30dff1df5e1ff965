package dev.waybill.author;

import java.util.List;

/// A file that was written.
///
/// @param name the pipeline's or the integration's
/// @param revision its number; 0 for a pipeline
/// @param path inside the workspace
/// @param etag of what it holds now
/// @param created whether there was no such file before
/// @param inForce whether the server runs it now
/// @param warnings what is doubtful, and why it is not in force
public record Saved(
        String name, int revision, String path, String etag, boolean created, boolean inForce, List<Finding> warnings) {
    public Saved {
        warnings = List.copyOf(warnings);
    }
}
