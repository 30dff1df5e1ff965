package dev.waybill.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.function.UnaryOperator;

/// The values of identifying keys in the query or the fragment of a URL, wherever one stands in a text.
final class QueryValues {
    /// A value ends at a `?`, because it may be a URL with a query of its own.
    private static final Pattern PAIR = Pattern.compile("[?&;#]([^=&?#;\\s]{1,64})=([^?&#;\\s\"'<>]+)");

    private QueryValues() {}

    /// @param fake gives the fake of a decoded value
    static void mask(MaskedText text, UnaryOperator<String> fake) {
        text.replace(raw -> {
            Matcher pair = PAIR.matcher(raw.text());
            while (pair.find()) {
                if (IdentifyingKeys.identifies(decoded(pair.group(1)), "")) {
                    raw.put(pair.start(2), pair.end(2), encoded(pair.group(2), fake));
                }
            }
        });
    }

    private static String encoded(String value, UnaryOperator<String> fake) {
        String plain = decoded(value);
        String masked = fake.apply(plain);
        return plain.equals(value) ? masked : URLEncoder.encode(masked, UTF_8);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException odd) {
            return text;
        }
    }
}
