package dev.waybill.transform;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One flat object of nested objects and arrays. What holds no value, `null` and empty objects and arrays, is left
/// out; of two keys that become alike the last counts.
record Flatten(String separator) implements Transform {
    @Override
    public @Nullable Json apply(Json value, Misfit misfit) {
        if (!(value instanceof JsonObject) && !(value instanceof Json.Arr)) {
            misfit.because(Found.instead(value, "an object or array"));
            return null;
        }
        Run run = new Run(separator);
        String problem = run.add(value, 0);
        if (problem != null) {
            misfit.because(problem);
            return null;
        }
        return run.flat.build();
    }

    private static final class Run {
        private final String separator;
        private final Budget budget = new Budget();
        private final StringBuilder path = new StringBuilder();
        private final JsonObject.Builder flat = JsonObject.builder();

        private Run(String separator) {
            this.separator = separator;
        }

        /// Adds what stands at the path; what is wrong with it, or null.
        private @Nullable String add(Json value, int depth) {
            if (depth > ToJson.MAX_DEPTH) {
                return ToJson.TOO_DEEP;
            }
            switch (value) {
                case JsonObject object -> {
                    for (int i = 0; i < object.size(); i++) {
                        String problem = under(object.name(i), object.value(i), depth);
                        if (problem != null) {
                            return problem;
                        }
                    }
                }
                case Json.Arr(List<Json> items) -> {
                    for (int i = 0; i < items.size(); i++) {
                        String problem = under(Integer.toString(i), items.get(i), depth);
                        if (problem != null) {
                            return problem;
                        }
                    }
                }
                case Json.Str _, Json.Num _, Json.Bool _ -> {
                    // One more each, so that empty keys count too.
                    if (!budget.take(path.length() + 1)) {
                        return "the keys have more than 1,048,576 characters together";
                    }
                    flat.put(path.toString(), value);
                }
                case Json.Null _ -> {}
            }
            return null;
        }

        private @Nullable String under(String key, Json value, int depth) {
            int length = path.length();
            path.append(depth == 0 ? "" : separator).append(key);
            String problem = add(value, depth + 1);
            path.setLength(length);
            return problem;
        }
    }
}
