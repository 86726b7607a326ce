package io.signalbox.gateway.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.ledger.EventOutlet;
import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.ledger.sqlite.SqliteFiles;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.TemplateUse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held of templates, and when it is read again. */
class TemplateBookTest {
  private static final String TENANT = "shop";

  /** No real read takes so long, however busy the machine is. */
  private static final long LONG_MILLIS = 25_000;

  @TempDir private Path dir;
  private Vertx vertx;
  private SqlLedger ledger;
  private HeldTemplates templates;
  private final AtomicLong nanos = new AtomicLong(42);
  private TemplateBook book;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    ledger = await(SqliteFiles.ENGINE.open(vertx, dir, EventOutlet.NONE, Seal.NONE));
    templates = new HeldTemplates(ledger.templates());
    book = new TemplateBook(templates, nanos::get, LONG_MILLIS, LONG_MILLIS);
    put("one");
  }

  @AfterEach
  void close() throws Exception {
    await(ledger.close());
    await(vertx.close());
  }

  @Test
  void whatIsHeldIsUsedAndReadAgainBeforeItsUseAfterTenSeconds() throws Exception {
    assertThat(text()).isEqualTo("one");
    put("two");
    pass(9);
    assertThat(text()).isEqualTo("one");
    assertThat(templates.reads).hasValue(1);
    pass(1);
    assertThat(text()).isEqualTo("two");
    assertThat(text()).isEqualTo("two");
    assertThat(templates.reads).hasValue(2);

    await(templates.removeTemplate(TENANT, "t", any -> {}, 1));
    book.changed();
    assertThat(find()).isEmpty();
  }

  @Test
  void whileTheLedgerIsAwayOrSlowWhatIsHeldIsUsed() throws Exception {
    book = new TemplateBook(templates, nanos::get, 3_000, LONG_MILLIS);
    assertThat(text()).isEqualTo("one");
    put("two");
    Promise<Optional<Template>> slow = Promise.promise();
    templates.hold(slow.future());
    pass(10);
    assertThat(text()).isEqualTo("one");
    // Nobody waits again for a while, and it is still the same question.
    for (int i = 0; i < 100; i++) {
      assertThat(book.find(TENANT, "t", TemplateLedger.NEWEST).isComplete()).isTrue();
    }
    assertThat(templates.reads).hasValue(2);
    slow.fail("gone");
    book.changed();
    templates.hold(Future.failedFuture("away"));
    pass(2);
    assertThat(text()).isEqualTo("one");
    assertThatThrownBy(() -> await(book.find(TENANT, "other", TemplateLedger.NEWEST)))
        .hasMessageContaining("templates cannot be read now");

    templates.hold(null);
    pass(2);
    assertThat(text()).isEqualTo("two");
  }

  @Test
  void whatIsReadWhileSomethingChangesIsReadAgain() throws Exception {
    Promise<Optional<Template>> under = Promise.promise();
    Optional<Template> one = await(ledger.templates().template(TENANT, "t", 1));
    templates.hold(under.future());
    Future<Optional<CompiledTemplate>> first = book.find(TENANT, "t", TemplateLedger.NEWEST);
    put("two");
    book.changed();
    templates.hold(null);
    under.complete(one);
    assertThat(await(first)).isPresent();
    assertThat(text()).isEqualTo("two");
  }

  @Test
  void ofReadsOnlySoManyAreUnderWay() throws Exception {
    templates.hold(Promise.<Optional<Template>>promise().future());
    List<Future<Optional<CompiledTemplate>>> asked = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      asked.add(book.find(TENANT, "t" + i, TemplateLedger.NEWEST));
    }
    assertThat(asked.stream().filter(Future::failed)).hasSize(300 - 256);
    assertThat(templates.reads).hasValue(256);
  }

  @Test
  void ofFillingsOnlySoManyWaitAndOneTenantLeavesRoomForOthers() throws Exception {
    Promise<Optional<Template>> under = Promise.promise();
    templates.hold(under.future());
    Templates all =
        new Templates(vertx, templates, new NotificationParser(Clock.systemUTC(), name -> null));
    TemplateUse use = new TemplateUse("t", null, null, Map.of(), false);
    List<Future<Rendering>> asked = new ArrayList<>();
    for (int i = 0; i < 1_100; i++) {
      asked.add(all.render(TENANT, use));
    }
    assertThat(asked.stream().filter(Future::failed)).hasSize(100);
    assertThatThrownBy(() -> await(all.render(TENANT, use)))
        .hasMessageContaining("too many templates are being filled in");
    Future<Rendering> other = all.render("other", use);
    assertThat(other.failed()).isFalse();
    under.complete(await(ledger.templates().template(TENANT, "t", 1)));
    await(other);
    // Who is through makes room.
    for (Future<Rendering> each : asked.subList(0, 1_000)) {
      await(each);
    }
    assertThat(await(all.render(TENANT, use))).isInstanceOf(Rendering.Done.class);
    await(all.close());
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private void put(String text) throws Exception {
    TemplateDocument document =
        new TemplateDocument(null, "en", Map.of("en", new TemplateParts(null, text, null)));
    await(templates.putTemplate(TENANT, "t", document, any -> {}, "alex", 1));
  }

  private Optional<CompiledTemplate> find() throws Exception {
    return await(book.find(TENANT, "t", TemplateLedger.NEWEST));
  }

  private String text() throws Exception {
    Rendering rendering =
        find().orElseThrow().render(new TemplateUse("t", null, null, Map.of(), false));
    return ((Rendering.Done) rendering).rendered().message();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
