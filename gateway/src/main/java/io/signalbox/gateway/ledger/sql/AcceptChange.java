package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.AcceptRequest;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.SealedForm;
import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.gateway.ledger.StepRule.Position;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.vertx.core.buffer.Buffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores notifications. Idempotency keys are looked up in the writer's own transaction, so two
 * requests with the same key cannot both be the first, not even within one batch, nor on two nodes.
 */
final class AcceptChange implements Change<List<AcceptResult>> {
  private final List<Item> items;

  private AcceptChange(List<Item> items) {
    this.items = items;
  }

  /**
   * Prepares the change on the caller's thread: digests and seals are made there, not by the
   * writer.
   */
  static AcceptChange of(List<AcceptRequest> requests, Contents contents) {
    return new AcceptChange(
        requests.size() == 1
            ? List.of(Item.of(requests.get(0), contents))
            : requests.stream().map(one -> Item.of(one, contents)).toList());
  }

  /** How many bytes of content it holds. */
  long bytes() {
    long bytes = 0;
    for (Item item : items) {
      bytes += item.request().content().length();
    }
    return bytes;
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public List<AcceptResult> apply(WriteSession session) throws SQLException {
    List<AcceptResult> results = new ArrayList<>(items.size());
    Claims claims = new Claims(session);
    for (Item item : items) {
      results.add(accept(session, item, claims));
    }
    return results;
  }

  /** Stores one, unless its key was used before, or that of the request which brought it. */
  static AcceptResult accept(WriteSession session, Item item, Claims claims) throws SQLException {
    AcceptRequest request = item.request();
    NotificationId other = claims.other(request.claim());
    if (other != null) {
      return new AcceptResult.KeyReused(other);
    }
    byte[] digest = item.digest();
    String key = request.notification().idempotencyKey();
    if (key != null && digest != null) {
      String tenant = request.notification().tenant();
      IdempotencyTable.Use use = session.idempotency().find(tenant, key, digest);
      NotificationRow earlier =
          use == null ? null : session.notifications().find(use.notification());
      if (use != null && earlier != null) {
        return use.sameContent()
            ? new AcceptResult.Duplicate(earlier.id(), earlier.state())
            : new AcceptResult.KeyReused(earlier.id());
      }
      // Before its own key: of two requests with one claim, one waits before it has locked others.
      claims.take(request.claim(), request);
      long id = request.id().key();
      if (use == null) {
        session.idempotency().insert(tenant, key, digest, id, request.acceptedAtMillis());
      } else {
        session.idempotency().reuse(tenant, key, digest, id, request.acceptedAtMillis());
      }
    }
    SuppressionReason suppressed = SuppressionGuard.againstAll(session, request);
    if (suppressed == null) {
      session.notifications().insert(request, item.stored());
      return new AcceptResult.Stored(request.id());
    }
    storeFailed(session, item, suppressed.failure());
    return new AcceptResult.Suppressed(request.id(), suppressed);
  }

  /** Stores one that is not to be sent. */
  static void storeFailed(WriteSession session, Item item, String reason) throws SQLException {
    AcceptRequest request = item.request();
    session.notifications().insert(request, item.stored());
    NotificationRow row = session.notifications().get(request.id());
    long now = request.acceptedAtMillis();
    Position failed = new Position(NotificationState.FAILED, null, row.round(), reason);
    session.move(row, failed, Cause.decision(row, now), now);
    session.events().insert(row.id().key(), now, NotificationState.FAILED.wireName(), reason);
  }

  /**
   * A request to store.
   *
   * @param sealed what is stored of its content; null if that is stored as it is
   * @param digest of its content; null if it has no idempotency key
   */
  // Arrays are compared nowhere: the record is only a triple.
  @SuppressWarnings("ArrayRecordComponent")
  record Item(AcceptRequest request, byte @Nullable [] sealed, byte @Nullable [] digest) {

    static Item of(AcceptRequest request, Contents contents) {
      return of(request, contents, digestOf(request));
    }

    private static byte @Nullable [] digestOf(AcceptRequest request) {
      if (request.notification().idempotencyKey() == null) {
        return null;
      }
      Buffer known = request.requestDigest();
      return known == null ? Sha256.of(request.content().getBytes()) : known.getBytes();
    }

    static Item of(AcceptRequest request, Contents contents, byte @Nullable [] digest) {
      return new Item(request, contents.seal().seals() ? contents.seal(request) : null, digest);
    }

    /** The same without its content, of somebody who is to be forgotten. */
    Item emptied() {
      return new Item(request, new byte[0], digest);
    }

    /** What is stored of its content. */
    byte[] stored() {
      return sealed == null ? SealedForm.plain(request.content().getBytes()) : sealed;
    }
  }
}
