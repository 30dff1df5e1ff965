package dev.waybill.transform;

import com.google.re2j.Matcher;
import dev.waybill.json.Json;
import dev.waybill.transform.BoundedPattern.TooMuchWorkException;
import org.jspecify.annotations.Nullable;

/// What one group of a pattern's first match holds.
record RegexExtract(BoundedPattern pattern, int group) implements EachValue.TextStep {
    @Override
    public @Nullable Json apply(String text, Budget budget, Transform.Misfit misfit) {
        try {
            Matcher matcher = pattern.matcher(text, budget);
            if (!matcher.find() || matcher.start(group) < 0) {
                return null;
            }
            return new Json.Str(text.substring(matcher.start(group), matcher.end(group)));
        } catch (TooMuchWorkException e) {
            misfit.because(BoundedPattern.TOO_MUCH_WORK);
            return null;
        }
    }
}
