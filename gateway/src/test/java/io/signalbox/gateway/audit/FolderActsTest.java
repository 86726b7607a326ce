package io.signalbox.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PoliciesChanged;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.ledger.AuditEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderActsTest {
  @TempDir private Path dir;

  @Test
  void whatComesOfChangedFilesIsWrittenDownAndWhatAStartFindsIsNot() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Bus bus = new Bus(gateway.vertx());
      TestGateway.await(
          gateway
              .vertx()
              .deployVerticle(
                  new FolderActsVerticle(
                      bus,
                      gateway.ledger().auditLog(),
                      "node-1",
                      List.of("old"),
                      Clock.systemUTC())));
      gateway.announce("mail", 1, Stage.ACTIVE, "closed");
      bus.publish(Addresses.PROVIDERS_LOADED, new ProvidersLoaded());
      gateway.announce("mail", 1, Stage.ACTIVE, "open");
      gateway.announce("mail", 2, Stage.ACTIVE, "closed");
      gateway.announce("mail", 1, Stage.STOPPED, "closed");
      // Another node lends it, and takes it back.
      gateway.announce("lent", -5, Stage.ACTIVE, "closed");
      gateway.announce("lent", -5, Stage.STOPPED, "closed");
      gateway.announce("mail", 2, Stage.STOPPED, "closed");
      bus.publish(Addresses.POLICIES, new PoliciesChanged(List.of("new")));

      List<AuditEntry> lines = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                lines.clear();
                lines.addAll(TestGateway.await(gateway.ledger().auditLog().auditTrail(10)));
                // The last of all.
                assertThat(lines)
                    .extracting(AuditEntry::action)
                    .isNotEmpty()
                    .first()
                    .isEqualTo("policy.change");
              });
      Collections.reverse(lines);
      assertThat(lines)
          .extracting(AuditEntry::action)
          .containsExactly("provider.start", "provider.stop", "policy.change");
      assertThat(lines.get(0).before()).contains("\"generation\":1");
      assertThat(lines.get(0).after()).contains("\"generation\":2");
      assertThat(lines.get(1).after()).isNull();
      assertThat(lines.get(2).before()).isEqualTo("[\"old\"]");
      assertThat(lines.get(2).who().origin()).isEqualTo("node-1");
    }
  }
}
