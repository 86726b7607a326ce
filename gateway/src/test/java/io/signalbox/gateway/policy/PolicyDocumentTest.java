package io.signalbox.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "policies.md");
  private static final String BEGIN = "<!-- keys: written by PolicyDocumentTest -->\n";
  private static final String END = "<!-- /keys -->";

  @Test
  void theDocumentedKeysAreTheDeclaredOnes() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String expected = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE)
        .as("docs/policies.md; write its table anew with -Dsignalbox.docs.update=true")
        .content()
        .isEqualTo(expected);
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| key | type | range | default | what |\n| --- | --- | --- | --- | --- |\n");
    for (PolicyKey<?> key : PolicyKeys.all().values()) {
      table
          .append("| `")
          .append(key.name())
          .append("` | ")
          .append(key.type().name())
          .append(" | ")
          .append(key.type().range())
          .append(" | ")
          .append(key.defaultText())
          .append(" | ")
          .append(key.description())
          .append(" |\n");
    }
    return table.toString();
  }
}
