package io.signalbox.simulator.rental;

import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.SettingsProblem;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The books of a service that rents numbers, as control calls see and change them. */
public final class RentalDesk implements Books {
  private final RentalBooks books;
  private final Arrivals arrivals;

  /** Shows and changes these books; messages that a call sends come in by the arrivals. */
  public RentalDesk(RentalBooks books, Arrivals arrivals) {
    this.books = books;
    this.arrivals = arrivals;
  }

  @Override
  public JsonObject toJson() {
    return books.toJson();
  }

  @Override
  public List<SettingsProblem> change(JsonObject body) {
    BooksChange change = BooksChange.of(books, body);
    if (change.problems().isEmpty()) {
      books.setBalance(change.balance());
      books.setTerms(change.terms());
      change.stock().forEach(books::stock);
      change.codes().forEach(code -> arrivals.comeIn(code.order(), code.code()));
    }
    return change.problems();
  }

  @Override
  public void clear() {
    books.clear();
  }
}
