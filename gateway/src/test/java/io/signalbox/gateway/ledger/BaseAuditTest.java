package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The audit log. */
public abstract class BaseAuditTest extends LedgerContract {
  private static final Who WHO = new Who("default", "alex", "127.0.0.1", "c1");
  private static final String[] TENANTS = {"default", "default", "acme", ""};
  private static final String[] ACTORS = {"alex", "kim", "unknown"};
  private static final String[] ACTIONS = {
    "provider.open", "provider.reset", "provider", "providers.list", "sign_in", "callback.change"
  };
  private static final String[] TARGETS = {"a", "b"};

  @Test
  void linesAreReadNewestFirstAlsoAfterARestart() throws Exception {
    AuditEntry begun =
        new AuditEntry(NOW, WHO, "plugin.upload", "acme", null, "b".repeat(64), "begun", "1.1");
    // At the same time as the first: the order is that of writing, not of the clock.
    AuditEntry ended = new AuditEntry(NOW, WHO, "plugin.upload", "acme", "a", "b", "running", "");
    await(log().audit(begun));
    await(log().audit(ended));
    reopen();

    assertThat(await(log().auditTrail(10))).containsExactly(ended, begun);
    assertThat(await(log().auditTrail(1))).containsExactly(ended);
  }

  @Test
  void aChangeWhoseLineIsRefusedIsNotMadeAndTheOthersAre() throws Exception {
    await(log().audit(new AuditEntry(NOW, WHO, "act", "a", null, null, "done", "")));
    String columns =
        "created_at, scope, tenant, actor, origin, action, target, outcome, detail,"
            + " correlation_id, previous_hash, hash";
    // Somebody has put a line where the next one belongs.
    engine()
        .change(
            directory,
            "INSERT INTO audit_log (seq, "
                + columns
                + ") SELECT seq + 1, "
                + columns
                + " FROM audit_log WHERE seq = (SELECT max(seq) FROM audit_log)");
    TemplateDocument document =
        new TemplateDocument(null, "en", Map.of("en", new TemplateParts(null, "text", null)));
    Future<?> refused =
        opened
            .templates()
            .by(new Act(NOW, WHO, "template.put"))
            .putTemplate(TENANT, "audited", document, before -> {}, "alex", NOW);
    Future<?> made =
        opened.templates().putTemplate(TENANT, "other", document, before -> {}, "alex", NOW);
    await(made);
    await(refused.otherwiseEmpty());
    assertThat(refused.cause()).hasMessageContaining("refused a line");
    assertThat(await(opened.templates().templates(TENANT)))
        .extracting(TemplateSummary::name)
        .containsExactly("other");
  }

  /** Whatever a filter begins with, its pages have the lines that fit and no others. */
  @Test
  void pagesHaveWhatFitsWhateverTheFilterIs() throws Exception {
    long seed = Long.getLong("signalbox.fuzz.seed", 1);
    Random random = new Random(seed);
    List<Future<Void>> written = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      Who who = new Who(one(random, TENANTS), one(random, ACTORS), "::1", "c" + i);
      // Clocks of gateways differ: times are not in the order of the lines.
      long at = NOW + 10L * i + random.nextInt(50);
      written.add(
          log()
              .audit(
                  new AuditEntry(
                      at,
                      who,
                      one(random, ACTIONS),
                      one(random, TARGETS),
                      null,
                      null,
                      "done",
                      "")));
    }
    await(Future.all(written));
    List<AuditRow> all =
        await(
            log()
                .auditPage(
                    new AuditFilter("default", true, null, null, null, 0, Long.MAX_VALUE),
                    Long.MAX_VALUE,
                    1_000));
    assertThat(all).hasSizeGreaterThan(20);
    for (int i = 0; i < 150; i++) {
      long from = random.nextInt(3) == 0 ? NOW + random.nextInt(900) : 0;
      long until = random.nextInt(3) == 0 ? NOW + random.nextInt(900) : Long.MAX_VALUE;
      AuditFilter filter =
          new AuditFilter(
              "default",
              true,
              orNull(random, "provider", "provider.open", "prov", "sign_in"),
              orNull(random, ACTORS),
              orNull(random, TARGETS),
              from,
              until);
      List<AuditRow> fitting = all.stream().filter(row -> fits(filter, row.entry())).toList();
      assertThat(pages(filter)).as("-Dsignalbox.fuzz.seed=%d, %s", seed, filter).isEqualTo(fitting);
    }
  }

  private List<AuditRow> pages(AuditFilter filter) throws Exception {
    List<AuditRow> rows = new ArrayList<>();
    long before = Long.MAX_VALUE;
    List<AuditRow> page;
    do {
      page = await(log().auditPage(filter, before, 7));
      rows.addAll(page);
      before = page.isEmpty() ? before : page.get(page.size() - 1).seq();
    } while (page.size() == 7);
    return rows;
  }

  private static boolean fits(AuditFilter filter, AuditEntry entry) {
    String action = filter.action();
    return (action == null
            || entry.action().equals(action)
            || entry.action().startsWith(action + "."))
        && (filter.actor() == null || filter.actor().equals(entry.who().actor()))
        && (filter.target() == null || filter.target().equals(entry.target()))
        && entry.atMillis() >= filter.fromMillis()
        && entry.atMillis() < filter.untilMillis();
  }

  private static String one(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  private static @Nullable String orNull(Random random, String... of) {
    return random.nextBoolean() ? null : one(random, of);
  }

  private AuditLedger log() {
    return opened.auditLog();
  }
}
