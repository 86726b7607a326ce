package io.signalbox.gateway.policy;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFolderTest {
  @TempDir private Path temp;

  private final Vertx vertx = Vertx.vertx();
  private final PolicyBook book = new PolicyBook(SamplePolicies.defaults());
  private final AtomicInteger changes = new AtomicInteger();
  private Path dir = Path.of("unset");
  private PolicyFolder folder = new PolicyFolder(vertx, dir, book, changes::incrementAndGet);

  @BeforeEach
  void makeFolder() {
    dir = temp.resolve("policies");
    folder = new PolicyFolder(vertx, dir, book, changes::incrementAndGet);
  }

  @AfterEach
  void stop() {
    folder.close();
    Future<Void> closed = vertx.close();
    await().until(closed::isComplete);
  }

  private Future<Void> open() {
    Future<Void> opened = folder.open();
    await().until(opened::isComplete);
    return opened;
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(dir);
    Path part = Files.writeString(temp.resolve(name + ".part"), text);
    Files.move(part, dir.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private int maxAttempts(String policy) {
    RoutingPolicy found = book.current().policies().find(policy);
    return found == null ? 0 : book.current().effective(found).maxAttempts();
  }

  @Test
  void whatIsInTheFolderIsWhatApplies() throws IOException {
    assertThat(open().succeeded()).isTrue();
    assertThat(book.names()).isEmpty();
    assertThat(book.wrongName("otp")).isEqualTo("must not be given: there are no routing policies");

    write("otp.yaml", "max_attempts: 3");
    await().until(() -> maxAttempts("otp") == 3);
    assertThat(book.wrongName("otp")).isNull();
    assertThat(book.wrongName("otps")).isEqualTo("must be one of otp; did you mean otp?");

    write("otp.yaml", "max_attempts: 4");
    await().until(() -> maxAttempts("otp") == 4);

    Files.delete(dir.resolve("otp.yaml"));
    await().until(() -> book.names().isEmpty());
    await().until(() -> changes.get() >= 3);
    assertThat(changes).hasValue(3);
  }

  @Test
  void aBadFileStopsTheStart() throws IOException {
    write("otp.yaml", "max_attempts: 0");
    write("bulk.yaml", "applies_to: {types: [a]}");
    write("more.yaml", "applies_to: {types: [a]}");
    Future<Void> opened = open();
    assertThat(opened.cause()).isInstanceOf(ConfigurationException.class);
    assertThat(opened.cause().getMessage())
        .contains("otp.yaml: max_attempts must be a whole number")
        .contains("more.yaml: must not claim the type a: ")
        .contains("bulk.yaml does");
  }

  @Test
  void aBadChangeIsRefusedAndTheOldOneStays() throws IOException {
    write("otp.yaml", "max_attempts: 3");
    assertThat(open().succeeded()).isTrue();

    write("otp.yaml", "max_attempts: lots");
    await().until(() -> !book.refused().isEmpty());
    assertThat(maxAttempts("otp")).isEqualTo(3);
    assertThat(book.refused().get(0).file()).isEqualTo("otp.yaml");
    assertThat(book.refused().get(0).mistakes().get(0).key()).isEqualTo("max_attempts");

    write("otp.yaml", "max_attempts: 5");
    await().until(() -> maxAttempts("otp") == 5);
    await().until(() -> book.refused().isEmpty());
  }

  @Test
  void aFileThatCannotBeReadIsReadAgain() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    folder =
        new PolicyFolder(
            vertx,
            dir,
            file -> PolicyFile.read(reads.incrementAndGet() < 3 ? temp.resolve("gone.yaml") : file),
            book,
            changes::incrementAndGet);
    assertThat(open().succeeded()).isTrue();

    write("otp.yaml", "max_attempts: 3");
    await().until(() -> maxAttempts("otp") == 3);
    assertThat(book.refused()).isEmpty();
    assertThat(reads).hasValue(3);
  }

  @Test
  void whatIsClaimedStaysWithWhoHadIt() throws IOException {
    write("orders.yaml", "applies_to: {types: [order]}");
    assertThat(open().succeeded()).isTrue();

    write("a.yaml", "applies_to: {types: [order]}");
    await().until(() -> !book.refused().isEmpty());
    assertThat(book.refused().get(0).mistakes().get(0).toString())
        .contains("a.yaml", "must not claim the type order", "orders.yaml");
    assertThat(book.names()).containsExactly("orders");

    // The other gives it up: now the newcomer may have it.
    write("orders.yaml", "applies_to: {types: [orders]}");
    await().until(() -> book.names().size() == 2);
    assertThat(book.refused()).isEmpty();
  }
}
