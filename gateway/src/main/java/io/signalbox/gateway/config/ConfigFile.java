package io.signalbox.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the YAML file into dotted keys and their texts. */
final class ConfigFile {
  private static final int LARGEST = 1 << 20;

  private final Path file;
  private final List<ConfigMistake> mistakes;
  private final Map<String, RawValue> values = new LinkedHashMap<>();

  ConfigFile(Path file, List<ConfigMistake> mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  Map<String, RawValue> read() {
    try {
      if (Files.size(file) > LARGEST) {
        mistake("", "must have at most " + LARGEST + " bytes");
        return values;
      }
      LoaderOptions options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      Object root = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
      if (root instanceof Map<?, ?> map) {
        flatten("", map);
      } else if (root != null) {
        mistake("", "must be a block of keys and values");
      }
    } catch (NoSuchFileException e) {
      mistake("", "does not exist");
    } catch (IOException e) {
      mistake("", "cannot be read as UTF-8 text: " + e.getClass().getSimpleName());
    } catch (MarkedYAMLException e) {
      String where =
          e.getProblemMark() == null ? "" : " in line " + (e.getProblemMark().getLine() + 1);
      mistake("", "must be YAML; " + e.getProblem() + where);
    } catch (YAMLException e) {
      mistake("", "must be YAML");
    }
    return values;
  }

  private void flatten(String prefix, Map<?, ?> map) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = prefix + entry.getKey();
      Object value = entry.getValue();
      if (value instanceof Map<?, ?> pairs && isMapping(key)) {
        put(key, join(pairs));
      } else if (value instanceof Map<?, ?> block) {
        flatten(key + ".", block);
      } else if (value instanceof List<?> list) {
        put(key, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      } else {
        put(key, value == null ? "" : value.toString());
      }
    }
  }

  private static boolean isMapping(String key) {
    ConfigKey<?> known = ConfigKeys.all().get(key);
    return known != null && known.type().name().equals(MappingTypes.MAPPING);
  }

  private static String join(Map<?, ?> pairs) {
    return pairs.entrySet().stream()
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining(","));
  }

  private void put(String key, String text) {
    if (values.put(key, new RawValue(file.toString(), key, text)) != null) {
      mistake(key, "stands there twice");
    }
  }

  private void mistake(String key, String expected) {
    mistakes.add(new ConfigMistake(file.toString(), key, expected));
  }
}
