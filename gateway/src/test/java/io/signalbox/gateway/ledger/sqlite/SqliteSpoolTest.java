package io.signalbox.gateway.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerContract;
import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.gateway.ledger.SpoolLedger;
import io.signalbox.gateway.ledger.SpoolLedger.Fill;
import io.signalbox.gateway.ledger.StoredForm;
import io.signalbox.gateway.ledger.sql.SqlLedger;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ledger's file does that keeps notifications only until another ledger takes them. */
class SqliteSpoolTest extends LedgerContract {
  private SqlLedger file;
  private SpoolLedger spool;

  @BeforeEach
  void openSpool() throws Exception {
    file =
        await(
            SqliteLedger.openSpool(
                vertx, directory.resolve("spool.db"), SqliteFiles.OPTIONS, new StoredForm()));
    spool = file.spool();
  }

  @AfterEach
  void closeSpool() throws Exception {
    await(file.close());
  }

  private List<AcceptRequest> oldest(int limit, long maxBytes) throws Exception {
    return await(spool.oldest(Set.of(), limit, maxBytes)).requests();
  }

  @Test
  void givesBackWhatWasAcceptedOldestFirstAlsoAfterARestart() throws Exception {
    AcceptRequest keyed = request(TENANT, "keyed", "key-1", NOW);
    AcceptRequest later = request("other", "later", null, NOW + 60_000);
    await(file.acceptAll(List.of(keyed, later)));
    closeSpool();
    openSpool();

    assertThat(oldest(10, 1 << 20)).containsExactly(keyed, later);
    assertThat(oldest(1, 1 << 20)).containsExactly(keyed);
    assertThat(oldest(10, 1)).containsExactly(keyed);
    assertThat(await(spool.oldest(Set.of(keyed.id()), 1, 1)).requests()).containsExactly(later);
    assertThat(later.state()).isEqualTo(NotificationState.SCHEDULED);
    assertThat(await(spool.fill()))
        .isEqualTo(
            new Fill(2, keyed.content().length() + later.content().length(), later.id().key()));
  }

  @Test
  void knowsByWhatAKeyKnowsItsRequest() throws Exception {
    AcceptRequest plain = request(TENANT, "rendered", "key-1", NOW);
    AcceptRequest rendered =
        new AcceptRequest(
            plain.id(),
            plain.notification(),
            plain.fallbackChannels(),
            plain.content(),
            plain.batch(),
            plain.state(),
            plain.acceptedAtMillis(),
            plain.dueAtMillis(),
            plain.subject(),
            Buffer.buffer(Sha256.of("asked".getBytes(StandardCharsets.UTF_8))),
            TraceContext.begin());
    await(file.accept(rendered));
    assertThat(await(file.accept(rendered.withId(ids.next()))))
        .isEqualTo(new AcceptResult.Duplicate(rendered.id(), NotificationState.QUEUED));
    assertThat(await(file.accept(plain.withId(ids.next()))))
        .isEqualTo(new AcceptResult.KeyReused(rendered.id()));
    assertThat(oldest(10, 1 << 20)).containsExactly(rendered);
  }

  @Test
  void knowsTheKeyOfTheWholeRequest() throws Exception {
    AcceptRequest first = claimed("k/", 0, "first");
    AcceptRequest alone = request(TENANT, "alone", "k", NOW);
    await(file.acceptAll(List.of(first, alone)));

    assertThat(oldest(10, 1 << 20)).containsExactly(first, alone);
    assertThat(await(file.accept(claimed("k/", 1, "other"))))
        .isEqualTo(new AcceptResult.KeyReused(first.id()));
    await(spool.forget(List.of(first.id())));
    AcceptRequest other = claimed("k/", 1, "other");
    assertThat(await(file.accept(other))).isEqualTo(new AcceptResult.Stored(other.id()));
  }

  @Test
  void forgetsWithTheKey() throws Exception {
    AcceptRequest first = request(TENANT, "first", "key-1", NOW);
    AcceptRequest second = request(TENANT, "second", "key-2", NOW);
    await(file.acceptAll(List.of(first, second)));
    await(spool.forget(List.of(first.id())));
    await(spool.forget(List.of(first.id())));

    assertThat(oldest(10, 1 << 20)).containsExactly(second);
    AcceptRequest other = request(TENANT, "other", "key-1", NOW);
    assertThat(await(file.accept(other))).isEqualTo(new AcceptResult.Stored(other.id()));
    assertThat(await(file.accept(request(TENANT, "other", "key-2", NOW))))
        .isEqualTo(new AcceptResult.KeyReused(second.id()));
  }
}
