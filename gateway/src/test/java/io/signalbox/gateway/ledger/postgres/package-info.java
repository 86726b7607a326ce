@org.jspecify.annotations.NullUnmarked
package io.signalbox.gateway.ledger.postgres;
