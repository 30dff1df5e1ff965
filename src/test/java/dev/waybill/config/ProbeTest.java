package dev.waybill.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
    @Test
    void a_typed_read_leaves_its_form_and_what_is_taken_when_nothing_is_there() {
        Shape.Keys keys = asked(section -> {
            section.integer("count", 5, 1, 9);
            section.bool("flag", true);
            section.duration("wait", Duration.ofMinutes(90));
            section.bytes("room", 32L << 10);
            section.oneOf("mode", ConfigNode.Tag.NUMBER);
            section.text("note");
        });

        assertThat(keys.named().keySet()).containsExactly("count", "flag", "mode", "note", "room", "wait");
        assertThat(forms(keys, "count")).containsExactly(new Form.Whole(1, 9));
        assertThat(forms(keys, "mode")).containsExactly(Form.Words.of("string", "number", "boolean"));
        assertThat(keys.named().values().stream().flatMap(shape -> shape.fallback().stream()))
                .containsExactly(5, true, "number", "32KiB", "90m");
    }

    @Test
    void what_is_read_only_when_a_key_is_there_is_found_and_is_no_default() {
        Shape.Keys keys = asked(section -> {
            if (section.value("days") != null) {
                section.integer("days", 1, 1, 400);
            }
            if (section.has("auth")) {
                section.section("auth").required("token", "the token");
            }
        });

        assertThat(forms(keys, "days")).containsExactly(new Form.Whole(1, 400));
        assertThat(shape(keys, "days").fallback()).isEmpty();
        Shape.Keys auth = shape(keys, "auth").keys().orElseThrow();
        assertThat(auth.required()).containsExactly("token");
        assertThat(auth.seenWhenAbsent()).isFalse();
    }

    @Test
    void a_key_is_required_when_its_absence_alone_is_a_problem() {
        Shape.Keys keys = asked(section -> {
            section.required("name", "its name");
            if (section.value("revision") == null) {
                section.missing("revision", "its number");
            }
            section.text("note");
        });

        assertThat(keys.required()).containsExactlyInAnyOrder("name", "revision");
        assertThat(shape(keys, "name").meaning()).hasValue("its name");
    }

    @Test
    void of_keys_that_exclude_each_other_none_is_required_alone() {
        Shape.Keys keys = asked(section -> {
            section.either("allow", "deny");
            section.required("allow", "a condition");
        });

        assertThat(keys.required()).isEmpty();
        assertThat(keys.choices()).containsExactly(List.of("allow", "deny"));
    }

    @Test
    void keys_that_belong_together_are_not_required_alone() {
        Shape.Keys keys = asked(section -> {
            section.together("token", "header");
            section.required("token", "a token");
            section.required("header", "a header");
        });

        assertThat(keys.required()).isEmpty();
        assertThat(keys.companions()).containsExactly(List.of("token", "header"));
    }

    @Test
    void a_value_that_is_at_hand_without_its_key_may_be_given_forms() {
        Form described = new Form.Described("step");
        Shape.Keys keys = asked(section -> {
            Section.valueTakes(section.node(), Form.TEXT);
            section.list("steps").forEach(item -> Section.valueTakes(item, described));
        });

        assertThat(shape(keys, "steps").items().orElseThrow().forms()).containsExactly(described);
    }

    @Test
    void lists_and_keys_of_the_users_choice_are_looked_into() {
        Shape.Keys keys = asked(section -> {
            for (ConfigNode item : section.list("pins")) {
                Section.of(item, new Problems()).text("name");
            }
            section.texts("words");
            Section events = section.section("events");
            events.entries()
                    .values()
                    .forEach(node -> Section.of(node, new Problems()).bool("send", true));
            Section headers = section.section("headers");
            headers.entries().keySet().forEach(headers::text);
        });

        assertThat(shape(keys, "pins")
                        .items()
                        .flatMap(Shape::keys)
                        .orElseThrow()
                        .named())
                .containsOnlyKeys("name");
        assertThat(shape(keys, "words").items().orElseThrow().forms()).containsExactly(Form.TEXT);
        Shape.Keys events = shape(keys, "events").keys().orElseThrow();
        assertThat(events.others().flatMap(Shape::keys).orElseThrow().named()).containsOnlyKeys("send");
        Shape.Keys headers = shape(keys, "headers").keys().orElseThrow();
        assertThat(headers.others().orElseThrow().forms()).containsExactly(Form.TEXT);
        assertThat(headers.named()).isEmpty();
    }

    @Test
    void a_value_taken_as_it_is_may_be_looked_into_as_a_list_or_a_mapping() {
        Shape.Keys keys = asked(section -> {
            switch (section.value("input")) {
                case ConfigNode.Sequence list ->
                    list.items()
                            .forEach(item -> Section.of(item, new Problems()).text("in_list"));
                case ConfigNode.Mapping mapping ->
                    Section.of(mapping, new Problems()).text("in_mapping");
                case null, default -> {}
            }
            section.takes("input", Form.TEXT);
        });

        Shape input = shape(keys, "input");
        assertThat(input.forms()).containsExactly(Form.TEXT);
        assertThat(input.keys().orElseThrow().named()).containsOnlyKeys("in_mapping");
        assertThat(input.items().flatMap(Shape::keys).orElseThrow().named()).containsOnlyKeys("in_list");
    }

    @Test
    void a_value_that_nobody_looks_into_may_be_anything() {
        Shape any = shape(asked(section -> section.value("any")), "any");

        assertThat(any.forms()).isEmpty();
        assertThat(any.keys()).isEmpty();
        assertThat(any.items()).isEmpty();
    }

    @Test
    void only_a_reader_that_refuses_strangers_closes_a_mapping() {
        assertThat(asked(section -> section.text("a")).closed()).isFalse();
        assertThat(asked(section -> {
                            section.text("a");
                            section.done();
                        })
                        .closed())
                .isTrue();
    }

    @Test
    void a_reader_that_goes_down_without_end_comes_to_one() {
        Shape.Keys keys = asked(section -> depth(section.value("deep")));

        assertThat(keys.named()).containsOnlyKeys("deep");
    }

    private static int depth(@Nullable ConfigNode node) {
        return node instanceof ConfigNode.Mapping mapping
                ? 1
                        + mapping.entries().values().stream()
                                .mapToInt(ProbeTest::depth)
                                .sum()
                : 0;
    }

    @Test
    void a_given_value_is_read_as_if_it_stood_there() {
        Shape root = Probe.of(
                node -> {
                    Section section = Section.of(node, new Problems());
                    section.required("kit", "its kit").ifPresent(kit -> section.text("for-" + kit));
                },
                Map.of("kit", "kargo"));

        assertThat(root.keys().orElseThrow().named()).containsOnlyKeys("for-kargo", "kit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "10s", "5m", "5min", "1.5 H", "72h", "30d", "1w", "10", "ms", "-1s", "1 s s"})
    void the_pattern_of_durations_takes_what_is_read_as_one(String text) {
        assertThat(Pattern.matches(Quantity.durationPattern(), text))
                .isEqualTo(Quantity.duration(text).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "32KiB", "512mb", "10 GB", "1.5GiB", "7B", "7TB", "MB", "-1", "1,000"})
    void the_pattern_of_sizes_takes_what_is_read_as_one(String text) {
        assertThat(Pattern.matches(Quantity.sizePattern(), text))
                .isEqualTo(Quantity.bytes(text).isPresent());
    }

    private static Shape shape(Shape.Keys keys, String key) {
        return Objects.requireNonNull(keys.named().get(key));
    }

    private static Set<Form> forms(Shape.Keys keys, String key) {
        return shape(keys, key).forms();
    }

    private static Shape.Keys asked(Consumer<Section> reader) {
        return Probe.of(node -> reader.accept(Section.of(node, new Problems())), Map.of())
                .keys()
                .orElseThrow();
    }
}
