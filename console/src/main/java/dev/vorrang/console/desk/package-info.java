/** What people do in the console, as records in topics. */
package dev.vorrang.console.desk;
