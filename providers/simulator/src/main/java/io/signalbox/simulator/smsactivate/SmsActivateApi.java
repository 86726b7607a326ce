package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.signalbox.simulator.rental.Arrivals;
import io.signalbox.simulator.rental.Good;
import io.signalbox.simulator.rental.RentalBooks;
import io.signalbox.simulator.rental.RentalDesk;
import io.signalbox.simulator.rental.Shelf;
import io.signalbox.simulator.rental.Terms;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One URL for everything: what a call does stands in its parameter {@code action}. */
public final class SmsActivateApi implements RemoteApi {
  /** Where a call goes that names no country. */
  static final String DEFAULT_COUNTRY = "0";

  private static final String PATH = "/stubs/handler_api.php";
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final Terms TERMS = new Terms(Duration.ofMinutes(20), Duration.ofMinutes(2), true);

  private final SmsActivateAccount account;
  private final RentalBooks books;
  private final Arrivals arrivals;
  private final RentalDesk desk;
  private final StockLists stock;
  private final Activations activations;

  /** The API of one account. */
  public SmsActivateApi(SmsActivateAccount account, PluginState state) {
    this.account = account;
    this.books = new RentalBooks(state.clock(), state.ids(), TERMS);
    this.arrivals = new Arrivals(state, books, new CodeWebhooks(state, account)::tell);
    this.desk = new RentalDesk(books, arrivals);
    this.stock = new StockLists(books);
    this.activations = new Activations(state, books, arrivals);
    Shelf full =
        new Shelf(
            new BigDecimal("20.00"),
            1_500,
            new TreeMap<>(Map.of(new BigDecimal("15.00"), 300, new BigDecimal("18.00"), 600)));
    for (String country : List.of(DEFAULT_COUNTRY, "16", "187")) {
      for (String service : List.of("tg", "wa", "go", "fb")) {
        books.stock(new Good(country, service), full);
      }
    }
  }

  @Override
  public String name() {
    return "smsactivate";
  }

  @Override
  public JsonObject account() {
    return account.toState();
  }

  @Override
  public List<String> calls() {
    return List.of("rent", "find", "status", "cancel", "finish", "retry", "offers", "check");
  }

  @Override
  public String call(ApiRequest request) {
    Query query = Query.of(request);
    return switch (query.action()) {
      case "getNumber", "getNumberV2" -> "rent";
      case "getActiveActivations" -> "find";
      case "getStatus" -> "status";
      case "getNumbersStatus", "getPrices", "getTopCountriesByService" -> "offers";
      case "getBalance" -> "check";
      case "setStatus" -> change(query.get("status"));
      default -> "";
    };
  }

  private static String change(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "3" -> "retry";
      case "6" -> "finish";
      case "8", "-1" -> "cancel";
      default -> "";
    };
  }

  @Override
  public Books books() {
    return desk;
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    if (!request.path().equals(PATH)) {
      return Texts.of(404, "Not Found");
    }
    Query query = Query.of(request);
    String key = query.get("api_key");
    if (key == null) {
      return Texts.of("NO_KEY");
    }
    if (!key.equals(account.apiKey())) {
      return Texts.of("BAD_KEY");
    }
    return switch (query.action()) {
      case "getBalance" -> Texts.of("ACCESS_BALANCE:" + books.balance().toPlainString());
      case "getNumbersStatus" -> stock.numbers(query);
      case "getPrices" -> stock.prices(query);
      case "getTopCountriesByService" -> stock.freePrices(query);
      case "getNumber" -> activations.rent(query, handling, false);
      case "getNumberV2" -> activations.rent(query, handling, true);
      case "getStatus" -> activations.status(query);
      case "setStatus" -> activations.change(query);
      case "getActiveActivations" -> activations.active();
      default -> Texts.of("BAD_ACTION");
    };
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> Texts.of("ERROR_SQL");
      case UNAVAILABLE -> Texts.of(503, "SERVER ERROR");
      case THROTTLE -> Texts.of(429, "RATE_LIMITED");
      case TOO_LARGE -> Texts.of(413, "BAD_ACTION");
    };
  }

  @Override
  public void close() {
    arrivals.close();
  }
}
