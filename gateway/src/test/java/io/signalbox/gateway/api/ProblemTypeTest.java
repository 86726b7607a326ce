package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code, the document and docs/errors.md name the same problems. */
class ProblemTypeTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(/problems/[a-z-]+)` \\| ([0-9]{3}) \\| (.+?) \\| (.+?) \\|$");

  @TempDir private Path dir;

  @Test
  void theDocumentHasThemAll() throws Exception {
    List<?> types =
        OpenApiTest.document()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("ProblemType")
            .getJsonArray("enum")
            .getList();
    assertThat(types).isEqualTo(Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList());
  }

  @Test
  void theDocsExplainThemAll() throws Exception {
    String docs = Files.readString(Path.of("..", "docs", "errors.md"));
    List<List<String>> rows = ROW.matcher(docs).results().map(ProblemTypeTest::cells).toList();
    assertThat(rows)
        .isEqualTo(
            Arrays.stream(ProblemType.values())
                .map(
                    type ->
                        List.of(
                            type.uri(),
                            Integer.toString(type.status()),
                            type.title(),
                            type.advice()))
                .toList());
  }

  @Test
  void eachResolvesAtTheGateway() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Calls calls = new Calls(gateway.url());
      for (ProblemType type : ProblemType.values()) {
        JsonObject told = calls.send("GET", type.uri(), "").json();
        assertThat(told.getString("type")).isEqualTo(type.uri());
        assertThat(told.getInteger("status")).isEqualTo(type.status());
      }
      JsonObject none = calls.send("GET", ProblemType.PATH + "/no-such", "").json();
      assertThat(none.getString("type")).isEqualTo("/problems/not-found");
    }
  }

  private static List<String> cells(MatchResult row) {
    return List.of(row.group(1), row.group(2), row.group(3), row.group(4));
  }
}
