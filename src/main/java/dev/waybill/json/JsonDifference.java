package dev.waybill.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One place where two JSON values differ. The order of keys is no difference.
///
/// @param path such as `request.body.params.products[0].sku`; a key that isn't a plain word is quoted: `params["a.b"]`
/// @param left the value there, null when the left one has none
/// @param right likewise
public record JsonDifference(
        String path, @Nullable Json left, @Nullable Json right) {
    /// Longer literals are compared as text: their value would cost too much.
    private static final int LONGEST_NUMBER = 1000;

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_$*-]+");

    /// What counts as a difference.
    public enum Strictness {
        /// Numbers of one value are equal (`30` and `30.0`); arrays are compared item by item.
        BY_VALUE,
        /// Numbers are equal when their literals are; an array is one value, so that the paths stay few.
        BY_LITERAL
    }

    /// All differences, in the order of the left value's keys, then of those that only the right one has.
    ///
    /// @param path where both stand
    public static List<JsonDifference> between(
            String path, @Nullable Json left, @Nullable Json right, Strictness strictness) {
        List<JsonDifference> found = new ArrayList<>();
        new Walk(strictness, found).compare(path, left, right);
        return found;
    }

    /// The path of a key of the object at that path.
    public static String path(String parent, String key) {
        if (!PLAIN.matcher(key).matches()) {
            return parent + "[" + JsonText.write(Json.of(key)) + "]";
        }
        return parent.isEmpty() ? key : parent + "." + key;
    }

    private record Walk(Strictness strictness, List<JsonDifference> found) {
        private void compare(String path, @Nullable Json left, @Nullable Json right) {
            if (left instanceof JsonObject a && right instanceof JsonObject b) {
                objects(path, a, b);
            } else if (strictness == Strictness.BY_VALUE && left instanceof Json.Arr a && right instanceof Json.Arr b) {
                arrays(path, a.items(), b.items());
            } else if (!equal(left, right)) {
                found.add(new JsonDifference(path, left, right));
            }
        }

        private void objects(String path, JsonObject left, JsonObject right) {
            for (var entry : left) {
                compare(path(path, entry.getKey()), entry.getValue(), right.get(entry.getKey()));
            }
            for (var entry : right) {
                if (left.get(entry.getKey()) == null) {
                    compare(path(path, entry.getKey()), null, entry.getValue());
                }
            }
        }

        private void arrays(String path, List<Json> left, List<Json> right) {
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                compare(
                        path + "[" + i + "]",
                        i < left.size() ? left.get(i) : null,
                        i < right.size() ? right.get(i) : null);
            }
        }

        private boolean equal(@Nullable Json left, @Nullable Json right) {
            if (strictness == Strictness.BY_VALUE && left instanceof Json.Num a && right instanceof Json.Num b) {
                return sameNumber(a.literal(), b.literal());
            }
            return left == null ? right == null : left.equals(right);
        }

        private static boolean sameNumber(String left, String right) {
            if (left.equals(right)) {
                return true;
            }
            if (Math.max(left.length(), right.length()) > LONGEST_NUMBER) {
                return false;
            }
            try {
                return new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
            } catch (NumberFormatException | ArithmeticException beyondAllBounds) {
                return false;
            }
        }
    }
}
