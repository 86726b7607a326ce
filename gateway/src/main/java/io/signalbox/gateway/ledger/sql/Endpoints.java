package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackEvents;
import io.signalbox.gateway.ledger.CallbackPatch;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Changes callback endpoints, and tells of those that are disabled. */
final class Endpoints {
  private Endpoints() {}

  /** Changes what a patch names; returns the endpoint then. */
  static CallbackEndpoint change(
      WriteSession session, CallbackEndpoint before, CallbackPatch patch, long nowMillis)
      throws SQLException {
    boolean enabled = patch.enabled() == null ? before.enabled() : patch.enabled();
    boolean disabledNow = before.enabled() && !enabled;
    // Another URL is another place, of which nothing is known.
    boolean afresh = Boolean.TRUE.equals(patch.enabled()) || patch.url() != null;
    String reason = disabledNow ? CallbackEndpoint.BY_HAND : before.disabledReason();
    return store(
        session,
        before,
        new CallbackEndpoint(
            before.id(),
            before.tenant(),
            patch.url() == null ? before.url() : patch.url(),
            patch.signatureMethod() == null
                ? before.form()
                : before.form().signedBy(orNull(patch.signatureMethod())),
            patch.description() == null ? before.description() : orNull(patch.description()),
            patch.filters() == null ? before.filters() : patch.filters(),
            before.secrets(),
            enabled,
            enabled ? null : reason,
            enabled ? 0 : disabledNow ? nowMillis : before.disabledAtMillis(),
            afresh ? 0 : before.failingSinceMillis(),
            before.createdAtMillis(),
            nowMillis));
  }

  /** Sends it nothing more until a person enables it. */
  static void disable(WriteSession session, CallbackEndpoint before, String reason, long nowMillis)
      throws SQLException {
    store(
        session,
        before,
        new CallbackEndpoint(
            before.id(),
            before.tenant(),
            before.url(),
            before.form(),
            before.description(),
            before.filters(),
            before.secrets(),
            false,
            reason,
            nowMillis,
            before.failingSinceMillis(),
            before.createdAtMillis(),
            nowMillis));
  }

  private static CallbackEndpoint store(
      WriteSession session, CallbackEndpoint before, CallbackEndpoint after) throws SQLException {
    session.endpointTable().update(after);
    session.subscriptions().changed();
    String reason = after.disabledReason();
    if (before.enabled() && reason != null) {
      session.news().disabled(CallbackEvents.disabled(after, reason));
    }
    return after;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
