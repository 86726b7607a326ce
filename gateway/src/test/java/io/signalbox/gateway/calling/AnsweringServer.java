package io.signalbox.gateway.calling;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The far end of {@link SocketPlugin}: answers as it is told, or keeps calls until it is told to
 * answer. Thread-safe.
 */
public final class AnsweringServer {
  private final HttpServer server;
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, List<HttpServerRequest>> kept = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<String, Integer> most = new HashMap<>();

  /** Makes one; {@link #open} begins to listen. */
  public AnsweringServer(Vertx vertx) {
    this.server = vertx.createHttpServer().requestHandler(this::asked);
  }

  /** Begins to listen on a port of its own. */
  public Future<Integer> open() {
    return server.listen(0, "127.0.0.1").map(HttpServer::actualPort);
  }

  /** From now on calls of that name are answered at once; those that were kept, too. */
  public synchronized void answer(String name, String said) {
    answers.put(name, said);
    kept.getOrDefault(name, new ArrayList<>()).forEach(call -> call.response().end(said));
    kept.remove(name);
  }

  /** From now on calls of that name are kept. */
  public synchronized void keep(String name) {
    answers.remove(name);
  }

  private synchronized void asked(HttpServerRequest call) {
    String name = call.path().substring(call.path().lastIndexOf('/') + 1);
    asked.add(call.path());
    String said = answers.get(name);
    if (said != null) {
      call.response().end(said);
      return;
    }
    List<HttpServerRequest> waiting = kept.computeIfAbsent(name, first -> new ArrayList<>());
    waiting.add(call);
    most.merge(name, waiting.size(), Math::max);
  }

  /** How many calls of that name are kept now. */
  public synchronized int kept(String name) {
    return kept.getOrDefault(name, List.of()).size();
  }

  /** The most calls of that name that were ever kept at a time. */
  public synchronized int most(String name) {
    return most.getOrDefault(name, 0);
  }

  /** How often a path was asked for. */
  public synchronized long asked(String path) {
    return asked.stream().filter(path::equals).count();
  }
}
