package io.signalbox.gateway.degradation;

import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.scoring.FailureKind;
import io.signalbox.scoring.FailureReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the mode of a channel is made from, of one provider.
 *
 * @param id which provider
 * @param usable whether it takes work, be it as a trial
 * @param trouble in short why it counts as lost; null if it does not
 * @param failing whether that is because too many of its attempts fail
 */
record ProviderFacts(String id, boolean usable, @Nullable String trouble, boolean failing) {

  static ProviderFacts of(
      ProviderState state, FailureReport lastMinute, Map<FailureKind, LastFailure> last) {
    boolean usable = state.isUsable();
    boolean failing = usable && lastMinute.isFailing();
    return new ProviderFacts(state.provider(), usable, trouble(state, lastMinute, last), failing);
  }

  private static @Nullable String trouble(
      ProviderState state, FailureReport lastMinute, Map<FailureKind, LastFailure> last) {
    if (state.stage() != Stage.ACTIVE) {
      return "draining";
    }
    if (!state.breaker().isClosed()) {
      return "breaker "
          + state.breaker().state().replace('_', ' ')
          + LastFailure.before(state.breaker().sinceMillis(), last)
              .map(each -> " after " + each.words())
              .orElse("");
    }
    return lastMinute.isFailing()
        ? lastMinute.failures()
            + " of "
            + lastMinute.attempts()
            + " attempts failed"
            + LastFailure.newest(last).map(each -> " with " + each.words()).orElse("")
        : null;
  }

  /** For reasons: the id, and what is wrong. */
  String described() {
    return trouble == null ? id : id + ": " + trouble;
  }
}
