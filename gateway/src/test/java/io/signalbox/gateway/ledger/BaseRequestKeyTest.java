package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.RequestKeyLedger.RequestKeyUse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Idempotency keys of requests in a ledger. */
public abstract class BaseRequestKeyTest extends LedgerContract {
  private static final KeptAnswer ANSWER =
      new KeptAnswer(201, Map.of("location", "/x"), Buffer.buffer("{\"id\":\"ü\"}"));
  private static final long LONGEST = RequestKeyLedger.LONGEST_REQUEST.toMillis();

  private long turns;

  @Test
  void anAnswerIsKeptAcrossAStart() throws Exception {
    KeyedRequest first = request("k", "f");
    assertThat(take(first)).isEqualTo(new RequestKeyUse.First());
    assertThat(take(request("k", "f"))).isEqualTo(new RequestKeyUse.UnderWay());
    await(keys().keep(first, ANSWER));
    reopen();
    assertThat(take(request("k", "f"))).isEqualTo(new RequestKeyUse.Answered(ANSWER));
    assertThat(take(request("k", "g"))).isEqualTo(new RequestKeyUse.OtherRequest());
    // A key is its tenant's.
    assertThat(take(new KeyedRequest("other", "k", "g", 1))).isEqualTo(new RequestKeyUse.First());
  }

  @Test
  void aKeyThatIsGivenBackIsFreeAndAnotherTurnGivesNothingBack() throws Exception {
    KeyedRequest first = request("k", "f");
    take(first);
    await(keys().giveBack(request("k", "f")));
    assertThat(take(request("k", "f"))).isEqualTo(new RequestKeyUse.UnderWay());
    await(keys().giveBack(first));
    KeyedRequest second = request("k", "g");
    assertThat(take(second)).isEqualTo(new RequestKeyUse.First());
    await(keys().keep(first, ANSWER));
    assertThat(take(request("k", "g"))).isEqualTo(new RequestKeyUse.UnderWay());
    await(keys().keep(second, ANSWER));
    await(keys().giveBack(second));
    assertThat(take(request("k", "g"))).isEqualTo(new RequestKeyUse.Answered(ANSWER));
  }

  @Test
  void aRequestThatDidNotEndIsUnderWayForAWhileAndNeverDoneAgain() throws Exception {
    take(request("k", "f"));
    reopen();
    assertThat(take(request("k", "f"), NOW + LONGEST)).isEqualTo(new RequestKeyUse.UnderWay());
    assertThat(take(request("k", "f"), NOW + LONGEST + 1)).isEqualTo(new RequestKeyUse.Broken());
  }

  @Test
  void aKeyWhoseTimeIsOverIsFreeAlsoBeforeItIsRemoved() throws Exception {
    KeyedRequest first = request("k", "f");
    take(first);
    await(keys().keep(first, ANSWER));
    assertThat(await(keys().take(request("k", "g"), NOW + 5, NOW)))
        .isEqualTo(new RequestKeyUse.OtherRequest());
    assertThat(await(keys().take(request("k", "g"), NOW + 5, NOW + 1)))
        .isEqualTo(new RequestKeyUse.First());
    assertThat(take(request("k", "g"))).isEqualTo(new RequestKeyUse.UnderWay());
  }

  @Test
  void oldOnesAreRemovedALittleAtATime() throws Exception {
    for (int i = 0; i < 130; i++) {
      take(request("old" + i, "f"), NOW + i);
    }
    take(request("new", "f"), NOW + 1_000);
    int removed = 0;
    boolean more = true;
    while (more) {
      RetentionLedger.Removed some = await(opened.retention().removeRequestKeys(NOW + 1_000));
      assertThat(some.rows()).isLessThanOrEqualTo(100);
      removed += some.rows();
      more = some.more();
    }
    assertThat(removed).isEqualTo(130);
    assertThat(askStore("SELECT key FROM request_keys")).containsExactly("new");
  }

  @Test
  void ofManyAtOnceOneIsTheFirst() throws Exception {
    List<Future<RequestKeyUse>> uses = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      uses.add(keys().take(request("k", "f"), NOW, 0));
    }
    int first = 0;
    for (Future<RequestKeyUse> use : uses) {
      first += await(use) instanceof RequestKeyUse.First ? 1 : 0;
    }
    assertThat(first).isEqualTo(1);
  }

  private KeyedRequest request(String key, String fingerprint) {
    return new KeyedRequest(TENANT, key, fingerprint, ++turns);
  }

  private RequestKeyUse take(KeyedRequest request) throws Exception {
    return take(request, NOW);
  }

  private RequestKeyUse take(KeyedRequest request, long nowMillis) throws Exception {
    return await(keys().take(request, nowMillis, 0));
  }

  private RequestKeyLedger keys() {
    return opened.requestKeys();
  }
}
