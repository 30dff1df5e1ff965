package dev.waybill.transform;

import com.google.re2j.Matcher;
import dev.waybill.json.Json;
import dev.waybill.transform.BoundedPattern.TooMuchWorkException;
import org.jspecify.annotations.Nullable;

/// Replaces every match of a pattern.
record RegexReplace(BoundedPattern pattern, Replacement with) implements EachValue.TextStep {
    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        try {
            StringBuilder replaced = new StringBuilder(text.length());
            Matcher matcher = pattern.matcher(text, budget);
            int copied = 0;
            int from = 0;
            while (from <= text.length() && BoundedPattern.find(matcher, from, budget)) {
                replaced.append(text, copied, matcher.start());
                boolean fits = budget.take(matcher.start() - copied) && with.appendTo(replaced, text, matcher, budget);
                if (!fits) {
                    misfit.because(Budget.TOO_LONG);
                    return null;
                }
                copied = matcher.end();
                // The matcher's own step behind an empty match is half a character beyond the BMP.
                boolean empty = matcher.start() == copied;
                from = !empty ? copied : copied < text.length() ? text.offsetByCodePoints(copied, 1) : copied + 1;
            }
            if (!budget.take(text.length() - copied)) {
                misfit.because(Budget.TOO_LONG);
                return null;
            }
            return new Json.Str(replaced.append(text, copied, text.length()).toString());
        } catch (TooMuchWorkException e) {
            misfit.because(BoundedPattern.TOO_MUCH_WORK);
            return null;
        }
    }
}
