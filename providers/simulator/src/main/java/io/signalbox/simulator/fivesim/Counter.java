package io.signalbox.simulator.fivesim;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.rental.Arrivals;
import io.signalbox.simulator.rental.Good;
import io.signalbox.simulator.rental.Order;
import io.signalbox.simulator.rental.OrderState;
import io.signalbox.simulator.rental.RentalBooks;
import io.signalbox.simulator.rental.Sale;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where numbers are bought, looked after and given back. */
final class Counter {
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");

  private final PluginState state;
  private final RentalBooks books;
  private final Arrivals arrivals;

  Counter(PluginState state, RentalBooks books, Arrivals arrivals) {
    this.state = state;
    this.books = books;
    this.arrivals = arrivals;
  }

  /** Sells a number at up to a price; a limit that is no amount is none. */
  Answer buy(Good good, String operator, @Nullable String maxPrice, Handling handling) {
    if (!Lists.isOperator(operator)) {
      return FiveSimAnswers.text(400, "bad operator");
    }
    if (handling.refuseRecipient()) {
      return FiveSimAnswers.text(400, "no product");
    }
    BigDecimal limit =
        maxPrice == null || !AMOUNT.matcher(maxPrice).matches() ? null : new BigDecimal(maxPrice);
    Sale sale = books.rent(good, limit, false, null);
    if (sale instanceof Sale.Refused refused) {
      return refusal(refused.reason(), good);
    }
    Order order = ((Sale.Sold) sale).order();
    state
        .received()
        .add(
            "+" + order.phone(),
            null,
            String.valueOf(order.id()),
            good.service(),
            handling.delivers());
    if (handling.delivers()) {
      arrivals.expect(order, false);
    }
    return FiveSimAnswers.order(order);
  }

  /** Reads an order, or ends it. */
  Answer serve(String call, long id) {
    Order order = books.find(id).orElse(null);
    if (order == null) {
      return FiveSimAnswers.text(404, "order not found");
    }
    return switch (call) {
      case "finish" -> finish(order);
      case "cancel" -> giveBack(order, OrderState.CANCELLED);
      case "ban" -> giveBack(order, OrderState.BANNED);
      default -> FiveSimAnswers.order(order);
    };
  }

  private Answer refusal(Sale.Reason reason, Good good) {
    return switch (reason) {
      case UNKNOWN_GOOD -> {
        boolean sellsThere =
            books.shelves().keySet().stream()
                .anyMatch(other -> other.country().equals(good.country()));
        yield FiveSimAnswers.text(400, sellsThere ? "no product" : "bad country");
      }
      // Documented as an error that comes with the status of a success too.
      case NONE_FREE, TOO_CHEAP -> FiveSimAnswers.text(200, "no free phones");
      case NO_MONEY -> FiveSimAnswers.text(400, "not enough user balance");
    };
  }

  private Answer finish(Order order) {
    if (!order.state().isLive()) {
      return FiveSimAnswers.text(400, "order expired");
    }
    if (order.messages().isEmpty()) {
      return FiveSimAnswers.text(400, "order no sms");
    }
    books.move(order, OrderState.FINISHED);
    return FiveSimAnswers.order(order);
  }

  private Answer giveBack(Order order, OrderState how) {
    if (!order.state().isLive()) {
      return FiveSimAnswers.text(400, "order expired");
    }
    if (!order.messages().isEmpty()) {
      return FiveSimAnswers.text(400, "order has sms");
    }
    if (books.isTooEarly(order)) {
      return FiveSimAnswers.text(400, "you need to wait time");
    }
    books.giveBack(order, how);
    return FiveSimAnswers.order(order);
  }
}
