package io.signalbox.gateway.template;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.security.Questions;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The templates that were used last, compiled. What the ledger rings for, or what was not read for
 * some seconds, is read again before it is used again; while the ledger is away or slow, what was
 * read before is used. Thread-safe.
 */
final class TemplateBook {
  private static final Logger LOG = LoggerFactory.getLogger(TemplateBook.class);

  /** Characters of texts; compiled they take some times as many bytes. */
  private static final long MOST_CHARACTERS = 8 << 20;

  private static final int MOST_READS = 256;

  /** What is held for so long is read again before it is used: a bell may have been lost. */
  private static final long READ_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long is waited for what is probably the same, and for what has probably changed. */
  private static final long PATIENCE_MILLIS = 200;

  private static final long PATIENCE_AFTER_CHANGE_MILLIS = 2_000;

  /** For how long nobody waits for a ledger that did not answer in time. */
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TemplateLedger ledger;
  private final LongSupplier nanos;
  private final long patienceMillis;
  private final long patienceAfterChangeMillis;
  private final AtomicLong changes = new AtomicLong();
  private volatile long silentUntilNanos;
  private final Questions<Optional<CompiledTemplate>> reads = new Questions<>(MOST_READS);
  private final Cache<Key, Held> held =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((Key key, Held value) -> value.template.weight())
          .build();

  /**
   * Makes an empty one.
   *
   * @param nanos monotonic time
   */
  TemplateBook(TemplateLedger ledger, LongSupplier nanos) {
    this(ledger, nanos, PATIENCE_MILLIS, PATIENCE_AFTER_CHANGE_MILLIS);
  }

  /**
   * The same.
   *
   * @param nanos monotonic time
   * @param patienceMillis how long is waited for what is probably the same
   * @param patienceAfterChangeMillis and for what has probably changed
   */
  TemplateBook(
      TemplateLedger ledger,
      LongSupplier nanos,
      long patienceMillis,
      long patienceAfterChangeMillis) {
    this.ledger = ledger;
    this.nanos = nanos;
    this.patienceMillis = patienceMillis;
    this.patienceAfterChangeMillis = patienceAfterChangeMillis;
    this.silentUntilNanos = nanos.getAsLong();
    ledger.onChange(this::changed);
  }

  /** Something may have been changed: what is held is read again before its next use. */
  void changed() {
    changes.incrementAndGet();
  }

  /**
   * A template.
   *
   * @param version {@link TemplateLedger#NEWEST}, or which
   * @return empty if there is none; fails with a {@link GatewayException} of status 503 if it is
   *     not held and cannot be read now. Complete on any thread
   */
  Future<Optional<CompiledTemplate>> find(String tenant, String name, int version) {
    Key key = new Key(tenant, name, version);
    long before = changes.get();
    Held known = held.getIfPresent(key);
    boolean same = known != null && known.changes == before;
    if (known != null && same && nanos.getAsLong() - known.readNanos < READ_AGAIN_NANOS) {
      return Future.succeededFuture(Optional.of(known.template));
    }
    Future<Optional<CompiledTemplate>> read =
        reads.ask(new Question(key, before), () -> read(key, before));
    if (read == null || (known != null && nanos.getAsLong() - silentUntilNanos < 0)) {
      return lastKnown(key);
    }
    return known == null
        ? read.recover(failure -> lastKnown(key))
        : read.timeout(same ? patienceMillis : patienceAfterChangeMillis, TimeUnit.MILLISECONDS)
            .recover(
                failure -> {
                  silentUntilNanos = nanos.getAsLong() + SILENT_NANOS;
                  return lastKnown(key);
                });
  }

  private Future<Optional<CompiledTemplate>> read(Key key, long before) {
    long begun = nanos.getAsLong();
    return ledger
        .template(key.tenant, key.name, key.version)
        .map(
            found -> {
              Optional<CompiledTemplate> compiled = found.map(template -> compiled(key, template));
              compiled.ifPresentOrElse(
                  template -> held.put(key, new Held(template, before, begun)),
                  () -> held.invalidate(key));
              return compiled;
            })
        .onFailure(failure -> LOG.debug("a template was not read: {}", failure.toString()));
  }

  /** A version never changes: what was compiled before is as good. */
  private CompiledTemplate compiled(Key key, Template template) {
    Held before = held.getIfPresent(key);
    return before != null && before.template.isOf(template)
        ? before.template
        : new CompiledTemplate(template);
  }

  private Future<Optional<CompiledTemplate>> lastKnown(Key key) {
    Held last = held.getIfPresent(key);
    return last == null
        ? Future.failedFuture(
            new GatewayException(503, "templates cannot be read now; try again soon"))
        : Future.succeededFuture(Optional.of(last.template));
  }

  private record Key(String tenant, String name, int version) {}

  /** What is asked of the ledger, and how many changes were known of then. */
  private record Question(Key key, long changes) {}

  /** What was read, and how many changes were known of, and when, as it was asked for. */
  private record Held(CompiledTemplate template, long changes, long readNanos) {}
}
