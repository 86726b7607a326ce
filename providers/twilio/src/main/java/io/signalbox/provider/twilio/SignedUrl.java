package io.signalbox.provider.twilio;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which Twilio may have signed a URL: as we saw it, without its port, and with the
 * standard port spelled out. Which one depends on proxies and on the kind of request.
 */
final class SignedUrl {
  private static final Pattern URL =
      Pattern.compile("(https?)://((?:[^/?#@]*@)?)(\\[[^\\]/]*\\]|[^/?#:@]*)(:\\d*)?(.*)");

  private SignedUrl() {}

  static Set<String> variants(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return Set.of(url);
    }
    String head = parts.group(1) + "://" + parts.group(2) + parts.group(3);
    String tail = parts.group(5);
    String standardPort = parts.group(1).equals("https") ? ":443" : ":80";
    return new LinkedHashSet<>(List.of(url, head + tail, head + standardPort + tail));
  }
}
