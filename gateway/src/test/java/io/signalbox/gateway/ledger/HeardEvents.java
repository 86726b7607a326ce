package io.signalbox.gateway.ledger;

import io.signalbox.spi.events.NotificationEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to a ledger, for its tests. */
public final class HeardEvents implements EventOutlet {
  private final List<NotificationEvent> heard = new CopyOnWriteArrayList<>();
  private final List<Long> rung = new CopyOnWriteArrayList<>();
  private final List<DeliveryNews> judged = new CopyOnWriteArrayList<>();
  private volatile boolean wanted = true;

  @Override
  public boolean isWanted() {
    return wanted;
  }

  @Override
  public void tell(List<NotificationEvent> events) {
    heard.addAll(events);
  }

  @Override
  public void judge(List<DeliveryNews> news) {
    judged.addAll(news);
  }

  @Override
  public void ring(Set<Long> endpoints) {
    rung.addAll(endpoints);
  }

  /** What receipts said of providers. */
  public List<DeliveryNews> judged() {
    return List.copyOf(judged);
  }

  /** Endpoints that were rung for, by their keys. */
  public List<Long> rung() {
    return List.copyOf(rung);
  }

  /** Whether it wants to hear any. */
  public void want(boolean wish) {
    wanted = wish;
  }

  /** All events so far, in their order. */
  public List<NotificationEvent> all() {
    return List.copyOf(heard);
  }

  /** The types of all events so far, without what all begin with. */
  public List<String> types() {
    return heard.stream().map(event -> event.type().substring("io.signalbox.".length())).toList();
  }
}
