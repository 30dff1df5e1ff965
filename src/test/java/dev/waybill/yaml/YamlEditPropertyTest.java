package dev.waybill.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import dev.waybill.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random files as people write them, random changes of pins and flags.
class YamlEditPropertyTest {
    private static final List<String> ORDER =
            List.of("writeKey", "origins", "cookie", "consent", "identityWait", "sync", "integrations");
    private static final int CASES = 1000;

    @Test
    void a_changed_file_says_what_was_asked_for_and_keeps_every_comment() {
        long seed = System.nanoTime();
        for (int i = 0; i < CASES; i++) {
            HandWriting hand = new HandWriting(new Random(seed + i));
            String text = hand.pipeline();
            Json before = YamlTree.json(text).orElseThrow(() -> new AssertionError("the test wrote no YAML: " + text));
            JsonObject wanted = hand.changed((JsonObject) before);
            String changed = YamlEdit.apply(text, wanted, ORDER).orElse("(refused)");
            String what = "seed %d\n%s\nto say %s\nbecame\n%s".formatted(seed + i, text, wanted, changed);
            assertThat(YamlTree.json(changed)).as(what).contains(wanted);
            assertThat(commentLines(changed)).as(what).containsExactlyElementsOf(commentLines(text));
            if (before.equals(wanted)) {
                assertThat(changed).as(what).isEqualTo(text);
            }
        }
    }

    private static List<String> commentLines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#"))
                .toList();
    }

    private record HandWriting(Random random) {
        String pipeline() {
            List<String> parts = new ArrayList<>();
            parts.add("writeKey:" + gap() + quoted("wk_" + random.nextInt(99)) + trailing());
            if (random.nextBoolean()) {
                parts.add("origins:"
                        + list(List.of("https://a.example", "https://*.b.example", "http://localhost:3000")));
            }
            if (random.nextBoolean()) {
                parts.add("cookie:" + mapping(2, List.of("domain: null", "name: " + quoted("wb_x"))));
            }
            if (random.nextBoolean()) {
                parts.add("consent:"
                        + mapping(
                                2,
                                List.of("scope: us", "category:" + gap() + quoted("C0004"), "signals: {tcf: true}")));
            }
            if (random.nextBoolean()) {
                parts.add("identityWait: 10s" + trailing());
            }
            parts.add("integrations:" + pins());
            Collections.shuffle(parts, random);
            StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "---\n" : "");
            for (String part : parts) {
                comments(text, 0);
                text.append(part);
            }
            comments(text, 0);
            String all = random.nextInt(4) == 0 ? text.toString().stripTrailing() : text.toString();
            return random.nextInt(4) == 0 ? all.replace("\n", "\r\n") : all;
        }

        private String pins() {
            int count = random.nextInt(4);
            if (count == 0) {
                return random.nextBoolean() ? " []" + trailing() : trailing();
            }
            if (random.nextInt(3) == 0) {
                List<String> all = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    all.add("{" + String.join(", ", pin(i)) + "}");
                }
                return " [" + String.join(random.nextBoolean() ? ", " : ",\n  # next\n  ", all) + "]" + trailing();
            }
            int indent = random.nextInt(3) * 2;
            StringBuilder text = new StringBuilder(trailing());
            for (int i = 0; i < count; i++) {
                comments(text, indent);
                text.append(" ".repeat(indent)).append("-").append(random.nextInt(3) == 0 ? "   " : " ");
                int column = text.length() - text.lastIndexOf("\n") - 1;
                if (random.nextBoolean()) {
                    text.append("{")
                            .append(String.join(", ", pin(i)))
                            .append("}")
                            .append(trailing());
                    continue;
                }
                List<String> keys = pin(i);
                for (int k = 0; k < keys.size(); k++) {
                    if (k > 0) {
                        comments(text, column);
                        text.append(" ".repeat(column));
                    }
                    text.append(keys.get(k)).append(trailing());
                }
            }
            return text.toString();
        }

        private List<String> pin(int i) {
            List<String> keys = new ArrayList<>();
            keys.add("integration: " + quoted("kargo-" + i));
            keys.add("revision: " + (1 + random.nextInt(9)));
            if (random.nextBoolean()) {
                keys.add("enabled: " + random.nextBoolean());
            }
            if (random.nextBoolean()) {
                keys.add("mode: " + quoted(random.nextBoolean() ? "live" : "shadow"));
            }
            if (random.nextInt(4) == 0) {
                keys.add("startFrom: " + quoted("2026-11-01T00:00:00Z"));
            }
            Collections.shuffle(keys, random);
            return keys;
        }

        private String list(List<String> values) {
            if (random.nextBoolean()) {
                return " ["
                        + String.join(", ", values.stream().map(this::quoted).toList()) + "]" + trailing();
            }
            StringBuilder text = new StringBuilder(trailing());
            int indent = random.nextInt(3);
            for (String value : values) {
                comments(text, indent);
                text.append(" ".repeat(indent))
                        .append("- ")
                        .append(quoted(value))
                        .append(trailing());
            }
            return text.toString();
        }

        private String mapping(int indent, List<String> entries) {
            if (random.nextBoolean()) {
                return " {" + String.join(", ", entries) + "}" + trailing();
            }
            StringBuilder text = new StringBuilder(trailing());
            for (String entry : entries) {
                comments(text, indent);
                text.append(" ".repeat(indent)).append(entry).append(trailing());
            }
            return text.toString();
        }

        private void comments(StringBuilder text, int indent) {
            while (random.nextInt(3) == 0) {
                text.append(random.nextInt(3) == 0 ? "\n" : " ".repeat(indent) + "# " + note() + "\n");
            }
        }

        private String note() {
            return List.of("why: because", "- not an item", "it's {odd}", "😀 \"quoted\"", "key: value")
                            .get(random.nextInt(5))
                    + " " + random.nextInt(1000);
        }

        private String trailing() {
            return (random.nextInt(4) == 0 ? "  # " + note() : "") + "\n";
        }

        private String gap() {
            return " ".repeat(1 + random.nextInt(3));
        }

        private String quoted(String text) {
            return switch (random.nextInt(3)) {
                case 0 -> "'" + text + "'";
                case 1 -> "\"" + text + "\"";
                default -> text.startsWith("2026") || text.contains("*") ? "'" + text + "'" : text;
            };
        }

        JsonObject changed(JsonObject before) {
            JsonObject.Builder wanted = JsonObject.builder();
            before.forEach(entry -> {
                if (entry.getKey().equals("integrations")) {
                    wanted.put("integrations", changedPins(entry.getValue()));
                } else if (entry.getKey().equals("origins") && random.nextInt(3) == 0) {
                    wanted.put("origins", some(entry.getValue(), new Json.Str("https://new.example")));
                } else if (entry.getKey().equals("writeKey") || random.nextInt(8) > 0) {
                    wanted.put(entry.getKey(), entry.getValue());
                }
            });
            if (random.nextInt(3) == 0) {
                wanted.put("consent", JsonObject.builder().put("scope", "gdpr").build());
            }
            if (random.nextInt(5) == 0) {
                wanted.put(
                        "writeKey",
                        List.of("wk: odd", "yes", "12", "# no", "it's").get(random.nextInt(5)));
            }
            return wanted.build();
        }

        private Json changedPins(Json before) {
            List<Json> pins = new ArrayList<>();
            for (Json pin : before instanceof Json.Arr(List<Json> items) ? items : List.<Json>of()) {
                if (random.nextInt(6) == 0) {
                    continue;
                }
                JsonObject.Builder changed = JsonObject.builder();
                ((JsonObject) pin).forEach(entry -> {
                    if (entry.getKey().equals("integration") || random.nextInt(6) > 0) {
                        changed.put(entry.getKey(), entry.getValue());
                    }
                });
                if (random.nextBoolean()) {
                    changed.put("revision", 1 + random.nextInt(99));
                }
                if (random.nextInt(3) == 0) {
                    changed.put("enabled", random.nextBoolean());
                }
                if (random.nextInt(3) == 0) {
                    changed.put("mode", random.nextBoolean() ? "live" : "shadow");
                }
                pins.add(changed.build());
            }
            if (random.nextInt(4) == 0) {
                pins.add(
                        random.nextInt(pins.size() + 1),
                        JsonObject.builder()
                                .put("integration", "new")
                                .put("revision", 1)
                                .build());
            }
            if (random.nextInt(8) == 0) {
                Collections.shuffle(pins, random);
            }
            return new Json.Arr(pins);
        }

        private Json some(Json list, Json added) {
            List<Json> items = new ArrayList<>(((Json.Arr) list).items());
            items.removeIf(item -> random.nextInt(3) == 0);
            if (random.nextBoolean()) {
                items.add(random.nextInt(items.size() + 1), added);
            }
            return new Json.Arr(items);
        }
    }
}
