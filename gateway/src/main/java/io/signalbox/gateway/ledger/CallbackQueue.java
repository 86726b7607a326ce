package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What waits to be sent to callback endpoints. Thread-safe. */
public interface CallbackQueue {

  /** Whether this node is to send; of those that share a ledger one does. */
  boolean isOurs();

  /** All endpoints that are enabled, of every tenant, and at which of them something is due. */
  Future<Roll> enabled(long nowMillis);

  /**
   * What is due at an endpoint, longest due first, and what the endpoint is at that moment.
   *
   * @param endpoint the key of the endpoint's id
   * @param limit at most so many
   * @param skip keys of what the caller has already
   */
  Future<Batch> due(long endpoint, long nowMillis, int limit, Set<Long> skip);

  /**
   * Records attempts and what follows, all as one. What was removed or asked for anew meanwhile
   * stays as it is. Fails with {@link NotOurJobException} if another node has come to do this.
   *
   * @return the endpoints that were disabled
   */
  Future<List<NotificationId>> record(List<Result> results, Limits limits);

  /**
   * Deletes some of what is older than that, or of removed endpoints; 0 if nothing was left. One
   * node does this for all.
   */
  Future<Integer> deleteOld(long beforeMillis);

  /**
   * An answer of {@link #enabled}.
   *
   * @param due the keys of the endpoints at which something is due
   */
  record Roll(List<CallbackEndpoint> endpoints, Set<Long> due) {
    /** Copies both. */
    public Roll {
      endpoints = List.copyOf(endpoints);
      due = Set.copyOf(due);
    }
  }

  /**
   * When an endpoint is disabled.
   *
   * @param disableAfterMillis if nothing succeeded for so long while attempts were made
   * @param gapMillis if so long no attempt was made, the time counts anew from the next failure
   */
  record Limits(long disableAfterMillis, long gapMillis) {}

  /**
   * An answer of {@link #due}.
   *
   * @param endpoint null if it is removed or disabled; then nothing is due
   */
  record Batch(@Nullable CallbackEndpoint endpoint, List<Due> due) {
    /** Copies the list. */
    public Batch {
      due = List.copyOf(due);
    }
  }

  /**
   * An event that is due.
   *
   * @param key the place in the log
   * @param eventId the event's id
   * @param content the body to send
   * @param attempts how often it was tried already, since it was last asked for
   * @param asked how often it was asked for anew
   * @param subject the notification that the event tells of; null where the endpoint's format does
   *     not ask for it, and where there is none any more
   */
  record Due(
      long key,
      String eventId,
      Buffer content,
      int attempts,
      int asked,
      @Nullable Subject subject) {}

  /**
   * What is known of a notification when an event of it is sent.
   *
   * @param content its stored JSON; empty if it was erased
   * @param state where it stands now
   * @param attempts how many attempts there were
   */
  record Subject(Buffer content, NotificationState state, int attempts) {
    /** Nothing of the content. */
    @Override
    public String toString() {
      return "Subject[masked]";
    }
  }

  /**
   * An attempt, or that there was none.
   *
   * @param endpoint the key of the endpoint's id
   * @param key the place in the log
   * @param asked as it was in {@link Due} when the attempt began
   * @param url where the attempt went
   * @param made whether it was made; if not, it counts for nothing
   * @param attempts how many attempts there are now
   * @param nextAtMillis when the next one is; 0 if none is
   * @param httpStatus what the endpoint answered; 0 if it did not
   * @param error a short lower-case word; null if it took the event
   * @param disables why it disables the endpoint at once; null if it does not
   */
  record Result(
      long endpoint,
      long key,
      int asked,
      String url,
      boolean made,
      int attempts,
      DeliveryState state,
      long nextAtMillis,
      long attemptedAtMillis,
      long tookMillis,
      int httpStatus,
      @Nullable String error,
      @Nullable String disables) {

    /** No attempt: it comes later for the reason that is given. */
    public static Result putOff(
        long endpoint, Due due, String url, long nextAtMillis, long nowMillis, String error) {
      return new Result(
          endpoint,
          due.key(),
          due.asked(),
          url,
          false,
          due.attempts(),
          DeliveryState.PENDING,
          nextAtMillis,
          nowMillis,
          0,
          0,
          error,
          null);
    }
  }
}
