package dev.waybill.config;

import dev.waybill.config.ConfigNode.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads one YAML 1.2 document into nodes that know where they stand.
public final class YamlFile {
    /// Enough for hand-written files; it bounds what a few lines of nested aliases can grow to.
    private static final int MAX_NODES = 200_000;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setMaxAliasesForCollections(50)
            .setCodePointLimit(4 << 20)
            .setUseMarks(true)
            .build();

    private final String file;
    private final Problems problems;
    private int nodes;

    private YamlFile(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// Reads the text of a file. What is wrong with it goes to the problems.
    ///
    /// @param file the name to tell people
    /// @return the document's root; empty when there is none or the text is no YAML
    public static Optional<ConfigNode> read(String file, String text, Problems problems) {
        try {
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            if (root.isEmpty()) {
                return Optional.of(new ConfigNode.Empty(file, "", 1));
            }
            return Optional.of(new YamlFile(file, problems).node(root.get(), "", 0));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            problems.add(new Problem(
                    Problem.Severity.ERROR, file, line, "", "not valid YAML: " + firstLine(e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(
                    new Problem(Problem.Severity.ERROR, file, 0, "", "not valid YAML: " + firstLine(e.getMessage())));
        }
        return Optional.empty();
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it can't be read"
                : message.lines().findFirst().orElse("it can't be read");
    }

    private ConfigNode node(Node node, String path, int depth) {
        int line = line(node);
        if (++nodes > MAX_NODES || depth > 100) {
            throw new YamlEngineException("more than " + MAX_NODES + " values, or nested deeper than 100");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, path, line);
            case SequenceNode sequence -> {
                List<ConfigNode> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(node(item, path + "[" + items.size() + "]", depth + 1));
                }
                yield new ConfigNode.Sequence(file, path, line, items);
            }
            case MappingNode mapping -> mapping(mapping, path, line, depth);
            default -> new ConfigNode.Empty(file, path, line);
        };
    }

    private ConfigNode scalar(ScalarNode scalar, String path, int line) {
        String tag = scalar.getTag().getValue();
        return switch (tag.substring(tag.lastIndexOf(':') + 1)) {
            case "null" -> new ConfigNode.Empty(file, path, line);
            case "bool" -> new ConfigNode.Scalar(file, path, line, scalar.getValue(), Tag.BOOLEAN);
            case "int", "float" -> new ConfigNode.Scalar(file, path, line, scalar.getValue(), Tag.NUMBER);
            default -> new ConfigNode.Scalar(file, path, line, scalar.getValue(), Tag.STRING);
        };
    }

    private ConfigNode mapping(MappingNode mapping, String path, int line, int depth) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        Map<String, Integer> keyLines = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            String keyPath = path.isEmpty() ? key : path + "." + key;
            ConfigNode value = node(tuple.getValueNode(), keyPath, depth + 1);
            if (!(keyNode instanceof ScalarNode)) {
                problems.error(value, "a key must be a single word or text");
            } else if (entries.put(key, value) != null) {
                problems.error(
                        new ConfigNode.Empty(file, keyPath, line(keyNode)),
                        "the key '" + key + "' stands here twice; keep one");
            }
            keyLines.put(key, line(keyNode));
        }
        return new ConfigNode.Mapping(file, path, line, entries, keyLines);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
