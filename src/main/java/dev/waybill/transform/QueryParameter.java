package dev.waybill.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import dev.waybill.json.JsonText;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// The decoded value of a URL's first query parameter of a name: `+` is a space, `%` with two hex digits a byte of
/// UTF-8; a `%` without them stays, bytes that are no UTF-8 become U+FFFD.
record QueryParameter(String name) implements EachValue.TextStep {
    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        String query = UrlText.of(text).query();
        if (query == null) {
            return null;
        }
        for (int start = 0; start <= query.length(); ) {
            int and = query.indexOf('&', start);
            int end = and < 0 ? query.length() : and;
            String pair = query.substring(start, end);
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (!pair.isEmpty() && decoded(key).equals(name)) {
                return new Json.Str(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            start = end + 1;
        }
        return null;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        byte[] utf8 = JsonText.wellFormed(text).getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length);
        for (int i = 0; i < utf8.length; i++) {
            int high = utf8[i] == '%' && i + 2 < utf8.length ? Character.digit(utf8[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(utf8[i + 2], 16);
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(utf8[i] == '+' ? ' ' : utf8[i]);
            }
        }
        return out.toString(UTF_8);
    }
}
