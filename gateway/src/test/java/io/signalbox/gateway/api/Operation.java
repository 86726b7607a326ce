package io.signalbox.gateway.api;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An operation of the document.
 *
 * @param template its path as the document has it
 * @param path with something in place of the parameters that names nothing
 * @param roles those that may call it
 * @param scope that a narrowed credential needs besides; empty if it is open
 * @param forAllTenants whether only callers of the tenant that operates the gateway may call it
 * @param open whether it needs no credential
 */
record Operation(
    String id,
    String method,
    String template,
    String path,
    Set<Role> roles,
    String scope,
    boolean forAllTenants,
    boolean open) {
  static List<Operation> all() throws Exception {
    List<Operation> all = new ArrayList<>();
    JsonObject paths = OpenApiTest.document().getJsonObject("paths");
    for (String template : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(template);
      for (String method : methods.fieldNames()) {
        all.add(operation(template, method, methods.getJsonObject(method)));
      }
    }
    return all;
  }

  private static Operation operation(String template, String method, JsonObject json) {
    JsonArray security = json.getJsonArray("security");
    Set<Role> roles = EnumSet.noneOf(Role.class);
    boolean open = security != null && security.isEmpty();
    if (security != null && !open) {
      for (Object name : security.getJsonObject(0).getJsonArray("token")) {
        roles.add(Role.find(name.toString()).orElseThrow());
      }
    }
    return new Operation(
        json.getString("operationId"),
        method.toUpperCase(Locale.ROOT),
        template,
        template.replace("{command}", "reset").replaceAll("\\{[a-z]+\\}", "nothing"),
        roles,
        json.getString("x-scope", ""),
        json.getBoolean("x-for-all-tenants", false),
        open);
  }
}
