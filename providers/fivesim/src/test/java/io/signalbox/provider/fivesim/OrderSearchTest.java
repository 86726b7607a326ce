package io.signalbox.provider.fivesim;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.provider.fivesim.OrderSearch.Next;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalSearch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderSearchTest {
  private static final Instant ATTEMPT = Instant.parse("2026-01-01T00:10:00Z");

  private static OrderSearch search(String... known) {
    RentalSearch wanted =
        new RentalSearch("a-1", "gb", "fb", ATTEMPT, Set.of(known), Duration.ofSeconds(2));
    return new OrderSearch(wanted, "england", "facebook", "USD");
  }

  private static JsonObject order(long id, Duration after) {
    return new JsonObject()
        .put("id", id)
        .put("phone", "+447350690992")
        .put("product", "facebook")
        .put("country", "england")
        .put("price", 33)
        .put("status", "PENDING")
        .putNull("sms")
        .put("created_at", ATTEMPT.plus(after).toString())
        .put("expires", ATTEMPT.plus(after).plusSeconds(900).toString());
  }

  private static JsonObject page(int total, JsonObject... orders) {
    JsonArray data = new JsonArray();
    for (JsonObject order : orders) {
      data.add(order);
    }
    return new JsonObject().put("Data", data).put("Total", total);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void findsWhatIsAlikeAndBeganSinceNearestFirst() {
    OrderSearch search = search("5");

    Next next =
        search.read(
            page(
                9,
                order(9, seconds(40)),
                order(8, seconds(3)),
                order(7, seconds(2)).put("country", "usa"),
                order(6, seconds(2)).put("product", "google"),
                order(5, seconds(1)),
                order(4, seconds(1)).put("status", "CANCELED"),
                // By a clock that is behind ours.
                order(3, seconds(-590)),
                order(2, seconds(-610)),
                order(1, seconds(-620))));

    assertThat(next).isEqualTo(Next.DONE);
    assertThat(search.found()).extracting(Rental::id).containsExactly("8", "9", "3");
  }

  @Test
  void readsOnUntilOlderOrdersCome() {
    OrderSearch search = search();

    assertThat(search.read(page(9, order(9, seconds(9)), order(8, seconds(8)))))
        .isEqualTo(Next.MORE);
    assertThat(search.offset()).isEqualTo(2);
    // One more was bought meanwhile: what was last before comes again.
    assertThat(search.read(page(10, order(8, seconds(8)), order(7, seconds(7)))))
        .isEqualTo(Next.MORE);
    assertThat(search.read(page(10, order(6, seconds(-699))))).isEqualTo(Next.DONE);
    assertThat(search.found()).extracting(Rental::id).containsExactly("7", "8", "9");
  }

  @Test
  void readsToTheEndWhereTheNewestAreNotFirst() {
    OrderSearch search = search();

    assertThat(search.read(page(3, order(1, seconds(-699)), order(2, seconds(-698)))))
        .isEqualTo(Next.MORE);
    assertThat(search.read(page(3, order(3, seconds(1))))).isEqualTo(Next.DONE);
    assertThat(search.found()).extracting(Rental::id).containsExactly("3");
  }

  @Test
  void anEmptyPageIsTheLast() {
    assertThat(search().read(page(7))).isEqualTo(Next.DONE);
    assertThat(search().read(new JsonObject().put("Data", new JsonArray()))).isEqualTo(Next.DONE);
  }

  @Test
  void whatMayBeItAndCannotBeReadIsNotLeftOut() {
    JsonObject strange = order(9, seconds(1)).put("status", "ASLEEP");

    assertThat(search().read(page(1, strange))).isEqualTo(Next.UNREADABLE);
    assertThat(search().read(page(1, strange.copy().put("product", "google"))))
        .isEqualTo(Next.DONE);
    assertThat(search().read(page(1, order(8, seconds(-3_600)).put("status", "ASLEEP"))))
        .as("that began before the attempt")
        .isEqualTo(Next.DONE);
    assertThat(search().read(new JsonObject().put("Data", "none"))).isEqualTo(Next.UNREADABLE);
  }

  @Test
  void endsAtSomeNumberOfPages() {
    OrderSearch search = search();
    for (int page = 1; page < OrderSearch.MAX_PAGES; page++) {
      assertThat(search.read(page(100, order(100 - page, seconds(1))))).isEqualTo(Next.MORE);
    }
    assertThat(search.read(page(100, order(1, seconds(1))))).isEqualTo(Next.TOO_MANY);
  }
}
