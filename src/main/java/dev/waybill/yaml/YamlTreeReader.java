package dev.waybill.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.Token;

/// Builds the tree of a text: values from the parser's events, which know aliases, and dashes and colons from the
/// scanner's tokens, which alone know where those stand. Belongs to one thread.
final class YamlTreeReader {
    static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(4 << 20).setUseMarks(true).build();

    private static final int DEEPEST = 100;

    private final String text;
    private final Iterator<Event> events;
    private final Map<Anchor, YamlNode> anchors = new HashMap<>();
    private final NavigableMap<Integer, Integer> dashes = new TreeMap<>();
    private final NavigableMap<Integer, Integer> colons = new TreeMap<>();
    /// Marks count code points; null when there is no difference.
    private final int @Nullable [] offsets;

    private YamlTreeReader(String text) {
        this.text = text;
        this.offsets = offsets(text);
        this.events = new Parse(SETTINGS).parseString(text).iterator();
        ScannerImpl tokens = new ScannerImpl(SETTINGS, new StreamReader(SETTINGS, text));
        while (tokens.hasNext()) {
            Token token = tokens.next();
            if (token.getTokenId() == Token.ID.BlockEntry) {
                dashes.put(at(token.getStartMark()), at(token.getEndMark()));
            } else if (token.getTokenId() == Token.ID.Value) {
                colons.put(at(token.getStartMark()), at(token.getEndMark()));
            }
        }
    }

    /// The root of the text's only document; empty when there is nothing in it.
    ///
    /// @throws YamlEngineException when it is no YAML, holds several documents, a key that is no single value, or
    ///     is
    ///     nested too deep
    static Optional<YamlNode> read(String text) {
        YamlTreeReader reader = new YamlTreeReader(text);
        return reader.document();
    }

    private Optional<YamlNode> document() {
        YamlNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node) {
                if (root != null) {
                    throw new YamlEngineException("more than one document");
                }
                root = node(node, 0);
            }
        }
        return Optional.ofNullable(root);
    }

    private YamlNode node(NodeEvent event, int depth) {
        if (depth > DEEPEST) {
            throw new YamlEngineException("nested deeper than " + DEEPEST);
        }
        YamlNode node = switch (event) {
            case AliasEvent alias -> alias(alias);
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> throw new YamlEngineException("unknown event " + event.getEventId());
        };
        if (!(event instanceof AliasEvent)) {
            event.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private YamlNode alias(AliasEvent event) {
        YamlNode target = anchors.get(event.getAlias());
        if (target == null) {
            throw new YamlEngineException("undefined alias " + event.getAlias());
        }
        return new YamlNode.Alias(start(event), at(event.getEndMark()), target);
    }

    private YamlNode scalar(ScalarEvent event) {
        String tag = event.getTag()
                .filter(said -> !said.equals("!"))
                .orElseGet(() -> event.getScalarStyle() == ScalarStyle.PLAIN
                        ? SETTINGS.getSchema()
                                .getScalarResolver()
                                .resolve(event.getValue(), true)
                                .getValue()
                        : Tag.STR.getValue());
        int end = at(event.getEndMark());
        if (event.getScalarStyle() == ScalarStyle.LITERAL || event.getScalarStyle() == ScalarStyle.FOLDED) {
            while (end > start(event) && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
        }
        return new YamlNode.Scalar(start(event), end, event.getValue(), event.getScalarStyle(), tag);
    }

    private YamlNode sequence(SequenceStartEvent event, int depth) {
        List<YamlNode.Item> items = new ArrayList<>();
        int last = at(event.getEndMark());
        Event next = events.next();
        while (next instanceof NodeEvent child) {
            YamlNode value = node(child, depth + 1);
            Map.Entry<Integer, Integer> dash =
                    event.isFlow() ? null : before(dashes, value.start(), value instanceof YamlNode.Sequence);
            items.add(new YamlNode.Item(dash == null ? value.start() : dash.getKey(), value));
            last = Math.max(value.end(), dash == null ? 0 : dash.getValue());
            next = events.next();
        }
        return new YamlNode.Sequence(
                start(event), event.isFlow() ? at(next.getEndMark()) : last, event.isFlow(), items);
    }

    /// A block sequence begins at its own first dash, which is not the one before it.
    private static Map.@Nullable Entry<Integer, Integer> before(
            NavigableMap<Integer, Integer> tokens, int offset, boolean sequence) {
        return sequence ? tokens.lowerEntry(offset) : tokens.floorEntry(offset);
    }

    private YamlNode mapping(MappingStartEvent event, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        int last = at(event.getEndMark());
        Event next = events.next();
        while (next instanceof NodeEvent keyEvent) {
            YamlNode key = node(keyEvent, depth + 1);
            if (!(key instanceof YamlNode.Scalar scalar) || !(events.next() instanceof NodeEvent valueEvent)) {
                throw new YamlEngineException("a key must be a single word or text");
            }
            YamlNode value = node(valueEvent, depth + 1);
            Map.Entry<Integer, Integer> colon = colons.floorEntry(value.start());
            int behind = colon == null || colon.getKey() < key.end() ? key.end() : colon.getValue();
            entries.add(new YamlNode.Entry(scalar.text(), key.start(), behind, value));
            last = Math.max(behind, value.end());
            next = events.next();
        }
        return new YamlNode.Mapping(
                start(event), event.isFlow() ? at(next.getEndMark()) : last, event.isFlow(), entries);
    }

    private int start(Event event) {
        int start = at(event.getStartMark());
        if (event instanceof CollectionStartEvent collection && !collection.isFlow()) {
            // The mark of a block sequence in a mapping without indent may stand on its first dash or behind it.
            Integer dash = dashes.floorKey(start);
            return event instanceof SequenceStartEvent && dash != null && dashes.getOrDefault(dash, -1) == start
                    ? dash
                    : start;
        }
        return start;
    }

    private int at(Optional<Mark> mark) {
        int index = mark.map(Mark::getIndex).orElse(0);
        return offsets == null ? index : offsets[Math.min(index, offsets.length - 1)];
    }

    private static int @Nullable [] offsets(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return null;
        }
        int[] offsets = new int[count + 1];
        int offset = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
        offsets[count] = offset;
        return offsets;
    }
}
