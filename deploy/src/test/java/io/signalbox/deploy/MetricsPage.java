package io.signalbox.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of all metrics in {@code docs/metrics.md}. */
final class MetricsPage {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final String BEGIN =
      "<!-- metrics: written by PrometheusIT with -Dsignalbox.docs.update=true -->\n";
  private static final String END = "<!-- metrics: end -->";
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-zA-Z_:]+)` \\|.*$");
  private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:]+)(?:\\{(.*)\\})? .*");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

  private MetricsPage() {}

  /** The rows of the page, by metric. */
  static Map<String, String> rows() {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(read());
    while (row.find()) {
      rows.put(row.group(1), row.group());
    }
    return rows;
  }

  /** The rows that a gateway's metrics, in Prometheus's plain form, ask for. */
  static Map<String, String> rowsOf(String scraped) {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (String line : scraped.split("\n", -1)) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP")) {
        helps.put(words[2], words.length > 3 ? words[3] : "");
      } else if (line.startsWith("# TYPE")) {
        types.put(words[2], words[3]);
      } else {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
          TreeSet<String> known =
              labels.computeIfAbsent(
                  types.containsKey(sample.group(1))
                      ? sample.group(1)
                      : sample.group(1).replaceAll("_(bucket|sum|count)$", ""),
                  name -> new TreeSet<>());
          Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
          while (label.find()) {
            known.add(label.group(1));
          }
        }
      }
    }
    Map<String, String> rows = new TreeMap<>();
    types.forEach(
        (name, type) -> {
          TreeSet<String> its = labels.getOrDefault(name, new TreeSet<>());
          its.remove("le");
          its.remove("quantile");
          String help = helps.getOrDefault(name, "");
          rows.put(
              name,
              String.join(" | ", "| `" + name + "`", type, String.join(", ", its), help + " |"));
        });
    return rows;
  }

  /** Writes rows in place of those that are there. */
  static void write(Map<String, String> rows) {
    String page = read();
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String table =
        "\n| metric | type | labels | what |\n| --- | --- | --- | --- |\n"
            + String.join("\n", rows.values())
            + "\n\n";
    try {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(page.indexOf(END)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
