package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The providers' own books against what clients were told. Pure.
 *
 * @param requests how many there were
 * @param done how many of them have a rental or booking
 * @param nobodys what lives and no client was told of
 * @param shared what more than one client was told of as its own
 * @param gone what a client was told of and its provider has not, or took back
 * @param spent the money that the providers keep
 * @param told the money that clients were told of
 */
record Tally(
    int requests,
    int done,
    List<String> nobodys,
    List<String> shared,
    List<String> gone,
    BigDecimal spent,
    BigDecimal told) {

  /** Counts. */
  static Tally of(Collection<Sold> books, Collection<Told> clients) {
    Map<String, Sold> byName = new HashMap<>();
    books.forEach(sold -> byName.put(place(sold.provider(), sold.name()), sold));
    Set<String> owned = new HashSet<>();
    List<String> shared = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    BigDecimal told = BigDecimal.ZERO;
    for (Told client : clients) {
      if (client.isDone()) {
        String place = place(client.provider(), client.name());
        if (!owned.add(place)) {
          shared.add(client.toString());
        }
        Sold sold = byName.get(place);
        if (sold == null || !sold.paid()) {
          gone.add(client.toString());
        }
        told = told.add(client.price());
      }
    }
    List<String> nobodys = new ArrayList<>();
    BigDecimal spent = BigDecimal.ZERO;
    for (Sold sold : books) {
      spent = sold.paid() ? spent.add(sold.price()) : spent;
      if (sold.live() && !owned.contains(place(sold.provider(), sold.name()))) {
        nobodys.add(sold.toString());
      }
    }
    return new Tally(
        clients.size(),
        (int) clients.stream().filter(Told::isDone).count(),
        List.copyOf(nobodys),
        List.copyOf(shared),
        List.copyOf(gone),
        spent,
        told);
  }

  /** Whether each request has one rental or none, and all money is accounted for. */
  boolean isRight() {
    return nobodys.isEmpty() && shared.isEmpty() && gone.isEmpty() && spent.compareTo(told) == 0;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("requests", requests)
        .put("done", done)
        .put("nobodys", new JsonArray(nobodys))
        .put("shared", new JsonArray(shared))
        .put("gone", new JsonArray(gone))
        .put("spent", spent.toPlainString())
        .put("told", told.toPlainString());
  }

  private static String place(Object provider, Object name) {
    return provider + " " + name;
  }
}
