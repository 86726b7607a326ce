package io.signalbox.simulator.rental;

import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.webhook.DueQueue;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Lets messages come in at rented numbers, after the settings' delay or when told to. */
public final class Arrivals implements AutoCloseable {
  private record Due(Order order, boolean isTold) {}

  private final PluginState state;
  private final RentalBooks books;
  private final BiConsumer<Order, Message> tell;
  private final DueQueue<Due> waiting;

  /**
   * Nothing waits yet.
   *
   * @param tell hears of each message that the customer is told of
   */
  public Arrivals(PluginState state, RentalBooks books, BiConsumer<Order, Message> tell) {
    this.state = state;
    this.books = books;
    this.tell = tell;
    this.waiting =
        state.receiptQueue(due -> due.forEach(one -> comeIn(one.order(), null, one.isTold())));
  }

  /**
   * Lets a message come in by itself, where the terms say so.
   *
   * @param isTold whether the customer is told of it; it can be read either way
   */
  public void expect(Order order, boolean isTold) {
    if (books.terms().codesComeIn()) {
      waiting.add(state.settings().receiptDelayMillis(), new Due(order, isTold));
    }
  }

  /** Lets a message with a code of one's own come in now. */
  void comeIn(Order order, @Nullable String code) {
    comeIn(order, code, true);
  }

  private void comeIn(Order order, @Nullable String code, boolean isTold) {
    books
        .receive(order, order.good().service(), code)
        .filter(message -> isTold)
        .ifPresent(message -> tell.accept(order, message));
  }

  @Override
  public void close() {
    waiting.close();
  }
}
