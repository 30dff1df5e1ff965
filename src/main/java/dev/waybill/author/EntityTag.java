package dev.waybill.author;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Names what a file holds, so that a change can say what it was made from.
public final class EntityTag {
    private static final int BYTES = 12;

    private EntityTag() {}

    /// Of one text: the start of its SHA-256 in quotes, as HTTP's `ETag` has it.
    public static String of(String text) {
        MessageDigest digest = sha256();
        digest.update(text.getBytes(UTF_8));
        return tag(digest);
    }

    /// Of several files, by their names.
    public static String of(SortedMap<String, String> texts) {
        MessageDigest digest = sha256();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            digest.update((text.getKey() + "\n" + of(text.getValue()) + "\n").getBytes(UTF_8));
        }
        return tag(digest);
    }

    private static String tag(MessageDigest digest) {
        return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES)) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// What a change was made from, as `If-Match` and `If-None-Match: *` say it.
    ///
    /// @param anyOf tags, or `*` for whatever is there; empty when nothing was said
    /// @param absent whether there must be nothing yet
    public record Condition(List<String> anyOf, boolean absent) {
        public static final Condition NONE = new Condition(List.of(), false);

        public Condition {
            anyOf = List.copyOf(anyOf);
        }

        /// Reads the headers of a request.
        ///
        /// @param ifMatch a header's value: tags with commas between, weak ones too; may be empty
        /// @param ifNoneMatch likewise; only `*` says something
        public static Condition of(String ifMatch, String ifNoneMatch) {
            List<String> tags = Arrays.stream(ifMatch.split(",", -1))
                    .map(tag -> tag.strip().startsWith("W/") ? tag.strip().substring(2) : tag.strip())
                    .filter(tag -> !tag.isEmpty())
                    .toList();
            return new Condition(tags, ifNoneMatch.strip().equals("*"));
        }

        boolean isGiven() {
            return absent || !anyOf.isEmpty();
        }

        /// Whether the change was made from what is there.
        ///
        /// @param tags all names of what is there
        boolean holds(List<String> tags) {
            return anyOf.isEmpty() || anyOf.contains("*") || tags.stream().anyMatch(anyOf::contains);
        }
    }
}
