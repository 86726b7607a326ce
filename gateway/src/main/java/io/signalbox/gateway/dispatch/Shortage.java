package io.signalbox.gateway.dispatch;

import io.signalbox.scoring.Exclusion;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is to be expected where something speaks against every provider. Thread-confined. */
final class Shortage {
  private final ProviderBoard board;

  Shortage(ProviderBoard board) {
    this.board = board;
  }

  /**
   * The provider to wait for: of those that are only busy, the one that gave a permit back last; if
   * none is, of those on trial, since a trial may take as long as an attempt. Null if there is
   * nobody to wait for.
   */
  @Nullable BoardEntry soonestFree(List<Exclusion> exclusions) {
    BoardEntry busy = soonestFree(exclusions, BoardEntry::isBusy);
    return busy == null ? soonestFree(exclusions, BoardEntry::isOnTrial) : busy;
  }

  private @Nullable BoardEntry soonestFree(List<Exclusion> exclusions, Predicate<String> reasons) {
    BoardEntry soonest = null;
    for (Exclusion exclusion : exclusions) {
      boolean waitedFor = reasons.test(exclusion.reason());
      BoardEntry entry = waitedFor ? board.find(exclusion.provider()) : null;
      if (entry != null
          && (soonest == null || entry.lastFreedAtMillis() > soonest.lastFreedAtMillis())) {
        soonest = entry;
      }
    }
    return soonest;
  }

  /** When somebody will be available again. */
  Plan.NobodyLeft nobodyLeft(List<Exclusion> exclusions, long nowMillis) {
    if (isRefusedByAll(exclusions)) {
      return Plan.NobodyLeft.never(Plan.NobodyLeft.REJECTED);
    }
    long cooledAt = Long.MAX_VALUE;
    long availableAt = Long.MAX_VALUE;
    for (Exclusion exclusion : exclusions) {
      String reason = exclusion.reason();
      BoardEntry entry = board.find(exclusion.provider());
      if (entry == null
          || Eligibility.isBarred(reason)
          || reason.equals(Eligibility.ALREADY_TRIED)) {
        continue;
      }
      long entryAt = entry.availableAtMillis(nowMillis);
      availableAt = Math.min(availableAt, entryAt);
      if (reason.equals(BoardEntry.COOLING_DOWN)) {
        cooledAt = Math.min(cooledAt, entryAt);
      }
    }
    return new Plan.NobodyLeft(false, cooledAt, availableAt, summary(exclusions));
  }

  /** Whether all who may have the notification have refused it for good. */
  private static boolean isRefusedByAll(List<Exclusion> exclusions) {
    boolean refused = false;
    for (Exclusion exclusion : exclusions) {
      if (!Eligibility.isBarred(exclusion.reason())) {
        return false;
      }
      refused |= Eligibility.isRefusal(exclusion.reason());
    }
    return refused;
  }

  /** All exclusions in one text. */
  static String summary(List<Exclusion> exclusions) {
    if (exclusions.isEmpty()) {
      return "no_provider";
    }
    StringBuilder text = new StringBuilder();
    for (Exclusion exclusion : exclusions) {
      if (!text.isEmpty()) {
        text.append(", ");
      }
      text.append(exclusion.provider()).append(": ").append(exclusion.reason());
    }
    return text.toString();
  }
}
