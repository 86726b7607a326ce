package io.signalbox.loader;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one YAML document of plain values, within limits.
 *
 * <p>Unquoted texts are read as YAML 1.2 does, because the older rules spoil just what provider
 * files hold: the country {@code NO} would be false, the sender {@code +4915112345} a number, an
 * account {@code 007} an octal one, {@code 2026-01-01} a date.
 */
public final class StrictYaml {
  /** Largest text, in characters. */
  public static final int MAX_CHARS = 256 << 10;

  private static final int MAX_DEPTH = 20;
  private static final int MAX_ALIASES = 20;
  private static final int MAX_VALUES = 10_000;

  private int values;

  /** A text that is no usable YAML; the message shows nothing of its values. */
  public static final class YamlTextException extends Exception {
    private final String reason;

    YamlTextException(String reason) {
      super(reason);
      this.reason = reason;
    }

    /** What is wrong, as a sentence part. */
    public String reason() {
      return reason;
    }
  }

  private StrictYaml() {}

  /** Reads a document whose top is a block of keys; an empty document is an empty block. */
  public static JsonObject parse(String text) throws YamlTextException {
    try {
      Object top = yaml().load(withoutMark(text));
      if (top == null) {
        return new JsonObject();
      }
      if (top instanceof Map<?, ?> map) {
        return new StrictYaml().object(map, 1);
      }
      throw new YamlTextException("must be a block of keys and values");
    } catch (MarkedYAMLException e) {
      throw new YamlTextException(message(e));
    } catch (YAMLException e) {
      throw new YamlTextException("is no usable YAML: it is too large or has odd characters");
    }
  }

  /** The lines of the keys of a document that {@link #parse} can read. */
  static KeyLines lines(String text) {
    try {
      Node top = yaml().compose(new StringReader(withoutMark(text)));
      return top == null ? KeyLines.NONE : KeyLines.of(top, MAX_VALUES);
    } catch (YAMLException e) {
      return KeyLines.NONE; // The mistake is told by parse.
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String message(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    // These two quote the text, which may be a secret that lacks its quotes.
    if (problem.startsWith("found undefined alias")) {
      problem = "a text that begins with * must be in quotes";
    } else if (problem.contains("for the tag")) {
      problem = "tags are not allowed; a text that begins with ! must be in quotes";
    }
    String where =
        e.getProblemMark() == null
            ? ""
            : "line "
                + (e.getProblemMark().getLine() + 1)
                + ", column "
                + (e.getProblemMark().getColumn() + 1)
                + ": ";
    return "is no usable YAML: " + where + problem;
  }

  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARS);
    options.setMaxAliasesForCollections(MAX_ALIASES);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setAllowDuplicateKeys(false);
    options.setAllowRecursiveKeys(false);
    DumperOptions dumper = new DumperOptions();
    return new Yaml(
        new SafeConstructor(options), new Representer(dumper), dumper, options, new CoreSchema());
  }

  private JsonObject object(Map<?, ?> map, int depth) throws YamlTextException {
    // Sorted, so that the order of keys does not change a fingerprint.
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      sorted.put(String.valueOf(entry.getKey()), value(entry.getValue(), depth));
    }
    JsonObject object = new JsonObject();
    sorted.forEach(object::put);
    return object;
  }

  private @Nullable Object value(@Nullable Object value, int depth) throws YamlTextException {
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      throw new YamlTextException(
          "has more than " + MAX_VALUES + " values, or blocks nested deeper than " + MAX_DEPTH);
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, depth + 1);
    }
    if (value instanceof Iterable<?> list) {
      JsonArray array = new JsonArray();
      for (Object item : list) {
        array.add(value(item, depth + 1));
      }
      return array;
    }
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    throw new YamlTextException("holds a value that is neither text, number, true nor false");
  }

  /** The core schema of YAML 1.2, without octal and hexadecimal numbers. */
  private static final class CoreSchema extends Resolver {
    private static final Pattern TRUE_FALSE = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]*)");
    private static final Pattern DECIMAL =
        Pattern.compile("-?(?:0|[1-9][0-9]*)\\.[0-9]+(?:[eE][-+]?[0-9]+)?");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern MERGE_KEY = Pattern.compile("<<");

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, TRUE_FALSE, "tTfF");
      addImplicitResolver(Tag.INT, WHOLE, "-0123456789");
      addImplicitResolver(Tag.FLOAT, DECIMAL, "-0123456789");
      addImplicitResolver(Tag.NULL, NOTHING, "~nN\0");
      addImplicitResolver(Tag.NULL, Pattern.compile(""), null);
      addImplicitResolver(Tag.MERGE, MERGE_KEY, "<");
    }
  }
}
