package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operation of the document with every role: the gateway does what the document says. */
class AccessTableTest {
  private static final String REFUSED = "role does not allow this call";
  private static final String BEGIN = "<!-- roles: begin -->\n";
  private static final String END = "<!-- roles: end -->";
  private static final Path PAGE = Path.of("..", "docs", "security.md");

  @TempDir private Path dir;

  @Test
  void eachCellOfTheTableHolds() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Calls calls = new Calls(gateway.url());
      Map<Role, String> tokens = new EnumMap<>(Role.class);
      for (Role role : Role.values()) {
        tokens.put(role, "Bearer " + gateway.token(role));
      }
      for (Operation operation : Operation.all()) {
        if (operation.open()) {
          continue;
        }
        assertThat(operation.roles()).as(operation.id()).contains(Role.ADMIN);
        Calls.Reply nobody = calls.send(operation.method(), operation.path(), "");
        assertThat(nobody.status()).as(operation.id()).isEqualTo(401);
        for (Role role : Role.values()) {
          Calls.Reply reply =
              calls.send(
                  operation.method(), operation.path(), "", "authorization", tokens.get(role));
          boolean refused = reply.status() == 403 && reply.text().contains(REFUSED);
          assertThat(refused)
              .as(operation.id() + " as " + role.wireName() + ": " + reply.status())
              .isNotEqualTo(operation.roles().contains(role));
          assertThat(reply.status()).as(operation.id()).isNotEqualTo(401);
        }
      }
    }
  }

  @Test
  void bothCredentialsHaveTheSameRolesAndEveryCallSaysWhich() throws Exception {
    JsonObject paths = OpenApiTest.document().getJsonObject("paths");
    for (Operation operation : Operation.all()) {
      JsonObject json =
          paths
              .getJsonObject(operation.template())
              .getJsonObject(operation.method().toLowerCase(Locale.ROOT));
      assertThat(json.getJsonArray("security")).as(operation.id()).isNotNull();
      if (!operation.open()) {
        assertThat(json.getJsonArray("security").getJsonObject(1).getJsonArray("apiKey"))
            .as(operation.id())
            .isEqualTo(json.getJsonArray("security").getJsonObject(0).getJsonArray("token"));
      }
    }
  }

  @Test
  void theDocumentationHasTheTable() throws Exception {
    List<String> rows = new ArrayList<>();
    rows.add("| call | scope | admin | manager | sender | viewer |");
    rows.add("| --- | --- | --- | --- | --- | --- |");
    for (Operation operation : Operation.all()) {
      if (!operation.open()) {
        StringBuilder row =
            new StringBuilder("| `" + operation.method() + " " + operation.template() + "` | ")
                .append('`' + operation.scope() + "` |");
        String may = operation.forAllTenants() ? " operator |" : " yes |";
        for (Role role : Role.values()) {
          row.append(operation.roles().contains(role) ? may : " |");
        }
        rows.add(row.toString());
      }
    }
    String table = String.join("\n", rows) + "\n";
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
    } else {
      assertThat(page.substring(begin, end))
          .as("run with -Dsignalbox.docs.update=true")
          .isEqualTo(table);
    }
  }
}
