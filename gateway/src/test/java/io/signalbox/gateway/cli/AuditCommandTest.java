package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.security.Role;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  @TempDir private Path dir;

  @Test
  void listsVerifiesAndTellsTheHead() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      for (int i = 0; i < 3; i++) {
        Who who = new Who("default", "alex", "192.0.2.7", "c" + i);
        TestGateway.await(
            gateway
                .ledger()
                .auditLog()
                .audit(
                    new AuditEntry(
                        i, who, "provider.open", "mail " + i, null, null, "done", "said & done")));
      }
      assertThat(audit(gateway, "list --action provider --limit 1").out())
          .contains("4 1970-01-01T00:00:00.002Z provider.open mail 2 done by alex from 192.0.2.7")
          .contains(": said & done", "more: --after 4");
      assertThat(audit(gateway, "list --target mail+0 --json").json().getJsonArray("audit"))
          .isEmpty();
      assertThat(audit(gateway, "list --actor nobody").out()).contains("no lines");
      String head = audit(gateway, "head").out().strip();
      assertThat(head).matches("4:[0-9a-f]{64}");
      Ran verified = audit(gateway, "verify --head " + head);
      assertThat(verified.exitCode()).as(verified.err()).isZero();
      assertThat(verified.out()).contains("intact: 4 lines, head " + head);
      assertThat(audit(gateway, "verify --head 4").exitCode()).isEqualTo(65);

      try (Connection connection =
              DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("ledger.db"));
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("UPDATE audit_log SET actor = 'sam' WHERE seq = 3");
      }
      Ran tampered = audit(gateway, "verify");
      assertThat(tampered.exitCode()).isEqualTo(1);
      assertThat(tampered.out()).contains("NOT INTACT: line 3 changed");
      Path file = dir.resolve("ledger.db");
      Ran alone = Ran.run("audit", "verify", "--file", file.toString(), "--head", head);
      assertThat(alone.exitCode()).isEqualTo(1);
      assertThat(alone.out()).contains("NOT INTACT: line 3 changed");
      assertThat(Ran.run("audit", "verify", "--file", file + "x").exitCode()).isEqualTo(69);
      Ran wrong = Ran.run("audit", "verify", "--file", file.toString(), "--head", "4");
      assertThat(wrong.exitCode()).isEqualTo(65);
      Ran json = audit(gateway, "verify --json");
      assertThat(json.exitCode()).isEqualTo(1);
      assertThat(json.json().getJsonObject("fault").getInteger("seq")).isEqualTo(3);
    }
  }

  private static Ran audit(TestGateway gateway, String line) {
    List<String> words = new ArrayList<>(List.of("audit"));
    words.addAll(List.of(line.split(" ", -1)));
    words.addAll(List.of("--url", gateway.url(), "--token", gateway.token(Role.ADMIN)));
    return Ran.run(words.toArray(String[]::new));
  }
}
