package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation has the tables that requests are held to. */
class CompatibilityDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
  private static final String BEGIN = "<!-- fields: written by CompatibilityDocumentTest -->\n";
  private static final String END = "<!-- /fields -->";

  @Test
  void theDocumentedFieldsAreThoseOfTheDialects() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String expected = page.substring(0, begin) + tables() + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE)
        .as("docs/compatibility.md; write its tables anew with -Dsignalbox.docs.update=true")
        .content()
        .isEqualTo(expected);
  }

  private static String tables() {
    StringBuilder text = new StringBuilder();
    for (Dialect dialect : Dialects.all()) {
      text.append("### ").append(dialect.name()).append("\n\nHosts: ");
      text.append(
          dialect.hosts().stream().map(host -> '`' + host + '`').collect(Collectors.joining(", ")));
      text.append("\n");
      byCall(dialect.fields())
          .forEach(
              (call, fields) -> {
                text.append("\n| ").append(call).append(" | what becomes of it | |\n");
                text.append("| --- | --- | --- |\n");
                fields.forEach(field -> text.append(row(field)));
              });
      text.append("\n");
    }
    return text.toString();
  }

  private static Map<String, List<DialectField>> byCall(List<DialectField> fields) {
    return fields.stream()
        .collect(
            Collectors.groupingBy(DialectField::call, LinkedHashMap::new, Collectors.toList()));
  }

  private static String row(DialectField field) {
    return "| `"
        + field.name()
        + "` | "
        + field.treatment().name().toLowerCase(Locale.ROOT)
        + " | "
        + field.detail().replace("|", "\\|")
        + " |\n";
  }
}
