package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists of operations. */
public abstract class BaseOperationListTest extends LedgerContract {
  private OperationLedger operations() {
    return opened.whole().operations();
  }

  @Test
  void pagesAreTheNewestFirstAndFiltersNarrowThem() throws Exception {
    NotificationId first = accept(TENANT, "wa", "us");
    NotificationId second = accept(TENANT, "tg", "us");
    NotificationId third = accept(TENANT, "wa", "gb");
    accept("another", "wa", "us");

    OperationFilter.Page page = page(filter(null, null, null), Long.MAX_VALUE, 2);
    assertThat(page.found()).extracting(Operation::id).containsExactly(third, second);
    OperationFilter.Page rest = page(filter(null, null, null), page.next(), 2);
    assertThat(rest.found()).extracting(Operation::id).containsExactly(first);
    assertThat(rest.next()).isNull();

    assertThat(ids(filter("wa", null, null))).containsExactly(third, first);
    assertThat(ids(filter("wa", "us", null))).containsExactly(first);
    assertThat(ids(filter(null, null, OperationState.PENDING))).hasSize(3);
    assertThat(ids(filter(null, null, OperationState.FAILED))).isEmpty();
    long hence = System.currentTimeMillis() + 3_600_000;
    assertThat(ids(within(hence, Long.MAX_VALUE))).isEmpty();
    assertThat(ids(within(hence - 7_200_000, hence))).hasSize(3);
  }

  private static OperationFilter filter(
      @Nullable String service, @Nullable String country, @Nullable OperationState state) {
    return new OperationFilter(
        TENANT, Channel.NUMBER, state, null, service, country, 0, Long.MAX_VALUE);
  }

  private static OperationFilter within(long fromMillis, long untilMillis) {
    return new OperationFilter(
        TENANT, Channel.NUMBER, null, null, null, null, fromMillis, untilMillis);
  }

  private List<NotificationId> ids(OperationFilter filter) throws Exception {
    return page(filter, Long.MAX_VALUE, 10).found().stream().map(Operation::id).toList();
  }

  private OperationFilter.Page page(OperationFilter filter, long before, int limit)
      throws Exception {
    return await(operations().page(filter, before, limit));
  }

  private NotificationId accept(String tenant, String service, String country) throws Exception {
    NotificationId id = ids.next();
    Operation operation =
        new Operation(
            id,
            tenant,
            Channel.NUMBER,
            service,
            country,
            new JsonObject(),
            NOW,
            0,
            TraceContext.begin(),
            0,
            OperationProgress.begin(NOW));
    await(operations().accept(operation, null, "digest"));
    return id;
  }
}
