package io.signalbox.gateway.ledger.sql;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers answers with one hop for each context, not one for each answer. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  static void deliver(List<Reply<?>> replies) {
    IdentityHashMap<Context, List<Reply<?>>> byHome = new IdentityHashMap<>();
    Context last = null;
    List<Reply<?>> ofLast = List.of();
    for (Reply<?> reply : replies) {
      Context home = reply.home();
      if (home == null) {
        reply.deliver();
      } else {
        if (home != last) {
          last = home;
          ofLast = byHome.computeIfAbsent(home, key -> new ArrayList<>(replies.size()));
        }
        ofLast.add(reply);
      }
    }
    byHome.forEach(Replies::hop);
  }

  private static void hop(Context home, List<Reply<?>> replies) {
    try {
      home.runOnContext(ignored -> replies.forEach(Reply::deliver));
    } catch (RejectedExecutionException e) {
      LOG.warn("{} answers of the ledger found their event loop closed", replies.size());
    }
  }
}
