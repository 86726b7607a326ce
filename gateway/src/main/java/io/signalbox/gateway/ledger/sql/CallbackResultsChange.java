package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackQueue.Limits;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records attempts at callback endpoints, and disables an endpoint that is gone or has failed for
 * too long. What came from a URL that is not the endpoint's any more says nothing of the endpoint,
 * and neither does what came from an address of a message.
 */
record CallbackResultsChange(List<Result> results, Limits limits)
    implements Change<List<NotificationId>> {

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public List<NotificationId> apply(WriteSession session) throws SQLException {
    Map<Long, Optional<String>> urls = new HashMap<>();
    Map<Long, Result> failures = new LinkedHashMap<>();
    for (Result result : results) {
      session.outbox().record(result);
      long key = result.endpoint();
      if (!urls.containsKey(key)) {
        urls.put(
            key,
            Optional.ofNullable(session.endpoints().find(key))
                .filter(found -> !found.form().perMessage())
                .map(CallbackEndpoint::url));
      }
      if (result.made() && urls.get(key).filter(result.url()::equals).isPresent()) {
        note(session, result, failures);
      }
    }
    return disable(session, failures);
  }

  private void note(WriteSession session, Result result, Map<Long, Result> failures)
      throws SQLException {
    if (result.state() == DeliveryState.DELIVERED) {
      session.endpointTable().succeeded(result.endpoint());
      // An endpoint that says it is gone is gone, whatever else came.
      failures.computeIfPresent(
          result.endpoint(), (key, failure) -> failure.disables() == null ? null : failure);
    } else if (result.state() != DeliveryState.SKIPPED) {
      session
          .endpointTable()
          .failed(result.endpoint(), result.attemptedAtMillis(), limits.gapMillis());
      failures.merge(result.endpoint(), result, (a, b) -> a.disables() == null ? b : a);
    }
  }

  private List<NotificationId> disable(WriteSession session, Map<Long, Result> failures)
      throws SQLException {
    List<NotificationId> disabled = new ArrayList<>();
    for (Result failure : failures.values()) {
      CallbackEndpoint endpoint = session.endpoints().hold(failure.endpoint());
      if (endpoint != null && endpoint.enabled()) {
        String reason = failure.disables();
        long failingFor = failure.attemptedAtMillis() - endpoint.failingSinceMillis();
        if (reason == null && failingFor >= limits.disableAfterMillis()) {
          reason = CallbackEndpoint.FAILING;
        }
        if (reason != null) {
          Endpoints.disable(session, endpoint, reason, failure.attemptedAtMillis());
          disabled.add(endpoint.id());
        }
      }
    }
    return disabled;
  }
}
