/** Tests of the contract. */
package io.signalbox.gateway.contract;
