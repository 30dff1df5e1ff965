package dev.waybill.playbook;

import dev.waybill.config.ConfigNode;
import dev.waybill.config.Form;
import dev.waybill.config.Section;
import dev.waybill.event.EventPath;
import dev.waybill.expression.Expression;
import dev.waybill.json.JsonPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one enrichment: `{output, value}`, `{output, timestamp, of}` or `{output, messageId: true}`, each with
/// `when` if wanted. Belongs to one thread.
record EnrichmentReader(Reading reading) {
    /// The enrichment; empty when anything was reported.
    Optional<MappingReader.Read> read(ConfigNode item) {
        Section enrichment = Section.of(item, reading.problems());
        enrichment.takes("value", Form.TEXT);
        enrichment.takes("when", Form.TEXT);
        enrichment.either("value", "timestamp", "messageId");
        enrichment.means("value", "a constant; $$NAME$$ in a text is a connection parameter");
        enrichment.means("timestamp", "a time of the event, in this form");
        enrichment.means("of", "which time: when it was received, or when it happened");
        enrichment.means("messageId", "true: the event's own id");
        enrichment.means("when", "a condition in CEL that says for which events this is meant");
        Optional<JsonPath> output = reading.output(enrichment, true, enrichment.value("value") != null);
        Source source = source(enrichment);
        Expression when =
                Conditions.read(enrichment.value("when"), reading.problems()).orElse(null);
        enrichment.done();
        if (output.isEmpty() || source == null) {
            return Optional.empty();
        }
        return Optional.of(new MappingReader.Read(
                output.get(),
                new Assignment(source, List.of(), null, false, when, "", Explanation.Rule.ENRICHMENT, null)));
    }

    private @Nullable Source source(Section enrichment) {
        ConfigNode value = enrichment.value("value");
        ConfigNode timestamp = enrichment.value("timestamp");
        ConfigNode messageId = enrichment.value("messageId");
        TimeForm form = enrichment.oneOf("timestamp", TimeForm.ISO);
        TimeForm.Of of = enrichment.oneOf("of", TimeForm.Of.RECEIVED);
        boolean id = enrichment.bool("messageId", false);
        int given = (value == null ? 0 : 1) + (timestamp == null ? 0 : 1) + (messageId == null ? 0 : 1);
        if (given > 1) {
            reading.problems()
                    .error(enrichment.node(), "an enrichment has exactly one of 'value', 'timestamp' and 'messageId'");
            return null;
        }
        if (timestamp != null) {
            return new Source.Moment(form, of);
        }
        if (id) {
            return new Source.Paths(List.of(EventPath.parse("messageId")));
        }
        if (value != null) {
            return reading.constant(value);
        }
        enrichment.missing(
                "value",
                "the constant to send: a text, a number, true or false; or write 'timestamp: iso', or"
                        + " 'messageId: true'");
        return null;
    }
}
