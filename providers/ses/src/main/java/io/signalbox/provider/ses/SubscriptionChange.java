package io.signalbox.provider.ses;

import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** What a recipient changed in the preferences of a contact list. */
final class SubscriptionChange {
  private SubscriptionChange() {}

  /** Whether the recipient has left all topics, or a topic that it had not left before. */
  static boolean isOptOut(JsonObject subscription) {
    JsonObject now = JsonBody.object(subscription, "newTopicPreferences");
    if ("true".equals(JsonBody.text(now, "unsubscribeAll"))) {
      return true;
    }
    Set<String> left = leftTopics(now);
    left.removeAll(leftTopics(JsonBody.object(subscription, "oldTopicPreferences")));
    return !left.isEmpty();
  }

  private static Set<String> leftTopics(JsonObject preferences) {
    Set<String> left = new HashSet<>();
    JsonArray topics = JsonBody.array(preferences, "topicSubscriptionStatus");
    for (int i = 0; i < topics.size(); i++) {
      JsonObject topic = JsonBody.object(topics, i);
      if ("OptOut".equals(JsonBody.text(topic, "subscriptionStatus"))) {
        left.add(String.valueOf(JsonBody.text(topic, "topicName")));
      }
    }
    return left;
  }
}
