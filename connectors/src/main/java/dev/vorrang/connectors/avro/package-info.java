/** Between Avro and Connect's own types, in one place. */
package dev.vorrang.connectors.avro;
