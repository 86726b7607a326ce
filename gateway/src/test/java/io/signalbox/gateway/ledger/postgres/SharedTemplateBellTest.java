package io.signalbox.gateway.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.ledger.TestEngine;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node hears of templates that another one changes, without asking. */
class SharedTemplateBellTest extends LedgerContract {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private SqlLedger other;

  @Override
  protected TestEngine engine() {
    return PostgresDatabases.ENGINE;
  }

  @BeforeEach
  void join() throws Exception {
    other = await(engine().open(vertx, directory, outlet(), seal()));
  }

  @AfterEach
  void leave() throws Exception {
    await(other.close());
  }

  @Test
  void whatOneChangesTheOtherHearsOf() throws Exception {
    AtomicInteger rung = new AtomicInteger();
    opened.templates().onChange(rung::incrementAndGet);
    // Once because it is listened to.
    Awaitility.await().atMost(LIMIT).until(() -> rung.get() > 0);
    int before = rung.get();
    TemplateDocument document =
        new TemplateDocument(null, "en", Map.of("en", new TemplateParts(null, "text", null)));
    await(other.templates().putTemplate(TENANT, "t", document, any -> {}, "alex", NOW));
    Awaitility.await().atMost(LIMIT).until(() -> rung.get() > before);
    int changed = rung.get();
    assertThat(await(other.templates().removeTemplate(TENANT, "t", any -> {}, NOW))).isTrue();
    Awaitility.await().atMost(LIMIT).until(() -> rung.get() > changed);
  }
}
