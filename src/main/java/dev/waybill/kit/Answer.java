package dev.waybill.kit;

import java.util.Map;

/// What came back from the destination.
///
/// @param status the HTTP status
/// @param headers lower-case names, the first value of each
/// @param body the first bytes of the body as text, at most [#BODY_LIMIT] bytes
public record Answer(int status, Map<String, String> headers, String body) {
    /// How much of an answer is kept, in bytes.
    public static final int BODY_LIMIT = 2048;

    public Answer {
        headers = Map.copyOf(headers);
    }
}
