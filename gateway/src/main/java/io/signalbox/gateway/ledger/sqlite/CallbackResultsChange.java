package io.signalbox.gateway.ledger.sqlite;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.model.NotificationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records attempts at callback endpoints, and disables an endpoint that is gone or has failed for
 * too long.
 */
record CallbackResultsChange(List<Result> results, long disableAfterMillis)
    implements Change<List<NotificationId>> {

  @Override
  public List<NotificationId> apply(WriteSession session) throws SQLException {
    Map<Long, Result> failures = new LinkedHashMap<>();
    for (Result result : results) {
      session.outbox().record(result);
      if (result.state() == DeliveryState.DELIVERED) {
        session.endpointTable().succeeded(result.endpoint());
        failures.remove(result.endpoint());
      } else {
        session.endpointTable().failed(result.endpoint(), result.attemptedAtMillis());
        failures.merge(result.endpoint(), result, (a, b) -> a.disables() == null ? b : a);
      }
    }
    List<NotificationId> disabled = new ArrayList<>();
    for (Result failure : failures.values()) {
      CallbackEndpoint endpoint = session.endpoints().find(failure.endpoint());
      if (endpoint != null && endpoint.enabled()) {
        String reason = failure.disables();
        long failingFor = failure.attemptedAtMillis() - endpoint.failingSinceMillis();
        if (reason == null && failingFor >= disableAfterMillis) {
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
