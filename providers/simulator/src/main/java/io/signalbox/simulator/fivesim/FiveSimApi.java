package io.signalbox.simulator.fivesim;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.signalbox.simulator.rental.Arrivals;
import io.signalbox.simulator.rental.Good;
import io.signalbox.simulator.rental.RentalBooks;
import io.signalbox.simulator.rental.RentalDesk;
import io.signalbox.simulator.rental.Shelf;
import io.signalbox.simulator.rental.Terms;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prices, buying, checking and ending of activations. All of it is {@code GET}, also what buys; the
 * service has no webhooks.
 */
public final class FiveSimApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final Terms TERMS = new Terms(Duration.ofMinutes(15), Duration.ZERO, true);
  private static final Pattern BUY =
      Pattern.compile("/v1/user/buy/activation/([a-z0-9]+)/([a-z0-9]+)/([a-z0-9]+)");
  private static final Pattern ONE =
      Pattern.compile("/v1/user/(check|finish|cancel|ban)/([0-9]{1,15})");
  private static final Pattern PRODUCTS =
      Pattern.compile("/v1/guest/products/([a-z0-9]+)/([a-z0-9]+)");
  private static final String PRICES = "/v1/guest/prices";
  private static final String PROFILE = "/v1/user/profile";
  private static final String ORDERS = "/v1/user/orders";

  private final FiveSimAccount account;
  private final RentalBooks books;
  private final Arrivals arrivals;
  private final RentalDesk desk;
  private final Lists lists;
  private final Counter counter;

  /** The API of one account. */
  public FiveSimApi(FiveSimAccount account, PluginState state) {
    this.account = account;
    this.books = new RentalBooks(state.clock(), state.ids(), TERMS);
    // Nobody is told of a message: an order is asked for what came in.
    this.arrivals = new Arrivals(state, books, (order, message) -> {});
    this.desk = new RentalDesk(books, arrivals);
    this.lists = new Lists(books);
    this.counter = new Counter(state, books, arrivals);
    Shelf full = new Shelf(new BigDecimal("21.00"), 1_260, new TreeMap<>());
    for (String country : List.of("russia", "england", "usa")) {
      for (String product : List.of("telegram", "whatsapp", "google", "facebook")) {
        books.stock(new Good(country, product), full);
      }
    }
  }

  @Override
  public String name() {
    return "fivesim";
  }

  @Override
  public JsonObject account() {
    return account.toState();
  }

  @Override
  public Books books() {
    return desk;
  }

  @Override
  public List<String> calls() {
    return List.of("rent", "find", "status", "cancel", "finish", "ban", "offers", "check");
  }

  @Override
  public String call(ApiRequest request) {
    String path = request.path();
    if (BUY.matcher(path).matches()) {
      return "rent";
    }
    Matcher one = ONE.matcher(path);
    if (one.matches()) {
      return one.group(1).equals("check") ? "status" : one.group(1);
    }
    return switch (path) {
      case ORDERS -> "find";
      case PROFILE -> "check";
      default -> path.startsWith("/v1/guest/") ? "offers" : "";
    };
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    if (!request.method().equals(HttpMethod.GET)) {
      return Answer.empty(405);
    }
    Map<String, List<String>> query = Fields.form(request.query()).orElse(Map.of());
    Matcher products = PRODUCTS.matcher(request.path());
    if (products.matches()) {
      return lists.products(products.group(1), products.group(2));
    }
    if (request.path().equals(PRICES)) {
      return lists.prices(Fields.first(query, "country"), Fields.first(query, "product"));
    }
    if (!account.token().equals(request.bearerToken())) {
      return FiveSimAnswers.text(401, "Unauthorized");
    }
    Matcher buy = BUY.matcher(request.path());
    if (buy.matches()) {
      Good good = new Good(buy.group(1), buy.group(3));
      return counter.buy(good, buy.group(2), Fields.first(query, "maxPrice"), handling);
    }
    Matcher one = ONE.matcher(request.path());
    if (one.matches()) {
      return counter.serve(one.group(1), Long.parseLong(one.group(2)));
    }
    return switch (request.path()) {
      case PROFILE -> lists.profile();
      case ORDERS -> lists.orders(query);
      default -> Answer.empty(404);
    };
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return switch (failure) {
      case ERROR -> FiveSimAnswers.text(500, "internal error");
      case UNAVAILABLE -> FiveSimAnswers.text(503, "server offline");
      case THROTTLE -> FiveSimAnswers.text(429, "api limit is 100 requests per second");
      case TOO_LARGE -> Answer.empty(413);
    };
  }

  @Override
  public void close() {
    arrivals.close();
  }
}
