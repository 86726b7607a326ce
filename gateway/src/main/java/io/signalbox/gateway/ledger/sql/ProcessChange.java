package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.ledger.WebhookSlice;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Records slices of stored webhooks. With its last slice a webhook is processed: in the same
 * transaction it stops to wait, so that a crash repeats slices at worst, and never leaves one out.
 */
record ProcessChange(List<WebhookSlice> slices) implements Change<List<List<ReceiptEffect>>> {

  @Override
  public void foresee(Foresight foresight) {
    slices.forEach(slice -> new RecordChange(slice.batch()).foresee(foresight));
  }

  @Override
  public boolean keepsRows() {
    return true;
  }

  @Override
  public List<List<ReceiptEffect>> apply(WriteSession session) throws SQLException {
    List<List<ReceiptEffect>> effects = new ArrayList<>(slices.size());
    for (WebhookSlice slice : slices) {
      effects.add(new RecordChange(slice.batch()).apply(session));
      if (slice.last()) {
        session.webhooks().deleteWork(slice.webhook());
      }
    }
    return effects;
  }

  int receipts() {
    return slices.stream().mapToInt(slice -> slice.batch().receipts().size()).sum();
  }
}
