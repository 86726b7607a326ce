package io.signalbox.loader;

import io.signalbox.spi.ConfigException;
import io.signalbox.spi.ConfigProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The lines on which the keys of a YAML document stand. Immutable; holds no values. */
public final class KeyLines {
  /** Of a document without keys. */
  static final KeyLines NONE = new KeyLines(Map.of());

  private static final String MERGE = "<<";

  private final Map<String, Integer> lines;

  private KeyLines(Map<String, Integer> lines) {
    this.lines = Map.copyOf(lines);
  }

  /** Finds the keys below a node; keys beyond a limit are not found, which only costs precision. */
  static KeyLines of(Node top, int limit) {
    Map<String, Integer> lines = new HashMap<>();
    add(top, "", lines, limit);
    return new KeyLines(lines);
  }

  private static void add(Node node, String path, Map<String, Integer> lines, int limit) {
    if (node instanceof MappingNode block) {
      for (NodeTuple tuple : block.getValue()) {
        if (lines.size() >= limit) {
          return;
        }
        add(tuple, path, lines, limit);
      }
    } else if (node instanceof SequenceNode list) {
      int index = 0;
      for (Node item : list.getValue()) {
        String place = path + "[" + index++ + "]";
        if (lines.size() >= limit) {
          return;
        }
        lines.putIfAbsent(place, item.getStartMark().getLine() + 1);
        add(item, place, lines, limit);
      }
    }
  }

  private static void add(NodeTuple tuple, String path, Map<String, Integer> lines, int limit) {
    String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (key.equals(MERGE)) {
      add(tuple.getValueNode(), path, lines, limit); // Its keys count as the block's own.
      return;
    }
    String place = path.isEmpty() ? key : path + "." + key;
    lines.putIfAbsent(place, tuple.getKeyNode().getStartMark().getLine() + 1);
    add(tuple.getValueNode(), place, lines, limit);
  }

  /** The line of a key, or of the nearest block around it that is there; from 1. */
  int line(String key) {
    String place = key;
    while (!place.isEmpty()) {
      Integer line = lines.get(place);
      if (line != null) {
        return line;
      }
      place =
          place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
    }
    return 1;
  }

  /** The mistakes with their lines. */
  List<FileProblem> place(List<ConfigProblem> problems) {
    return problems.stream()
        .map(problem -> new FileProblem(line(problem.key()), problem.key(), problem.expected()))
        .toList();
  }

  /**
   * Why something that was made from the document failed, in words; with lines where it told keys.
   */
  public String reason(Throwable cause) {
    if (cause instanceof ConfigException config) {
      return place(config.problems()).stream()
          .map(FileProblem::toString)
          .collect(Collectors.joining("; "));
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getName() : message;
  }
}
