package dev.waybill.cli;

/// How log lines look. The constants are the words of the command line.
enum LogFormat {
    /// One line for people.
    text,
    /// One JSON object a line.
    json;

    /// Makes the logs look so. Before the first line is logged.
    void use() {
        System.setProperty("waybill.log.format", name());
    }
}
