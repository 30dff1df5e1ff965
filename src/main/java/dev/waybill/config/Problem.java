package dev.waybill.config;

/// One thing wrong, or doubtful, in a file.
///
/// @param file the path as the user knows it, such as `pipelines/web.yaml`
/// @param line from 1; 0 when the whole file is meant
/// @param path where in the file, such as `integrations[0].mode`; empty for the file itself
/// @param message what was found, what is allowed, what to do
public record Problem(Severity severity, String file, int line, String path, String message) {
    public enum Severity {
        /// The file can't be used.
        ERROR,
        /// It can, but the person may not have meant it.
        WARNING
    }

    /// One line: `pipelines/web.yaml:7: integrations[0].mode: found 'lve'; allowed: live, shadow; did you mean 'live'?`
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (severity == Severity.WARNING) {
            text.append("warning: ");
        }
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        return text.append(message).toString();
    }
}
