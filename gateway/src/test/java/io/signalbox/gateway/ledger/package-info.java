/** What every ledger must do, whatever it stores in. */
package io.signalbox.gateway.ledger;
